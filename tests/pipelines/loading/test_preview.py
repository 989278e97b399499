"""What is shown of a file before it is loaded is what a load would read, and how it is written is only proposed."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.text import Text
from pipelines.loading import preview


def unseen(share: float, words: Text) -> None:
    """Nobody watches."""


def written(content: bytes) -> preview.Written:
    return preview.written(content, "a.csv", unseen)


def seen(content: bytes, **reading: Any) -> preview.Preview:
    return preview.preview(content, "a.csv", Mapping(source="complaints", **reading), unseen)


def workbook(*sheets: tuple[str, list[list[Any]], bool]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, visible in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "visible" if visible else "hidden"
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


GERMAN = "Liste März;;\n\nNummer;Eingang am;Größe\n1;02.03.2026;L\n\n2;03.03.2026;XL\n".encode("cp1252")
TABLE: list[list[Any]] = [["Nr", "Date"], ["1", "2026-03-01"], ["2", "2026-03-02"]]


def test_a_german_file_gets_its_encoding_delimiter_and_header_line_proposed() -> None:
    found = written(GERMAN)
    assert (found.kind, found.encodings) == ("csv", ("cp1252",))
    assert found.reading == {"encoding": "cp1252", "delimiter": ";", "header_line": 3}


def test_the_preview_is_what_stands_in_the_file() -> None:
    found = seen(GERMAN, encoding="cp1252", delimiter=";", header_line=3)
    assert found.names == ("Nummer", "Eingang am", "Größe")
    assert found.rows == ((4, ("1", "02.03.2026", "L")), (6, ("2", "03.03.2026", "XL")))
    assert (found.records, found.blank) == (2, 1)
    assert found.samples["Größe"] == ("L", "XL")


def test_further_header_lines_are_no_rows() -> None:
    found = seen(b"a,b\nWhat is a?,What is b?\n1,2\n", skip_lines_after_header=1)
    assert found.rows == ((3, ("1", "2")),) and found.samples == {"a": ("1",), "b": ("2",)}


def test_only_the_first_rows_are_shown_and_all_are_counted() -> None:
    found = seen(b"a\n" + b"".join(b"%d\n" % number for number in range(1000)))
    assert len(found.rows) < 20 and found.records == 1000


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"a": 1}\n{"a": 2}\n', "json lines"),
        (workbook(("S", TABLE, True)), "workbook"),
        (b"a,b\n1,2\n", "csv"),
    ],
)
def test_what_a_file_is_its_content_says(content: bytes, kind: str) -> None:
    assert written(content).kind == kind


def test_a_parquet_file_asks_nothing(tmp_path: Path) -> None:
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    assert written(content).reading == {} and seen(content).names == ("a",)


def test_the_sheets_of_a_workbook_are_named_the_hidden_ones_too() -> None:
    content = workbook(
        ("Hidden", [["x"]], False), ("Answers", [["List", None], [], *TABLE], True), ("Key", TABLE, True)
    )
    found = written(content)
    assert found.sheets == {"Hidden": False, "Answers": True, "Key": True}
    assert found.reading == {"sheet": "Answers", "header_line": 3}
    assert seen(content, sheet="Answers", header_line=3).names == ("Nr", "Date")


def test_the_only_visible_sheet_needs_no_naming() -> None:
    assert written(workbook(("Hidden", TABLE, False), ("Answers", TABLE, True))).reading == {}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><body>Sign in</body></html>", "HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Excel"),
        (b"", "empty"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, told: str) -> None:
    with pytest.raises(SourceError) as refused:
        written(content)
    assert told in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_in_an_archive_is_looked_at_as_what_is_in_it() -> None:
    packed = gzip.compress(GERMAN)
    assert preview.unpacked(packed, "a.csv.gz") == (GERMAN, "a.csv")


@pytest.mark.parametrize(
    ("content", "file"),
    [(GERMAN, "a.csv"), (b"", "a.csv"), (workbook(("Answers", TABLE, True)), "a.xlsx"), (b"PAR1...PAR1", "a.parquet")],
)
def test_a_file_that_is_no_archive_is_looked_at_whole(content: bytes, file: str) -> None:
    assert preview.unpacked(content, file) == (content, file)


def test_all_values_of_the_wanted_columns_are_counted() -> None:
    content = b"a,b,c\n1, x ,p\n2,x,q\n,y,r\n1,2\n"
    found = preview.values(content, "a.csv", Mapping(source="complaints"), ["b", "A", "none"], unseen)
    assert found == {"b": Counter({"x": 2, "y": 1}), "A": Counter({"1": 1, "2": 1})}


def test_a_way_of_reading_that_cannot_be_is_said_in_one_line() -> None:
    with pytest.raises(SourceError) as refused:
        preview.reading_of("complaints", {"delimiter": ";;"})
    assert "\n" not in str(refused.value)
