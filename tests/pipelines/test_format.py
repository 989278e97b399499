"""One table in every format gives the same rows, rejects and account; what is no such table is refused in one line."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_contract import ANSWERS, mapping, staged, values

from audit.errors import SourceError
from audit.text import Text
from pipelines import definitions
from pipelines.__main__ import main
from pipelines.stage import Batch, stage
from pipelines.staging import archive, child, parquet_file, size, xlsx_file

NAMES = ["id", "day", "score", "note", "amount", "at", "again", "kind", "other"]
DAY, TIME = dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 10, 30)
ROWS: list[list[Any]] = [
    ["A", DAY, 9, "fine", 1.5, TIME, True, "low", "x"],
    ["B", DAY, 0, "a,b\nc \"d\" 好", 0.1, dt.datetime(2026, 3, 1), False, None, None],
    [None] * 9,
    ["C", None, 9, "no day", None, None, None, None, None],
    ["D", DAY, 11, "off the scale", 1e22, None, None, "high", None],
    ["E", DAY, 3, "twice", None, None, None, None, None],
    ["E", DAY, 4, "twice", None, None, None, None, None],
    ["F", DAY, None, "007", -2.0, TIME, None, "middle", None],
    ["G", DAY, 7, "=1+1", 12345678901.0, TIME, None, "high", None],
]  # fmt: skip


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def as_csv(delimiter: str = ",") -> bytes:
    def quoted(value: Any) -> str:
        text = written(value)
        return '"' + text.replace('"', '""') + '"' if set(text) & {delimiter, '"', "\n"} else text

    return "".join(delimiter.join(map(quoted, row)) + "\n" for row in [NAMES, *ROWS]).encode()


def as_json_lines() -> bytes:
    def plain(value: Any) -> Any:
        return written(value) if isinstance(value, dt.date) else value

    objects = [{name: plain(value) for name, value in zip(NAMES, row, strict=True)} for row in ROWS]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()


def as_parquet() -> bytes:
    kinds = [
        pa.string(),
        pa.date32(),
        pa.int64(),
        pa.string(),
        pa.float64(),
        pa.timestamp("us"),
        pa.bool_(),
        pa.string(),
    ]
    kinds.append(pa.dictionary(pa.int32(), pa.string()))
    columns = [pa.array(values, kind) for values, kind in zip(zip(*ROWS, strict=True), kinds, strict=True)]
    packed = io.BytesIO()
    pq.write_table(pa.table(columns, names=NAMES), packed)
    return packed.getvalue()


def as_xlsx(change: Callable[[openpyxl.Workbook], None] = lambda book: None, rows: list[list[Any]] = ROWS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [NAMES, *rows]:
        sheet.append(row)
    for cell in [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=1+")]:
        cell.data_type = "s"
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def as_zip(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as inside:
        for name, content in files:
            inside.writestr(name, content)
    return packed.getvalue()


SAME: dict[str, tuple[Callable[[], bytes], dict[str, Any]]] = {
    "semicolons": (lambda: as_csv(";"), {"delimiter": ";"}),
    "carets": (lambda: as_csv("^"), {"delimiter": "^"}),
    "gzip": (lambda: gzip.compress(as_csv()), {}),
    "gzip in two members": (lambda: gzip.compress(as_csv()[:50]) + gzip.compress(as_csv()[50:]), {}),
    "zip": (lambda: as_zip(("data/answers.csv", as_csv())), {}),
    "zip made on a Mac": (lambda: as_zip(("answers.csv", as_csv()), ("__MACOSX/._answers.csv", b"\0\5")), {}),
    "zip of a TSV": (lambda: as_zip(("answers.TSV", as_csv("\t"))), {}),
    "JSON lines": (as_json_lines, {}),
    "JSON lines in gzip": (lambda: gzip.compress(as_json_lines()), {}),
    "Parquet": (as_parquet, {}),
    "Parquet in zip": (lambda: as_zip(("answers.parquet", as_parquet())), {}),
    "workbook": (as_xlsx, {}),
    "workbook in zip": (lambda: as_zip(("answers.xlsx", as_xlsx())), {}),
}


def account(batch: Batch) -> tuple[int, int, int, int]:
    return batch.lines, len(batch.frame), len(batch.rejects), batch.blank


@pytest.mark.parametrize("case", SAME)
def test_every_format_gives_the_rows_that_the_csv_gives(case: str) -> None:
    content, more = SAME[case]
    plain, found = staged(as_csv()), staged(content(), **more)
    columns = list(ANSWERS.columns)
    assert values(found, *columns) == values(plain, *columns)
    assert [row[0] for row in values(found, "id")] == ["A", "B", "G"]
    assert account(found) == account(plain) == (9, 3, 5, 1)
    assert [(one.column, one.value, one.reason.en.partition(" line ")[0]) for one in found.rejects] == [
        (one.column, one.value, one.reason.en.partition(" line ")[0]) for one in plain.rejects
    ]
    assert (found.delivered, found.ignored) == (plain.delivered, plain.ignored)


@pytest.mark.parametrize("case", ["Parquet", "workbook"])
def test_the_line_is_the_number_of_the_row_plus_one(case: str) -> None:
    found = staged(SAME[case][0]())
    assert list(found.frame["line"]) == [2, 3, 10]
    assert [reject.line for reject in found.rejects] == [5, 6, 7, 8, 9]
    assert found.physical_lines == 10


def test_a_tab_can_be_declared_in_yaml_or_by_the_name(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text('source: complaints\ndelimiter: "\\t"\n')
    assert definitions.mapping(path, "complaints").delimiter == "\t"
    assert len(stage(as_csv("\t"), "answers.tsv", ANSWERS, mapping()).frame) == 3
    with pytest.raises(SourceError, match='write delimiter: "," in the mapping'):
        stage(as_csv(), "answers.tsv", ANSWERS, mapping())


def test_a_mapping_without_the_new_keys_is_the_mapping_it_was() -> None:
    assert not {"sheet", "header_line"} & mapping().model_dump(mode="json", by_alias=True).keys()


GOOD = '{"id":"A","day":"2026-03-01"}\n'
JSON_LINES = {
    "broken": ("{no}\n", "not a whole JSON object"),
    "a list": ("[1]\n", "not a whole JSON object"),
    "a word": ("true\n", "not a whole JSON object"),
    "nested in a loaded column": ('{"id":"B","day":{"d":1}}\n', "a list or an object stands where one value must"),
    "a name twice": ('{"id":"B","id":"C","day":"2026-03-01"}\n', "“id” stands twice"),
    "half a character": ('{"id":"\\ud800","day":"2026-03-01"}\n', "half a character or a NUL"),
    "a NUL": ('{"id":"\\u0000","day":"2026-03-01"}\n', "half a character or a NUL"),
    "too deep": ('{"id":' + "[" * 100_000 + "\n", "not a whole JSON object"),
    "a number with decimals": ('{"id":"B","day":"2026-03-01","score":4.0}\n', "write 4"),
    "not a number": ('{"id":"B","day":"2026-03-01","amount":NaN}\n', "not a number"),
    "cut off": ('{"id":"B","day', "not a whole JSON object"),
}


@pytest.mark.parametrize("case", JSON_LINES)
def test_a_line_of_json_that_does_not_fit_is_rejected_alone(case: str) -> None:
    line, told = JSON_LINES[case]
    found = staged(f"{GOOD}\n{line}")
    (reject,) = found.rejects
    assert (reject.line, account(found)) == (3, (3, 1, 1, 1))
    assert told in reject.reason.en


def test_numbers_of_json_stay_as_they_are_written_and_nested_values_nobody_asked_for_do_no_harm() -> None:
    found = staged('{"id":12345678901234567890,"day":"2026-03-01","amount":1e2,"note":1.50,"tags":["x"]}\n{}\n')
    assert values(found, "id", "amount", "note") == [("12345678901234567890", 100.0, "1.50")]
    assert (found.ignored, found.blank) == (("tags",), 1)


def parquet(**columns: pa.Array) -> bytes:
    packed = io.BytesIO()
    pq.write_table(pa.table(columns), packed)
    return packed.getvalue()


ID, ONE_DAY = pa.array(["A"]), pa.array([DAY])
UTC = dt.datetime(2026, 3, 1, 10, 30, tzinfo=dt.UTC)
PARQUET: dict[str, tuple[str, pa.Array, Any]] = {
    "a float of a whole number": ("score", pa.array([9.0]), 9),
    "a float with decimals": ("score", pa.array([9.5]), "“9.5” is not a whole number"),
    "no number": ("amount", pa.array([float("nan")]), "“nan” is not a number"),
    "a float of 32 bits": ("amount", pa.array([0.1], pa.float32()), 0.10000000149011612),
    "a decimal": ("amount", pa.array(["1.50"]).cast(pa.decimal128(9, 2)), 1.5),
    "bytes": ("note", pa.array(["好".encode()]), "好"),
    "seconds without fractions": ("at", pa.array([TIME], pa.timestamp("ns")), TIME),
    "a fraction of a second": ("at", pa.array([TIME.replace(microsecond=5)]), "does not fit"),
    "a zone": ("at", pa.array([UTC], pa.timestamp("us", "Asia/Shanghai")), "“2026-03-01T10:30:00Z” says its offset"),
    "a day of a timestamp": ("day", pa.array([dt.datetime(2026, 3, 1)]), dt.datetime(2026, 3, 1)),
}


@pytest.mark.parametrize("case", PARQUET)
def test_a_value_of_parquet_is_exact_or_told(case: str) -> None:
    name, column, expected = PARQUET[case]
    found = staged(parquet(**{"id": ID, "day": ONE_DAY, name: column}))
    if isinstance(expected, str) and found.rejects:
        assert expected in found.rejects[0].reason.en
    else:
        assert values(found, name) == [(expected,)]


def add_sheets(book: openpyxl.Workbook, **states: str) -> None:
    for name, state in states.items():
        book.create_sheet(name).sheet_state = state


def titled(book: openpyxl.Workbook) -> None:
    book.worksheets[0].insert_rows(1, 2)
    book.worksheets[0]["A1"] = "id day"


def test_a_sheet_is_chosen_and_hidden_ones_are_named() -> None:
    content = as_xlsx(lambda book: add_sheets(book, Notes="visible", Raw="hidden"))
    assert staged(content, sheet="Sheet").ignored == ("other", "sheet 'Raw' (hidden)")
    assert account(staged(as_xlsx(lambda book: add_sheets(book, Raw="veryHidden")))) == (9, 3, 5, 1)


@pytest.mark.parametrize("content", [as_xlsx(titled), b"id day,\n\n" + as_csv()], ids=["workbook", "CSV"])
def test_the_header_line_is_chosen(content: bytes) -> None:
    found = staged(content, header_line=3)
    assert (account(found), list(found.frame["line"])[:2]) == ((9, 3, 5, 1), [4, 5])
    with pytest.raises(SourceError, match="or write header_line: 3"):
        staged(content)
    with pytest.raises(SourceError, match="header_line"):
        staged(content, header_line=2)


def broken_cells(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    sheet["C2"], sheet["E3"], sheet["I10"] = "=4+5", "#DIV/0!", "=1+1"
    sheet.merge_cells("D10:D11")
    sheet["A11"], sheet["B11"] = "H", DAY


def test_a_cell_that_only_looks_filled_rejects_its_row() -> None:
    found = staged(as_xlsx(broken_cells))
    told = {reject.line: (reject.column, reject.reason.en[:22]) for reject in found.rejects}
    assert told[2] == ("score", "the formula has no sto")
    assert told[3] == ("amount", "the cell holds an erro")
    assert told[11] == ("note", "the cell is merged wit")
    assert (list(found.frame["line"]), account(found)) == ([10], (10, 1, 8, 1))


def repacked(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A workbook whose parts are changed as no program would write them."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx())) as book:
        parts = [(name, change(name, book.read(name))) for name in book.namelist()]
    return as_zip(*parts, *((name.replace("__", "/"), content) for name, content in more.items()))


def entity_bomb(name: str, content: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return content
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return bomb + content.replace(b"<v>9</v>", b"<v>&b;</v>")


def far_row(name: str, content: bytes) -> bytes:
    return content.replace(b'<row r="10"', b'<row r="999999999"') if name.endswith("sheet1.xml") else content


def merge_header(book: openpyxl.Workbook) -> None:
    book.worksheets[0].merge_cells("C1:D1")


def untouched(name: str, content: bytes) -> bytes:
    return content


OPEN, LOCKED = b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"
SUM = zlib.crc32(as_csv()).to_bytes(4, "little")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED: dict[str, tuple[Callable[[], bytes], dict[str, Any], str]] = {
    "two files in a zip": (lambda: as_zip(("a.csv", as_csv()), ("b.csv", b"")), {}, "holds 2 files (a.csv, b.csv)"),
    "a zip with a password": (lambda: as_zip(("a.csv", as_csv())).replace(OPEN, LOCKED), {}, "save without password"),
    "a folder in a zip": (lambda: as_zip(("a/", b"")), {}, "holds no file"),
    "a zip in a zip": (lambda: as_zip(("a.zip", as_zip(("b.csv", b"")))), {}, "an archive within an archive"),
    "a gzip in a gzip": (lambda: gzip.compress(gzip.compress(as_csv())), {}, "an archive within an archive"),
    "a bomb in a gzip": (lambda: gzip.compress(bytes(20_000_000)), {}, "which is 200 times its size; load the table"),
    "a bomb in a zip": (lambda: as_zip(("a.csv", bytes(20_000_000))), {}, "which is 200 times its size"),
    "junk behind a gzip": (lambda: gzip.compress(as_csv()) + b"junk", {}, "gzip archive that is broken or cut off"),
    "a zip cut off": (lambda: as_zip(("a.csv", as_csv()))[:-30], {}, "zip archive that is broken or cut off"),
    "a zip of a wrong sum": (lambda: as_zip(("a.csv", as_csv())).replace(SUM, bytes(4)), {}, "archive that is broken"),
    "a JSON list": (lambda: b'[{"id": "A"}]', {}, "one JSON list; write one object per line"),
    "a JSON page": (lambda: b'{\n  "id": "A"\n}', {}, "line 1: this line is not a whole JSON object"),
    "JSON without a column": (lambda: b'{"id": "A"}', {}, "line 1: no column 'day'; columns found: id"),
    "JSON lines with a header line": (as_json_lines, {"header_line": 2}, "'header_line:' has no use"),
    "a sheet of a CSV": (as_csv, {"sheet": "A"}, "'sheet:' has no use; delete it"),
    "half of a Parquet file": (lambda: as_parquet()[:900], {}, "a Parquet file that is cut off and not a table"),
    "Parquet cut off": (lambda: as_parquet()[:-40] + b"PAR1", {}, "this Parquet file cannot be read"),
    "nested Parquet": (
        lambda: parquet(id=ID, day=ONE_DAY, note=pa.array([["x"]])), {}, "column 'note' holds list<element: string>"
    ),
    "two sheets": (
        lambda: as_xlsx(lambda book: add_sheets(book, Two="visible", Raw="hidden")), {},
        "2 sheets are visible: 'Sheet', 'Two' (hidden: 'Raw'); write the one to load as 'sheet: Sheet' in the mapping",
    ),
    "no such sheet": (as_xlsx, {"sheet": "Answers"}, "there is no sheet 'Answers'; the sheets are 'Sheet'"),
    "an empty sheet": (
        lambda: as_xlsx(lambda book: add_sheets(book, Two="visible")), {"sheet": "Two"}, "sheet 'Two' is empty"
    ),
    "merged names": (lambda: as_xlsx(merge_header), {}, "line 1: merged cells in the header; unmerge them"),
    "macros": (lambda: repacked(untouched, xl__vbaProject=b"x"), {}, "contains macros; save it as xlsx without macros"),
    "an entity bomb": (lambda: repacked(entity_bomb), {}, "broken or cut off"),
    "a billion rows": (lambda: repacked(far_row), {}, "more rows than a workbook can have"),
    "a bomb": (lambda: repacked(untouched, xl__media=bytes(90_000_000)), {}, "times its size; at most 100 MB, 2,000"),
    "two thousand parts": (
        lambda: repacked(untouched, **{f"xl__{number}": b"" for number in range(2000)}), {}, "2,009 parts"
    ),
    "a workbook cut off": (lambda: as_xlsx()[:-100], {}, "broken or cut off"),
    "a workbook with no sheet": (lambda: as_zip(("xl/workbook.xml", b"<x/>")), {}, "this Excel workbook is broken"),
    "a password": (lambda: OLE + bytes(600), {}, "save without password"),
    "a document": (lambda: as_zip(("[Content_Types].xml", b""), ("word/a.xml", b"")), {}, "but no Excel workbook"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_format_can_be_is_refused_in_one_line(case: str) -> None:
    content, more, told = REFUSED[case]
    with pytest.raises(SourceError) as raised:
        staged(content(), **more)
    message = str(raised.value)
    assert told in message
    assert message.startswith("answers.csv") and message.isprintable() and len(message) < 500
    assert isinstance(raised.value.told, Text), "a reader of Chinese would get English"


FATES = {
    "memory": ("[0] * 10**10", "takes too much time or memory"),
    "killed": ("__import__('os').kill(__import__('os').getpid(), 9)", "takes too much time or memory"),
    "fallen over": ("__import__('os').kill(__import__('os').getpid(), 11)", "broken or cut off|its parser failed"),
    "gave up": ("1 / 0", "broken or cut off|its parser failed"),
}


@pytest.mark.skipif(os.name != "posix", reason="this platform has no limits for a process")
@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize(("reader", "content"), [(xlsx_file, as_xlsx()), (parquet_file, as_parquet())])
def test_a_parser_that_fails_takes_nothing_with_it(
    fate: str, reader: Any, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    does, told = FATES[fate]
    parser = tmp_path / "parser.py"
    parser.write_text(f"def main(asked, content):\n    {does}\n")
    monkeypatch.setattr(reader, "PARSER", parser)
    with pytest.raises(SourceError, match=told):
        staged(content)


@pytest.mark.skipif(os.name != "posix", reason="this platform has no limits for a process")
def test_a_parser_that_takes_its_time_is_stopped(tmp_path: Path) -> None:
    parser = tmp_path / "parser.py"
    for waits in ("while True: pass", "__import__('time').sleep(60)"):
        parser.write_text(f"def main(asked, content):\n    {waits}\n")
        with pytest.raises(child.TooMuch):
            child.told(parser, b"", {}, seconds=1)


def test_an_archive_is_counted_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(SourceError, match="expands to more than 0 MB, which is too large"):
        staged(gzip.compress(as_csv()))


def raw_parquet(table: pa.Table, **how: Any) -> bytes:
    packed = io.BytesIO()
    pq.write_table(table, packed, **how)
    return packed.getvalue()


def equal_rows(count: int) -> bytes:
    """A megabyte of text in each row, and a few bytes of file for a million rows."""
    table = pa.table({"id": pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int8()), ["x" * 1_000_000])})
    packed = io.BytesIO()
    with pq.ParquetWriter(packed, table.schema, compression="zstd") as writer:
        for _ in range(count):
            writer.write_table(table)
    return packed.getvalue()


def nested(depth: int) -> bytes:
    kind = pa.int64()
    for _ in range(depth):
        kind = pa.list_(kind)
    return raw_parquet(pa.table({"id": pa.array([None], kind)}))


PLAIN = raw_parquet(pa.table({"id": ["A", "B"] * 1000, "day": [DAY] * 2000}))
FOOTER = len(PLAIN) - 8 - int.from_bytes(PLAIN[-8:-4], "little")
DANGEROUS = {
    "equal rows": (lambda: equal_rows(3), "3,000,000 rows of 1 columns.*20 rows a byte are read: load it in parts"),
    "more cells than are read": (
        lambda: raw_parquet(pa.table({f"c{at}": pa.nulls(20_000, pa.int8()) for at in range(1_600)})),
        "20,000 rows of 1,600 columns.*at most 30 million cells",
    ),
    "columns": (lambda: raw_parquet(pa.table({f"c{at}": [1] for at in range(2_001)})), "1 rows of 2,001 columns"),
    "lists in lists": (lambda: nested(1_000), "cannot be read .*nested"),
    "a footer of two gigabytes": (lambda: PLAIN[:-8] + b"\xff\xff\xff\x7fPAR1", "this Parquet file cannot be read"),
    "no footer": (lambda: PLAIN[:-8] + bytes(4) + b"PAR1", "this Parquet file cannot be read"),
    "zeros": (lambda: b"PAR1" + bytes(10_000) + b"PAR1", "this Parquet file cannot be read"),
    "no rows in its body": (lambda: b"PAR1" + bytes(FOOTER - 4) + PLAIN[FOOTER:], "this Parquet file cannot be read"),
    "cut in the footer": (lambda: PLAIN[: FOOTER + 60] + b"PAR1", "this Parquet file cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", DANGEROUS)
def test_a_parquet_file_that_is_a_trap_gives_one_line(case: str) -> None:
    make, told = DANGEROUS[case]
    with pytest.raises(SourceError, match=told) as caught:
        staged(make())
    assert str(caught.value).startswith("answers.csv: ") and str(caught.value).isprintable()


@pytest.mark.parametrize("at", range(FOOTER, len(PLAIN) - 8, 37))
def test_a_changed_byte_in_a_footer_is_told_or_does_no_harm(at: int) -> None:
    """Each stands for a file that somebody made to hurt: whatever the parser does of it, this program goes on."""
    spoilt = PLAIN[:at] + bytes([PLAIN[at] ^ 0x5A]) + PLAIN[at + 1 :]
    try:
        found = parquet_file.read(spoilt, "a.parquet")
    except SourceError as error:
        assert str(error).startswith("a.parquet: ") and "\n" not in str(error)
    else:
        assert len(found.records) + found.blank == found.physical_lines - 1


def test_texts_that_are_large_alone_are_read_and_rejected_alone() -> None:
    longest = pa.DictionaryArray.from_arrays(pa.array([0, 1, 1] * 1000, pa.int32()), ["A", "x" * 200_000])
    rows = [str(at) for at in range(3000)]
    found = staged(raw_parquet(pa.table({"id": rows, "day": [DAY] * 3000, "note": longest})))
    assert account(found) == (3000, 1000, 2000, 0)
    assert "200000 characters" in found.rejects[0].reason.en.replace(",", "")


SIZES = {
    "gzip": (b"\x1f\x8b\x08", 1_000, "an archive or a workbook may have 1,000 MB; unpack it and load the table as CSV"),
    "zip": (b"PK\3\4", 1_000, "an archive or a workbook may have 1,000 MB"),
    "Parquet": (b"PAR1", 1_000, "a Parquet file may have 1,000 MB; load it in parts"),
    "JSON lines": (b'{"id": "A"}\n', 250, "JSON lines may have 250 MB; load it in parts, or as CSV"),
    "JSON lines with a mark": ('\ufeff{"id": "A"}\n'.encode(), 250, "JSON lines may have 250 MB"),
}


@pytest.mark.parametrize("case", SIZES)
def test_a_file_larger_than_memory_allows_is_refused_before_it_is_read(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beginning, most, told = SIZES[case]
    large = tmp_path / "large"
    with large.open("wb") as stream:
        stream.write(beginning)
        stream.truncate(most * 1_000_000 + 1_000_000)  # a hole: it takes no space on the disk
    with pytest.raises(SourceError, match=told):
        size.refuse_too_large(large)
    (tmp_path / "workspace.yaml").write_text("organisation: A\n")
    assert main(["load", str(large), "--source", "complaints", "--workspace", str(tmp_path)]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "MB" in line]
    assert told in line and str(large) in line
    size.refuse(most * 1_000_000, beginning, "as large as it may be")


@pytest.mark.parametrize("beginning", [b"id,day\n", b"", b"PK,day\n", "编号".encode("gb18030"), b"\xff\xfei\0d\0"])
def test_csv_may_be_of_any_size(beginning: bytes) -> None:
    size.refuse(10**13, beginning, "a.csv")
