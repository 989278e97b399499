"""What must become of a file of any format: its records by a library that the program reads with otherwise, or not."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from fault import File
from openpyxl.cell.cell import MergedCell
from strict_reader import Verdict, judged, sorted_out
from strict_text import MustRefuse, Record

NO_VALUE = "\0"
"""In place of a cell that only looks filled: no type of a column reads it."""


def mapping_of(sent: File) -> dict[str, Any]:
    found = yaml.load(sent.mapping, yaml.BaseLoader) if isinstance(sent.mapping, str) else dict(sent.mapping)
    if sent.name.endswith(".tsv"):
        found.setdefault("delimiter", "\t")
    return found


def oracle(sent: File) -> Verdict:
    content = sent.bytes
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    if content.startswith(b"PK"):
        return _told(_of_workbook(content), sent)
    if content.startswith(b"PAR1"):
        return _told(_of_parquet(content), sent)
    if content.lstrip().startswith(b"{"):
        return _told(_of_json_lines(content), sent)
    return judged(content, sent.source, mapping_of(sent))


def _told(rows: list[list[str]], sent: File) -> Verdict:
    records = [Record(line, fields) for line, fields in enumerate(rows, start=1)]
    try:
        return sorted_out(records, sent.source, mapping_of(sent), len(records))
    except MustRefuse as why:
        return Verdict(refused=str(why))


def _of_workbook(content: bytes) -> list[list[str]]:
    values, written = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=computed).worksheets[0] for computed in (True, False)
    )
    return [
        [_of_cell(cell, formula) for cell, formula in zip(row, formulas, strict=True)]
        for row, formulas in zip(values.iter_rows(), written.iter_rows(), strict=True)
    ]


def _of_cell(cell: Any, written: Any) -> str:
    uncomputed = cell.value is None and written.data_type == "f"
    return NO_VALUE if uncomputed or isinstance(cell, MergedCell) else text(cell.value)


def _of_parquet(content: bytes) -> list[list[str]]:
    table = pq.read_table(pa.BufferReader(content))
    return [list(table.column_names), *([text(value) for value in row.values()] for row in table.to_pylist())]


def _of_json_lines(content: bytes) -> list[list[str]]:
    """The names of the columns have no line of their own: here they stand above, one line higher than in the file."""
    rows = [json.loads(line) for line in content.decode().split("\n") if line]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([text(row.get(name)) for name in names] for row in rows)]


def text(value: Any) -> str:
    """As a CSV file would say it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.tzinfo:
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return str(value.date())
    return str(value)
