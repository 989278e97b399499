"""Encodings and mappings that cannot be, each refused in one line with its place; tests/bad_inputs has all else."""

from __future__ import annotations

import pytest
from small_contract import staged

from audit.errors import SourceError

HEAD = "id,day,score,note\n"
ROW = "A,2026-03-01,9,fine\n"

BADLY_ENCODED = {
    "GBK": ("编号,日期\n好,2026-03-01\n".encode("gbk"), {}, "line 1: not utf-8 at byte 0; it may be gb18030"),
    "Latin-1": (f"{HEAD}A,2026-03-01,9,café\n".encode("latin-1"), {}, "line 2: not utf-8 at byte 36; it may be cp1252"),
    "one bad byte among UTF-8": (f"{HEAD}{ROW}é".encode() + b"\xff", {}, "line 3: not utf-8 at byte 40"),
    "cut within a character": (f"{HEAD}A,2026-03-01,9,好".encode()[:-1], {}, "line 2: not utf-8 at byte 33"),
    "unknown": (ROW.encode(), {"encoding": "utf-88"}, "'utf-88' is not known; did you mean 'utf-8'?"),
    "unknown and like nothing": (ROW.encode(), {"encoding": "klingon"}, "is not known; write one of: utf-8, utf-16"),
    "no text encoding": (ROW.encode(), {"encoding": "base64"}, "'base64' is not known"),
    "half a pair": (rb"\ud800", {"encoding": "unicode_escape"}, "half a character"),
}

BADLY_NAMED = {
    "mapped part missing": (
        HEAD + ROW,
        {"columns": {"note": {"from": ["note", "nte"]}}},
        "'nte' (did you mean 'note'?)",
    ),
    "a quote as delimiter": (HEAD + ROW, {"delimiter": '"'}, "the mapping's delimiter cannot be"),
}

BADLY_MAPPED = {
    "not a format": ({"day": {"from": "day", "format": "%Q"}}, "format '%Q' for 'day' is not a whole date"),
    "no year": ({"day": {"from": "day", "format": "%d.%m."}}, "is not a whole date; write it with day, month and year"),
    "a stray per cent": ({"day": {"from": "day", "format": "%Y-%m-%d%"}}, "is not a whole date"),
    "the name of a zone": ({"at": {"from": "day", "format": "%Y-%m-%d %H:%M %Z"}}, "reads the name of a zone"),
    "a format for text": ({"note": {"from": "note", "format": "%Y"}}, "'note' is of type text; delete the format"),
    "a constant off the scale": ({"score": {"constant": "11"}}, "constant for 'score' cannot be used: 11 is not on"),
    "an empty constant": ({"id": {"constant": " "}}, "constant for 'id' cannot be used: no value"),
}


def refusal(content: bytes | str, **written: object) -> str:
    with pytest.raises(SourceError) as raised:
        staged(content, **written)  # type: ignore[arg-type]
    return str(raised.value)


def is_one_line_about_the_file(message: str) -> bool:
    return message.startswith("answers.csv") and message.isprintable() and len(message) < 500


@pytest.mark.parametrize("case", BADLY_ENCODED)
def test_what_does_not_decode_is_refused_at_its_byte_and_line(case: str) -> None:
    content, written, told = BADLY_ENCODED[case]
    message = refusal(content, **written)
    assert told in message
    assert is_one_line_about_the_file(message)


@pytest.mark.parametrize("case", BADLY_NAMED)
def test_a_mapping_that_names_what_the_file_has_not_is_refused(case: str) -> None:
    content, written, told = BADLY_NAMED[case]
    message = refusal(content, **written)
    assert told in message
    assert is_one_line_about_the_file(message)


@pytest.mark.parametrize("case", BADLY_MAPPED)
def test_a_mapping_that_can_never_work_is_refused_before_any_row(case: str) -> None:
    columns, told = BADLY_MAPPED[case]
    message = refusal(HEAD + ROW, columns=columns)
    assert told in message
    assert is_one_line_about_the_file(message)


def test_a_header_full_of_strange_signs_still_makes_one_line() -> None:
    assert is_one_line_about_the_file(refusal('"a\nb","\u202ex"\n' + "1,2\n"))


def test_fifty_columns_are_not_all_listed() -> None:
    names = [f"column{number}" for number in range(50)]
    assert "column29, …" in refusal(",".join(names) + "\n" + ",".join(names))
