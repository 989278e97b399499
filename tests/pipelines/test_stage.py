"""Odd files that are fine, rows that are not, and the types that come out."""

from __future__ import annotations

import codecs
import dataclasses
import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from small_contract import ANSWERS, mapping, staged, values

from pipelines.stage import Batch, stage

HEAD = "id,day,score,note\n"
A = ("A", dt.datetime(2026, 3, 1), 9, "fine")
B = ("B", dt.datetime(2026, 3, 2), None, None)
TWO = HEAD + "A,2026-03-01,9,fine\nB,2026-03-02,,\n"

FINE: dict[str, tuple[bytes, dict[str, Any], list[tuple[Any, ...]]]] = {
    "plain": (TWO.encode(), {}, [A, B]),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + TWO.encode(), {}, [A, B]),
    "a mark before a quoted name": (codecs.BOM_UTF8 + b'"id"' + TWO[2:].encode(), {}, [A, B]),
    "UTF-16 with a mark": (TWO.encode("utf-16"), {}, [A, B]),
    "GBK as declared": (TWO.replace("fine", "很好").encode("gbk"), {"encoding": "gbk"}, [(*A[:3], "很好"), B]),
    "cp1252 quotes": (TWO.replace("fine", "it’s").encode("cp1252"), {"encoding": "cp1252"}, [(*A[:3], "it’s"), B]),
    "CRLF": (TWO.replace("\n", "\r\n").encode(), {}, [A, B]),
    "CR alone": (TWO.replace("\n", "\r").encode(), {}, [A, B]),
    "mixed line ends": (TWO.replace("\n", "\r\n", 1).encode(), {}, [A, B]),
    "no final line end": (TWO.rstrip("\n").encode(), {}, [A, B]),
    "blank lines": (TWO.replace("\n", "\n\n \n").encode(), {}, [A, B]),
    "blank lines above": (b"\n\n" + TWO.encode(), {}, [A, B]),
    "empty rows of a spreadsheet": (TWO.encode() + b",,,\n,,,\n", {}, [A, B]),
    "all quoted": (b'"id","day","score","note"\n"A","2026-03-01","9","fine"\n', {}, [A]),
    "semicolons": (TWO.replace(",", ";").encode(), {"delimiter": ";"}, [A, B]),
    "tabs": (TWO.replace(",", "\t").encode(), {"delimiter": "\t"}, [A, B]),
    "other order of columns": (b"score,note,day,id\n9,fine,2026-03-01,A\n", {}, [A]),
    "header in capitals, spaced": ("\u200bID , Day,SCORE\xa0,note\ufeff\nA,2026-03-01,9,fine\n".encode(), {}, [A]),
    "trailing comma all the way": (b"id,day,score,note,\nA,2026-03-01,9,fine,\n", {}, [A]),
    "spaces around typed values": (HEAD.encode() + b"A, 2026-03-01 , 9 ,fine\n", {}, [A]),
    "a header like a signature": (b"MZ,id,day,score,note\n1,A,2026-03-01,9,fine\n", {}, [A]),
    "parts of a date without zeros": (HEAD.encode() + b"A,2026-3-1,9,fine\n", {}, [A]),
}

NOTES = {
    "hash": ("# not a comment", "# not a comment"),
    "line break": ('"one\ntwo"', "one\ntwo"),
    "CRLF inside": ('"one\r\ntwo"', "one\r\ntwo"),
    "doubled quotes": ('"say ""yes"""', 'say "yes"'),
    "inch sign": ('5" pipe', '5" pipe'),
    "delimiter inside": ('"a,b"', "a,b"),
    "form feed and U+2028": ("a\fb\u2028c", "a\fb\u2028c"),
    "outer spaces": (" x ", " x "),
    "blank": ("   ", None),
    "NA": ("NA", "NA"),
    "NULL": ("NULL", "NULL"),
    "nan": ("nan", "nan"),
    "leading zeros": ("00123", "00123"),
    "like a power": ("1E5", "1E5"),
    "twenty digits": ("12345678901234567890", "12345678901234567890"),
    "formula": ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "right to left": ("a\u202eb", "a\u202eb"),
    "emoji": ("👩‍🔧 ok", "👩‍🔧 ok"),
    "50,000 signs": ("x" * 50_000, "x" * 50_000),
}

READ = {
    "score": {"0": 0, "10": 10, "+7": 7, "-0": 0, "007": 7, "": None, " ": None},
    "amount": {"1": 1.0, "-1.50": -1.5, ".5": 0.5, "5.": 5.0, "1E5": 100000.0, "1.234": 1.234, "": None},
    "again": {"true": True, "FALSE": False, "Yes": True, "no": False, "1": True, "0": False, "": None},
    "kind": {"low": "low", "high": "high", "": None},
    "day": {"2024-02-29": dt.datetime(2024, 2, 29), "0001-01-01": dt.datetime(1, 1, 1)},
    "at": {
        "2026-03-01 23:59:59": dt.datetime(2026, 3, 1, 23, 59, 59),
        "2026-03-01T08:00:00": dt.datetime(2026, 3, 1, 8),
        "2026-03-01": dt.datetime(2026, 3, 1),
        "": None,
    },
}
READ_CASES = [(column, text, value) for column, cells in READ.items() for text, value in cells.items()]

REJECTED = {
    "score": {
        "11": "11 is not on the scale from 0 to 10",
        "-1": "-1 is not on the scale",
        "4.0": "“4.0” is written with decimals; write 4",
        "4.5": "“4.5” is not a whole number",
        "9/10": "not a whole number",
        "90%": "not a whole number",
        "1 000": "thousands separator",
        "1.000": "thousands separator",
        "1_0": "not a whole number",
        "nine": "not a whole number",
        "NA": "not a whole number",
        "99999999999999999999": "too many digits",
        "9" * 5000: "too many digits",
        "٣": "not a whole number",
    },
    "amount": {
        "NaN": "not a number",
        "inf": "not a number",
        "1e999": "too large",
        "1,234.50": "thousands separator",
        "9,5": "not a number; write digits and, before decimals, a point",
        "€ 5": "not a number",
        "0x10": "not a number",
    },
    "day": {
        "": "no value; every row must have one",
        "  ": "no value",
        "2026-02-30": "“2026-02-30” is no day or time that there is",
        "2026-13-01": "is no day or time that there is, read as %Y-%m-%d",
        "01.03.2026": "does not fit the format %Y-%m-%d",
        "26-03-01": "does not fit the format",
        "2026-03-01 10:00:00": "does not fit the format %Y-%m-%d",
        "46024": "does not fit the format",
        "1900-01-00": "is no day or time",
        "NULL": "does not fit the format",
    },
    "at": {
        "2026-03-01 25:00:00": "is no day or time that there is",
        "2026-02-30 10:00:00": "is no day or time that there is",
        "2026-03-01T10:00:00Z": "says its offset from UTC",
        "10:30": "does not fit the format %Y-%m-%d %H:%M:%S / %Y-%m-%dT%H:%M:%S / %Y-%m-%d",
    },
    "again": {"maybe": "neither true nor false", "2": "neither true nor false", "t": "neither true nor false"},
    "kind": {"medium": "“medium” is not one of: low, high", "Low": "is not one of", "low ": "is not one of"},
    "id": {"": "no value; every row must have one"},
    "note": {"x" * 100_001: "100,001 characters; at most 100,000 can be loaded"},
}
REJECTED_CASES = [(column, text, told) for column, cells in REJECTED.items() for text, told in cells.items()]

REPEATS = {
    "identical": ("A,1\nB,2\nA,1\nA,1\n", ["A", "B"], {4: "repeats line 2 exactly", 5: "repeats line 2 exactly"}),
    "different": ("A,1\nB,2\nA,3\n", ["B"], {2: "same key as line 4", 4: "same key as line 2"}),
    "both": ("A,1\nA,1\nA,3\n", [], {2: "same key as line 4", 3: "same key as line 4", 4: "same key as line 2"}),
    "the other is broken": ("A,1\nA,99\n", [], {2: "same key as line 3", 3: "not on the scale"}),
    "no key": (",1\n,1\n", [], {2: "no value", 3: "no value"}),
    "nearly the same key": ("A,1\na,1\nA ,1\n", ["A", "a", "A "], {}),
    "the same number, written otherwise": ("A,1\nA,01\n", ["A"], {3: "repeats line 2 exactly"}),
}


def cell(column: str, text: str) -> Batch:
    """A file of one good row, and one with this cell in this column."""
    names = ["id", "day", *([column] if column not in ("id", "day") else [])]
    row = {"id": "A", "day": "2026-03-01", column: text}
    quoted = ",".join(f'"{row[name]}"' for name in names)
    return staged(f"{','.join(names)}\nZ,2026-01-01{',' * (len(names) - 2)}\n{quoted}\n")


def reasons(batch: Batch) -> dict[int, str]:
    return {reject.line: reject.reason.en for reject in batch.rejects}


@pytest.mark.parametrize("case", FINE)
def test_an_odd_file_loads_row_for_row(case: str) -> None:
    content, written, rows = FINE[case]
    batch = staged(content, **written)
    assert values(batch, "id", "day", "score", "note") == rows
    assert batch.rejects == []


@pytest.mark.parametrize("case", NOTES)
def test_a_text_stays_as_it_is(case: str) -> None:
    written, kept = NOTES[case]
    assert values(staged(f"{HEAD}A,2026-03-01,9,{written}\n"), "note") == [(kept,)]


@pytest.mark.parametrize(("column", "text", "value"), READ_CASES)
def test_a_cell_is_read_as_its_type(column: str, text: str, value: object) -> None:
    batch = cell(column, text)
    assert batch.rejects == []
    assert values(batch, column)[1] == (value,)


@pytest.mark.parametrize(("column", "text", "told"), REJECTED_CASES)
def test_a_cell_that_does_not_fit_rejects_its_row_alone(column: str, text: str, told: str) -> None:
    batch = cell(column, text)
    (reject,) = batch.rejects
    assert (reject.line, reject.column, reject.value) == (3, column, text[:100])
    assert told in reject.reason.en
    assert reject.reason.zh != reject.reason.en
    assert values(batch, "id") == [("Z",)]


@pytest.mark.parametrize("case", REPEATS)
def test_of_two_rows_with_one_key_neither_silently_wins(case: str) -> None:
    rows, kept, told = REPEATS[case]
    batch = staged("id,score,day\n" + rows.replace("\n", ",2026-03-01\n"))
    assert [row[0] for row in values(batch, "id")] == kept
    found = reasons(batch)
    assert found.keys() == told.keys()
    assert all(told[line] in found[line] for line in told)


def test_a_repeated_key_is_shown_with_its_column() -> None:
    batch = staged(HEAD + "A,2026-03-01,1,x\nA,2026-03-01,2,x\n")
    assert [(reject.column, reject.value) for reject in batch.rejects] == [("id", "A"), ("id", "A")]


def test_rows_that_differ_only_in_what_is_not_loaded_are_the_same() -> None:
    batch = staged("id,day,other\nA,2026-03-01,1\nA,2026-03-01,2\n")
    assert reasons(batch) == {3: "repeats line 2 exactly, in every column that is loaded"}


def test_a_short_and_a_long_record_are_rejected_with_their_text() -> None:
    batch = staged(TWO + 'C,2026-03-01\nD,2026-03-01,1,"a",b\n')
    assert [(reject.line, reject.column, reject.value) for reject in batch.rejects] == [
        (4, "", "C,2026-03-01"),
        (5, "", 'D,2026-03-01,1,"a",b'),
    ]
    assert reasons(batch)[4].startswith("2 of 4 fields; put a value")
    assert reasons(batch)[5].startswith("5 fields, the header has 4")


def test_a_short_last_line_without_a_line_end_may_be_truncated() -> None:
    assert "2 of 4 fields; the file may be truncated" in reasons(staged(TWO + "C,2026-"))[4]


def test_a_record_over_several_lines_counts_once_and_is_known_by_its_first() -> None:
    batch = staged(HEAD + 'A,2026-03-01,9,"one\ntwo\n\nfour"\n\nB,2026-03-02,99,x\n"C\nC",2026-03-03\n')
    assert list(batch.frame["line"]) == [2]
    assert list(reasons(batch)) == [7, 8]
    assert (batch.lines, batch.blank, batch.physical_lines) == (4, 1, 9)
    assert batch.rejects[1].value == '"C\nC",2026-03-03'


def test_the_first_mistake_of_a_row_is_the_one_that_is_told() -> None:
    assert staged(HEAD + "A,2026-03-01,9,x\nB,bad,99,x\n").rejects[0].column == "day"


def test_every_row_may_be_rejected() -> None:
    batch = staged(HEAD + "A,bad,1,x\nB,bad,1,x\n")
    assert (len(batch.frame), len(batch.rejects), batch.lines) == (0, 2, 2)
    assert batch.frame.dtypes.equals(staged(TWO).frame.dtypes)


def test_the_types_convert_to_arrow_exactly() -> None:
    frame = staged(TWO).frame
    assert list(frame.columns) == [*ANSWERS.columns, "line"]
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "id": "str", "day": "datetime64[us]", "score": "Int64", "note": "str", "amount": "Float64",
        "at": "datetime64[us]", "again": "boolean", "kind": "str", "line": "int64",
    }  # fmt: skip
    schema = pa.schema(
        [("day", pa.date32()), ("at", pa.timestamp("us")), ("score", pa.int64()), ("amount", pa.float64())]
    )
    table = pa.Table.from_pandas(frame[schema.names], schema=schema, preserve_index=False)
    assert table.column("day").to_pylist() == [dt.date(2026, 3, 1), dt.date(2026, 3, 2)]
    assert table.column("score").to_pylist() == [9, None]


def test_a_column_that_the_file_lacks_is_missing_in_every_row() -> None:
    batch = staged(TWO)
    assert batch.frame[["amount", "at", "again", "kind"]].isna().all().all()
    assert batch.delivered == ("id", "day", "score", "note")


def test_columns_nobody_asked_for_are_named_and_not_kept() -> None:
    batch = staged("E-mail,id,day,,other\na@b.c,A,2026-03-01,,x\n")
    assert batch.ignored == ("E-mail", "#4", "other")
    assert "E-mail" not in batch.frame


def test_a_mapping_fills_by_name_joins_and_recodes() -> None:
    batch = staged(
        "Nr,Part,Date,Grade,day,Stars\n"
        "7,a,01.03.2026 10:30,  L ,x,*\n8,,02.03.2026 10:30,L,x,*\n9,b,03.03.2026 00:00,M,x,-\n",
        {
            "id": {"from": ["Nr", "Part"]},
            "day": {"from": "date", "format": "%d.%m.%Y %H:%M"},
            "kind": {"from": "Grade", "recode": {"L": "low"}},
            "note": {"from": "Stars", "recode": {"-": ""}},
            "amount": {"constant": "2.5"},
        },
    )
    assert values(batch, "id", "day", "kind", "note", "amount") == [("7/a", dt.datetime(2026, 3, 1), "low", "*", 2.5)]
    assert [(reject.line, reject.column, reject.value) for reject in batch.rejects] == [(3, "id", ""), (4, "kind", "M")]
    assert batch.delivered == ("id", "day", "note", "amount", "kind")
    assert batch.ignored == ("day",)


@pytest.mark.parametrize(
    ("text", "format", "read"),
    [
        ("03/04/2026", "%d/%m/%Y", dt.datetime(2026, 4, 3)),
        ("03/04/2026", "%m/%d/%Y", dt.datetime(2026, 3, 4)),
        ("13/04/2026", "%m/%d/%Y", None),
        ("26-03-01", "%y-%m-%d", dt.datetime(2026, 3, 1)),
        ("01-03-26", "%d-%m-%Y", None),
        ("2026-03-01", "%d.%m.%Y", None),
        ("2026年3月1日", "%Y年%m月%d日", dt.datetime(2026, 3, 1)),
        ("2026-03-01T10:00:00Z", "%Y-%m-%dT%H:%M:%SZ", dt.datetime(2026, 3, 1)),
        ("20260123", "%Y%m%d", dt.datetime(2026, 1, 23)),
        ("2026123", "%Y%m%d", None),
    ],
)
def test_only_the_declared_format_is_read(text: str, format: str, read: dt.datetime | None) -> None:
    batch = staged(f"id,day\nA,{text}\n", {"day": {"from": "day", "format": format}})
    assert values(batch, "day") == ([(read,)] if read else [])
    assert len(batch.rejects) == (read is None)


def test_progress_grows_from_nothing_to_the_whole() -> None:
    shares: list[float] = []
    stage(TWO.encode(), "answers.csv", ANSWERS, mapping(), shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) > 4


def test_an_account_that_does_not_add_up_cannot_be_made() -> None:
    batch = stage(TWO.encode(), "answers.csv", ANSWERS, mapping())
    for wrong in ({"lines": batch.lines + 1}, {"blank": 1}, {"loaded": batch.loaded + 1, "lines": batch.lines + 1}):
        with pytest.raises(AssertionError, match="lines are not"):
            dataclasses.replace(batch, **wrong)
