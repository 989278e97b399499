"""500 random files: whatever is in them, the program and the strict reader agree to the row and the value."""

from __future__ import annotations

import codecs
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fault import File
from hypothesis import given, settings
from hypothesis import strategies as st
from program import load, published
from strict_agreement import agrees, verdict_of
from strict_reader import comparable

CALM: dict[str, Any] = {"deadline": None, "derandomize": os.environ.get("CI") == "true"}

TEXTS = [
    *["", " ", "A", "a", "A ", "00123", "1E5", "NULL", '5" pipe', "#", "x,y", 'say "yes"', "a\nb", "a\r\nb", "a\r"],
    *["好", "👩\u200d🔧", "\ufeffA", "a\u2028b", "\x0b", "=1+1", "\\", "'", "\u00a0", "e\u0301", ";", "\t"],
]
INTEGERS = [
    *["1", "5", "05", "+5", "-0", " 3 ", "\u00a04", "", "0", "6", "11", "-1", "5.0", "1e0", "٣", "1_0", "NaN", "five"],
    *["9999999999999999999", "0x1", "４", "\ufeff5", "5 0"],
]
NUMBERS = [
    *["1", "1.50", ".5", "5.", "+2", "1e3", "1E-2", "01", " 7 ", "", "NaN", "nan", "Infinity", "-inf", "1e999", "1,5"],
    *["1.234,5", "1 000", "0x10", "1_000", "٣", "--1", ".", "e5", "1e", "12345678901234567890", "0.1", "-0.0"],
]
DATES = [
    *[
        "2026-03-01",
        "2026-2-3",
        "2024-02-29",
        "0001-01-01",
        "9999-12-31",
        " 2026-03-01 ",
        "",
        "2026-02-30",
        "2026-13-01",
    ],
    *["0000-01-01", "20260203", "26-03-01", "03/04/2026", "2026-03-01 10:00:00", "46024", "10000-01-01", "2026-03"],
    *["2026-03-01\n", "2026–03–01", "-2026-03-01", "2026-3-0"],
]
MOMENTS = [
    *[*DATES, "2026-03-01T10:00:00", "2026-03-01 23:59:59", "2026-03-01 24:00:00", "2026-03-01 10:00:60", "10:30"],
    *["2026-03-01T10:00:00Z", "2026-03-01 10:00:00.5", "2026-03-01 10:00", "2026-3-1 1:2:3", "2026-02-29 00:00:00"],
    *["2026-03-01 10:00:00+01:00"],
]
BOOLEANS = ["true", "FALSE", "Yes", "no", "1", "0", " yes ", "", "t", "maybe", "2", "01", "ＹＥＳ"]
KEYS = ["A", "B", "C", "a", "A ", "", " "]
PURPOSES = ["performance", "importance", "Importance", ""]

CONTRACTS: dict[str, dict[str, list[str]]] = {
    "survey_responses": {"response_id": KEYS, "answered_on": DATES, "satisfaction": INTEGERS, "comment": TEXTS},
    "survey_answers": {
        **{"response_id": KEYS, "question": ["q1", "q2", ""], "answered_on": DATES, "score": NUMBERS},
        **{"scale_lowest": ["1"], "scale_highest": ["5"], "not_applicable": BOOLEANS, "asks_for": PURPOSES},
    },
    "waiting_times": {"visit_id": KEYS, "arrived_at": MOMENTS, "served_at": MOMENTS, "left_unserved": BOOLEANS},
    "returns": {"return_id": KEYS, "returned_on": DATES, "quantity_returned": NUMBERS, "warranty": BOOLEANS},
}
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
PLANTED = st.sampled_from(
    [
        '"',
        '""',
        ",",
        ";",
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\ufeff",
        "\u00a0",
        " ",
        "\n\n",
        ",,",
        '"\n',
        ',"',
        '",',
        "\x1a",
        "\x85",
    ]
)


@st.composite
def fields(draw: st.DrawFn, pool: list[str]) -> str:
    """The first values of every pool are good, so that most rows are."""
    text = draw(st.one_of(st.sampled_from(pool[:5]), st.sampled_from(pool)))
    must = set(text) & set(',"\r\n')
    return '"' + text.replace('"', '""') + '"' if must or draw(st.integers(0, 9)) == 0 else text


@st.composite
def tables(draw: st.DrawFn, mutations: int = 3, among: Sequence[str] = tuple(CONTRACTS)) -> tuple[str, str]:
    """A contract, and a file that was meant for it before somebody had it in hand."""
    source = draw(st.sampled_from(among))
    pools = CONTRACTS[source]
    names = draw(st.permutations([*pools, *draw(st.sampled_from([[], ["other"], ["", "x"]]))]))
    text = ",".join(names) + draw(ENDS)
    usual = draw(ENDS)
    for _ in range(draw(st.integers(1, 9))):
        cells = [draw(fields(pools.get(name, TEXTS))) for name in names]
        width = draw(st.sampled_from([0] * 12 + [-1, 1]))
        cells = cells[:width] if width < 0 else cells + [""] * width
        text += ",".join(cells) + draw(st.sampled_from([usual] * 8 + ["\n", "\r\n", "\r", "\n\n", "\n , \n"]))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, mutations]))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PLANTED) + text[at + draw(st.integers(0, 1)) :]
    return source, text if draw(st.booleans()) else text.rstrip("\r\n")


@given(table=tables())
@settings(max_examples=230, **CALM)
def test_rows_with_a_few_mutations(table: tuple[str, str]) -> None:
    source, text = table
    agrees(text.encode(), source)


HEADERS = ["response_id,answered_on", "answered_on;response_id", '"response_id",answered_on,comment', "comment"]
LETTERS = st.sampled_from(list(',";\t| \r\n\n\n"AB5-\0\ufeff') + ["2026-03-01", "A,2026-03-01", "\r\n"])


@given(header=st.sampled_from(HEADERS), pieces=st.lists(LETTERS, max_size=60), delimiter=st.sampled_from(",,;"))
@settings(max_examples=120, **CALM)
def test_text_of_delimiters_quotes_and_line_ends(header: str, pieces: list[str], delimiter: str) -> None:
    agrees(f"{header}\n{''.join(pieces)}".encode(), "survey_responses", {"delimiter": delimiter})


@given(header=st.sampled_from([b"", b"response_id,answered_on\nA,2026-03-01\n"]), content=st.binary(max_size=200))
@settings(max_examples=70, **CALM)
def test_bytes_of_any_kind(header: bytes, content: bytes) -> None:
    agrees(header + content, "survey_responses")


ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1", "cp1252", "gb18030", "shift_jis", "cp949"]
MARKS = [b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE]


@given(
    table=tables(mutations=0),
    encoding=st.sampled_from(ENCODINGS),
    mark=st.sampled_from(MARKS),
    declared=st.sampled_from([None, None, *ENCODINGS]),
)
@settings(max_examples=80, **CALM)
def test_encodings_and_marks(table: tuple[str, str], encoding: str, mark: bytes, declared: str | None) -> None:
    source, text = table
    content = mark + text.encode(encoding, errors="ignore")
    agrees(content, source, {"encoding": declared} if declared else {})


@pytest.fixture(scope="session")
def houses(settled: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    def another() -> Path:
        folder = tmp_path_factory.mktemp("random")
        return shutil.copytree(settled, folder / "house")

    return another


@pytest.mark.xdist_group("bad inputs")
@given(table=tables(1, ["survey_responses"]))
@settings(max_examples=30, **CALM)
def test_what_is_published_is_what_the_reader_says(houses: Any, table: tuple[str, str]) -> None:
    """Of a source whose gate asks for nothing that the types of the contract do not."""
    source, text = table
    verdict = verdict_of(text.encode(), source, {})
    assert verdict is not None
    workspace = houses()
    done = load(workspace, File(text.encode()))
    assert "Traceback" not in done.stderr + done.stdout
    (found,) = done.answer
    if verdict.refused:
        assert (done.code, len(done.lines), found["published"], found["lines"]) == (2, 1, False, 0)
        return
    assert (done.code, len(done.lines)) == ((2, 1) if verdict.rejected else (0, 0)), done.stderr
    assert (found["loaded"], found["rejected"], found["blank"]) == (
        len(verdict.rows), len(verdict.rejected), verdict.blank
    )  # fmt: skip
    kept = published(workspace, source).get(found["load"], {})
    assert comparable(kept, source) == comparable(verdict.rows, source)
