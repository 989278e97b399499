"""Faults 64 to 74: workbooks and Parquet files, whose readers can be led astray."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pyarrow as pa
from answers import TABLE
from fault import File, Kept, Published, Refused, Upload, Variants, fault, whole
from workbooks import as_parquet, cells, in_sheet, parquet, repacked, workbook, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = "this Excel workbook is broken or cut off; open it in Excel and save it again"
THREE = ["a", "b", "c"]


def xlsx(content: bytes, **mapping: str) -> File:
    return File(content, dict(mapping), name="answers.xlsx")


def parquet_file(content: bytes, source: str = "survey_responses") -> File:
    return File(content, source=source, name="answers.parquet")


def merge(places: str) -> bytes:
    return workbook(lambda book: book.worksheets[0].merge_cells(places))


def more_sheets(**states: str) -> bytes:
    def add(book: openpyxl.Workbook) -> None:
        for name, state in states.items():
            book.create_sheet(name).sheet_state = state

    return workbook(add)


def filtered(book: openpyxl.Workbook) -> None:
    book.worksheets[0].auto_filter.ref = "A1:E4"
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["C"].hidden = True


@fault(64, "a zip bomb in a workbook")
def zip_bomb() -> Variants:
    told = r"expands to \d+ MB in [\d,]+ parts, .*at most 100 MB, .*save the table as CSV"
    yield "a part of zeros", File(lambda: repacked(xl__media=bytes(90_000_000))), Refused(told)
    spaces = in_sheet(b"</sheetData>", b" " * 50_000_000 + b"</sheetData>")
    yield "a sheet of spaces", File(lambda: repacked(spaces)), Refused(told)
    yield "thousands of parts", xlsx(repacked(**{f"xl__{at}": b"" for at in range(2_000)})), Refused(told)


@fault(65, "an entity bomb in a sheet")
def entity_bomb() -> Variants:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    yield "many laughs", xlsx(repacked(in_sheet(b"<v>5</v>", b"<v>&b;</v>", laughs))), Refused(BROKEN)
    outside = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    yield "a file from outside", xlsx(repacked(in_sheet(b"<v>5</v>", b"<v>&f;</v>", outside))), Refused(BROKEN)
    far = in_sheet(b'<row r="4"', b'<row r="999999999"')
    yield "a row beyond the end", xlsx(repacked(far)), Refused("more rows than a workbook can have")


@fault(66, "a workbook with macros")
def macros() -> Variants:
    told = "this workbook contains macros; save it as xlsx without macros and load that"
    with_macro = repacked(xl__vbaProject__bin=b"x")
    yield "a project", File(with_macro, name="answers.xlsm"), Refused(told)
    yield "a macro sheet", xlsx(repacked(xl__macrosheets__sheet1=b"x")), Refused(told)
    yield "as evidence", Upload(with_macro, "answers.xlsm", "answers.xlsm"), Kept()


@fault(67, "a password")
def password() -> Variants:
    told = "encrypted Office file and not a table; save without password, as xlsx or as CSV"
    yield "of Office", xlsx(OLE + bytes(600)), Refused(told)
    locked = workbook().replace(b"PK\1\2\x14\x03\x14\0\0", b"PK\1\2\x14\x03\x14\0\1")
    yield "of a zip", xlsx(locked), Refused("this workbook is encrypted; save without password and load that")
    archive = zipped({"answers.csv": TABLE.encode()}).replace(b"PK\1\2\x14\x03\x14\0\0", b"PK\1\2\x14\x03\x14\0\1")
    yield "of a zip of a table", File(archive), Refused("the zip archive has a password; save without password")


@fault(68, "another kind of file that is called .xlsx")
def no_workbook() -> Variants:
    yield "an old workbook", File(OLE + bytes(600), name="answers.xls"), Refused("old Excel workbook .*save")
    document = zipped({"[Content_Types].xml": b"", "word/document.xml": b""})
    yield "a letter", xlsx(document), Refused("an office file, but no Excel workbook .*; save the table as xlsx")
    yield "a table of OpenDocument", xlsx(zipped({"mimetype": b"x"})), Refused("no Excel workbook")
    # a file is what its content says
    yield "a CSV file", xlsx(TABLE.encode()), whole(3)


@fault(69, "a formula without a result")
def uncomputed() -> Variants:
    told = "satisfaction '': the formula has no stored result; open the file in Excel, calculate, and save it"
    yield "in a column that is loaded", xlsx(workbook(cells(C3="=4+1"))), Published(2, {3: "satisfaction"}, told=told)
    yield "in another", xlsx(workbook(cells(F1="sum", F3="=4+1"))), whole(3, ignored=("sum",))
    yield "in the header", xlsx(workbook(cells(F1="=1+1"))), Refused("line 1: a name in the header is a formula")
    wrong = "the cell holds an error of the workbook; mend its formula"
    yield "an error", xlsx(workbook(cells(C3="#DIV/0!"))), Published(2, {3: "satisfaction"}, told=wrong)


@fault(70, "hidden, several, merged and filtered")
def sheets() -> Variants:
    two = r"2 sheets are visible: 'Sheet', 'Notes' \(hidden: 'Raw'\); write the one to load as 'sheet: Sheet'"
    yield "several visible", xlsx(more_sheets(Notes="visible", Raw="hidden")), Refused(two)
    yield "chosen", xlsx(more_sheets(Notes="visible"), sheet="Sheet"), whole(3)
    yield "hidden beside", xlsx(more_sheets(Raw="veryHidden")), whole(3, ignored=("sheet 'Raw' (hidden)",))
    yield "merged names", xlsx(merge("C1:D1")), Refused("line 1: merged cells in the header; unmerge them")
    yield "merged values", xlsx(merge("C2:C3")), Published(2, {3: "satisfaction"}, told="is merged with another")
    yield "rows hidden by a filter", xlsx(workbook(filtered)), whole(3)


@fault(71, "several types in one column")
def mixed_types() -> Variants:
    yield "numbers as text", xlsx(workbook(cells(C2="5", C3=" 4 ", D2=9.0))), whole(3)
    yield "a fraction", xlsx(workbook(cells(C3=4.5))), Published(2, {3: "satisfaction"}, told="is not a whole number")
    yield "a day for a score", xlsx(workbook(cells(C3=dt.date(2026, 3, 1)))), Published(2, {3: "satisfaction"})
    yield "true for a score", xlsx(workbook(cells(C3=True))), Published(2, {3: "satisfaction"})
    yield "a number for a name", xlsx(workbook(cells(A3=12345678901, E2=1.5))), whole(3)


@fault(72, "a workbook cut off or spoilt")
def spoilt_workbook() -> Variants:
    content = workbook()
    yield "cut off", xlsx(content[:-100]), Refused("broken or cut off")
    yield "half of it", xlsx(content[: len(content) // 2]), Refused("broken or cut off")
    at = content.index(b"xl/worksheets/sheet1.xml") + 120
    yield "bytes changed", xlsx(content[:at] + b"\xff" * 9 + content[at + 9 :]), Refused(BROKEN)
    yield "no sheet in it", xlsx(zipped({"xl/workbook.xml": b"<workbook/>"})), Refused(BROKEN)


@fault(73, "a Parquet file without its end")
def spoilt_parquet() -> Variants:
    content = parquet()
    cut = "a Parquet file that is cut off and not a table; save the table as CSV"
    yield "cut off", File(content[:600], name="answers.parquet"), Refused(cut)
    told = r"this Parquet file cannot be read \(.*\); export it again"
    yield "a footer of nothing", File(content[:-40] + b"PAR1", name="answers.parquet"), Refused(told)
    huge = content[:-8] + b"\xff\xff\xff\x7fPAR1"
    yield "a footer larger than the file", File(huge, name="answers.parquet"), Refused(told)
    yield "no byte", File(b"", name="answers.parquet"), Refused("the file is empty")


@fault(74, "Parquet of other columns and types")
def other_parquet() -> Variants:
    other = as_parquet(pa.table({"id": THREE, "day": THREE}))
    yield "other names", parquet_file(other), Refused("line 1: no column 'response_id', 'answered_on'")
    lists = pa.array([["x"], [], None])
    yield (
        "a list that is loaded",
        parquet_file(parquet(comment=lists)),
        Refused("column 'comment' holds list<.*one value"),
    )
    yield "a list beside", parquet_file(parquet(tags=lists)), whole(3, ignored=("tags",))
    moments = pa.array([dt.datetime(2026, 3, day, 8, 30) for day in (1, 2, 3)], pa.timestamp("us"))
    old = pa.table({"visit_id": THREE, "arrived_at": moments})
    yield (
        "times of 96 bits",
        parquet_file(as_parquet(old, use_deprecated_int96_timestamps=True), "waiting_times"),
        whole(3),
    )
    zoned = pa.table({"visit_id": THREE, "arrived_at": moments.cast(pa.timestamp("us", "Asia/Shanghai"))})
    rejects = dict.fromkeys([2, 3, 4], "arrived_at")
    told = "“2026-03-01T08:30:00Z” says its offset from UTC"
    yield "a zone", parquet_file(as_parquet(zoned), "waiting_times"), Published(0, rejects, told=told)
    floats = pa.array([5.0, 4.5, float("nan")])
    bad = {3: "satisfaction", 4: "satisfaction"}
    yield "scores as floats", parquet_file(parquet(satisfaction=floats)), Published(1, bad, told="“4.5” is not a whole")
