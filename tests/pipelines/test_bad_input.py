"""What a file must not be: each is refused in one line with its place, and no row is lost without a word."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_contract import staged, values

from audit.errors import SourceError

HEAD = "id,day,score,note\n"
ROW = "A,2026-03-01,9,fine\n"


def workbook() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


NOT_A_TABLE = {
    "nothing at all": (b"", "the file is empty"),
    "white space": (b" \r\n\t\n ", "the file is empty"),
    "only a byte order mark": (codecs.BOM_UTF8, "the file is empty"),
    "only delimiters": (b",,,\n,,,\n", "the file is empty"),
    "header alone": (HEAD.encode(), "0 rows below the header in line 1"),
    "header and blank lines": (HEAD.encode() + b"\n\n,,,\n", "0 rows below the header in line 1"),
    "a workbook": (workbook(), "this Excel workbook is broken or cut off; open it in Excel and save it again"),
    "a zip archive": (b"PK\x03\x04" + bytes(40), "this is a zip archive"),
    "a PDF": (b"%PDF-1.7\n", "this is a PDF document"),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8),
        "encrypted Office file and not a table; save without password",
    ),
    "a gzip cut off": (gzip.compress(ROW.encode())[:-9], "this is a gzip archive that is broken or cut off"),
    "a Parquet file": (b"PAR1\x15\x04\x15PAR1", "this Parquet file cannot be read"),
    "a program": (b"MZ\x90\x00\x03", "this is a Windows program"),
    "a login page": (b"\n <!DOCTYPE html><html><title>Sign in", "this looks like HTML"),
    "a page behind a mark": (codecs.BOM_UTF8 + b"<HTML>", "this looks like HTML"),
    "a NUL": (f"{HEAD}A,2026-03-01,9,fi\0ne\n".encode(), "answers.csv, line 2: a NUL character"),
    "UTF-16 without a mark": ((HEAD + ROW).encode("utf-16-le"), "answers.csv, line 1: a NUL character"),
}

BADLY_ENCODED = {
    "GBK": ("编号,日期\n好,2026-03-01\n".encode("gbk"), {}, "line 1: not utf-8 at byte 0; it may be gb18030"),
    "Latin-1": (f"{HEAD}A,2026-03-01,9,café\n".encode("latin-1"), {}, "line 2: not utf-8 at byte 36; it may be cp1252"),
    "one bad byte among UTF-8": (f"{HEAD}{ROW}é".encode() + b"\xff", {}, "line 3: not utf-8 at byte 40"),
    "cut within a character": (f"{HEAD}A,2026-03-01,9,好".encode()[:-1], {}, "line 2: not utf-8 at byte 33"),
    "declared wrongly": ("é".encode() + b"\x81", {"encoding": "cp1252"}, "line 1: not cp1252 at byte 2"),
    "unknown": (ROW.encode(), {"encoding": "utf-88"}, "'utf-88' is not known; did you mean 'utf-8'?"),
    "unknown and like nothing": (ROW.encode(), {"encoding": "klingon"}, "is not known; write one of: utf-8, utf-16"),
    "no text encoding": (ROW.encode(), {"encoding": "base64"}, "'base64' is not known"),
    "a mark that contradicts": (codecs.BOM_UTF8 + ROW.encode(), {"encoding": "gbk"}, "write 'encoding: utf-8'"),
    "half a pair": (rb"\ud800", {"encoding": "unicode_escape"}, "half a character"),
}

BADLY_BUILT = {
    "quote never closed": (
        f'{HEAD}{ROW}B,2026-03-01,1,"open\n{ROW}',
        {},
        "line 3: a quote is opened in “B,2026-03-01,1",
    ),
    "quote within quotes": (f'{HEAD}B,2026-03-01,1,"a "b" c"\n', {}, "line 2: text follows a closing quote, in"),
    "quote that runs on": (f'{HEAD}B,2026-03-01,1,"a\nb" c\n', {}, "line 2: text follows a closing quote in line 3"),
    "two columns of one name": (
        "id,day,score,score\nA,2026-03-01,1,2\n",
        {},
        "'score' (column 3) and 'score' (column 4)",
    ),
    "names alike but for case": ("id,day,Score,score \nA,2026-03-01,1,2\n", {}, "'Score' (column 3) and 'score '"),
    "a column without a name": (
        "id,day,,note\nA,2026-03-01,7,x\n",
        {},
        "column 3 has no name, but holds '7' in line 2",
    ),
    "every row too long": (f"{HEAD}A,2026-03-01,9,a,b\nB,2026-03-01,9,a,b\n", {}, "line 2: 5 fields, header 4"),
    "every row too short": (f"{HEAD}A,2026-03-01\nB,2026-03-01\n", {}, "line 2: 2 fields, header 4"),
    "column missing": ("id,score\nA,1\n", {}, "line 1: no column 'day'; columns found: id, score; rename the column"),
    "nearest name": ("id,days\nA,1\n", {}, "no column 'day' (did you mean 'days'?); columns found: id, days"),
    "two missing": ("score,note\n1,x\n", {}, "no column 'id', 'day'; columns found: score, note"),
    "mapped column missing": (HEAD + ROW, {"columns": {"score": "Mark"}}, "no column 'Mark'; columns found: id, day"),
    "mapped part missing": (
        HEAD + ROW,
        {"columns": {"note": {"from": ["note", "nte"]}}},
        "'nte' (did you mean 'note'?)",
    ),
    "semicolons": ((HEAD + ROW).replace(",", ";"), {}, 'write delimiter: ";" in the mapping'),
    "tabs": ((HEAD + ROW).replace(",", "\t"), {}, 'write delimiter: "\\t" in the mapping'),
    "a title above": (
        f"Answers in March\n\n{HEAD}{ROW}",
        {},
        "the header seems to be in line 3: delete the lines above it",
    ),
    "no header": (ROW * 2, {}, "no column 'id', 'day'; columns found: A, 2026-03-01, 9, fine"),
    "a quote as delimiter": (HEAD + ROW, {"delimiter": '"'}, "the mapping's delimiter cannot be"),
}

BADLY_MAPPED = {
    "not a format": ({"day": {"from": "day", "format": "%Q"}}, "format '%Q' for 'day' is not a whole date"),
    "no year": ({"day": {"from": "day", "format": "%d.%m."}}, "is not a whole date; write it with day, month and year"),
    "a stray per cent": ({"day": {"from": "day", "format": "%Y-%m-%d%"}}, "is not a whole date"),
    "a time zone": ({"at": {"from": "day", "format": "%Y-%m-%d%z"}}, "reads a time zone"),
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


@pytest.mark.parametrize("case", NOT_A_TABLE)
def test_what_is_not_a_table_of_text_is_refused(case: str) -> None:
    content, told = NOT_A_TABLE[case]
    message = refusal(content)
    assert told in message
    assert is_one_line_about_the_file(message)


@pytest.mark.parametrize("case", BADLY_ENCODED)
def test_what_does_not_decode_is_refused_at_its_byte_and_line(case: str) -> None:
    content, written, told = BADLY_ENCODED[case]
    message = refusal(content, **written)
    assert told in message
    assert is_one_line_about_the_file(message)


@pytest.mark.parametrize("case", BADLY_BUILT)
def test_what_has_no_clear_rows_and_columns_is_refused(case: str) -> None:
    content, written, told = BADLY_BUILT[case]
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


CELLS = st.one_of(
    st.sampled_from(["A", "B", "C", "2026-03-01", "9", "11", "", " ", '"', "x,y", "a\nb", "a\r", "#", "好"]),
    st.text(st.characters(exclude_categories=["Cs", "N"], exclude_characters="\0"), max_size=4),
)
LIKELY = st.tuples(
    st.sampled_from(["A", "B", " "]),
    st.sampled_from(["2026-03-01", "x"]),
    st.sampled_from(["9", "09", "", "11"]),
    CELLS,
).map(list)
RECORDS = st.lists(st.one_of(LIKELY, st.lists(CELLS, max_size=5)), min_size=1, max_size=12)
FITTING = ["Z", "2026-03-01", "9", "kept"]


def written(records: list[list[str]], line_end: str) -> list[str]:
    """As RFC 4180 says; csv.writer leaves line breaks bare that are not its own line end."""
    return [",".join(map(quoted, record)) + line_end for record in records]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell


def content(record: list[str]) -> tuple[str | None, ...]:
    """What the contract sees of a record of four fields: 9 and 09 are the same score, and nothing is nothing."""
    name, day, score, note = record
    return (name, day.strip(), score.strip().replace("09", "9"), note if note.strip() else None)


def expected(records: list[list[str]]) -> list[int]:
    """Positions of the records that are rows; the oracle knows what was written and reads no CSV."""
    whole = {position: content(record) for position, record in enumerate(records) if len(record) == 4}
    rows = []
    for position, (name, day, score, _) in whole.items():
        same = [other for other in whole if whole[other][0] == name]
        agree = all(whole[other] == whole[position] for other in same)
        if name and name.strip() and day == "2026-03-01" and score in ("", "9") and agree and same[0] == position:
            rows.append(position)
    return rows


@given(records=RECORDS, line_end=st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=150, deadline=None)
def test_every_line_is_loaded_rejected_or_blank(records: list[list[str]], line_end: str) -> None:
    records = [FITTING, *records]
    texts = written([["id", "day", "score", "note"], *records], line_end)
    batch = staged("".join(texts))
    begins = [1 + len(re.findall("\r\n|\r|\n", "".join(texts[:before]))) for before in range(1, len(texts))]
    blank = [position for position, record in enumerate(records) if not "".join(record).strip()]
    loaded = expected(records)
    rejected = [position for position in range(len(records)) if position not in {*loaded, *blank}]
    assert list(batch.frame["line"]) == [begins[position] for position in loaded]
    assert values(batch, "note") == [(content(records[position])[3],) for position in loaded]
    assert [reject.line for reject in batch.rejects] == [begins[position] for position in rejected]
    assert (batch.lines, batch.blank) == (len(records), len(blank))
    assert batch.physical_lines == len(re.findall("\r\n|\r|\n", "".join(texts)))
