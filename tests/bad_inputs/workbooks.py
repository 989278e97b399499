"""Workbooks, Parquet files and archives that hold the good answers, and the ways in which they can be spoilt."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from answers import NAMES

ROWS: list[list[Any]] = [
    ["r1", dt.date(2026, 3, 1), 5, 9, "fine"],
    ["r2", dt.date(2026, 3, 2), 4, 8, "slow"],
    ["r3", dt.date(2026, 3, 3), 3, 7, None],
]
Change = Callable[[openpyxl.Workbook], object]


def workbook(change: Change = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    for row in [NAMES, *ROWS]:
        book.worksheets[0].append(row)
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def cells(**written: Any) -> Change:
    """Cells by their names, as in B2."""

    def write(book: openpyxl.Workbook) -> None:
        for name, value in written.items():
            book.worksheets[0][name] = value

    return write


def repacked(change: Callable[[str, bytes], bytes] = lambda name, part: part, /, **more: bytes) -> bytes:
    """A workbook whose parts are changed as no spreadsheet would write them; `__` in a new name is a slash."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as book,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in book.namelist():
            archive.writestr(name, change(name, book.read(name)))
        for name, part in more.items():
            archive.writestr(name.replace("__", "/"), part)
    return packed.getvalue()


def in_sheet(old: bytes, new: bytes, before: bytes = b"") -> Callable[[str, bytes], bytes]:
    def changed(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        assert old in part, f"the sheet holds no {old!r}"
        return before + part.replace(old, new, 1)

    return changed


def parquet(**columns: pa.Array) -> bytes:
    """The good answers, with these columns in place of theirs or beside them."""
    kinds = [pa.string(), pa.date32(), pa.int64(), pa.int64(), pa.string()]
    table = {
        name: pa.array([row[at] for row in ROWS], kind)
        for at, (name, kind) in enumerate(zip(NAMES, kinds, strict=True))
    }
    return as_parquet(pa.table(table | columns))


def as_parquet(table: pa.Table, **how: Any) -> bytes:
    packed = io.BytesIO()
    pq.write_table(table, packed, **how)
    return packed.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
