"""
Reads a Parquet file and writes it as one Arrow stream of texts, below a line of JSON that says what is no text in it.
Run by `child.py`, in a process of its own. Imports nothing of the program, so that it starts fast.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

MOST_BYTES = 2_000_000_000
MOST_CELLS = 30_000_000
MOST_COLUMNS = 2_000
STEEPEST = 20
"""Rows that one byte of the file may stand for: each row has a key of its own."""
SMALL = 1_000_000
"""Up to here any ratio is harmless."""
EXACT = 2**53
"""Up to here a float of a whole number is that number."""


def main(asked: dict[str, Any], content: bytes) -> None:
    try:
        opened = pq.ParquetFile(pa.BufferReader(content), pre_buffer=False)
        if too_large := bomb(opened.metadata, len(content)):
            return tell({"too large": too_large})
        opened.reader.set_use_threads(False)
        schema = opened.schema_arrow
        nested = {at: str(one.type)[:100] for at, one in enumerate(schema) if not is_single(one.type)}
        columns = [None if at in nested else texts(opened.reader.read_column(at)) for at in range(len(schema.names))]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, MemoryError):
            raise
        return tell({"broken": " ".join(str(error).split())[:120]})
    rows = opened.metadata.num_rows
    if any(column is not None and len(column) != rows for column in columns):
        return tell({"uneven": True})
    tell({"names": list(schema.names), "nested": nested, "rows": rows})
    write([column for column in columns if column is not None])


def tell(about: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n")


def write(columns: list[pa.ChunkedArray]) -> None:
    """The texts of each column once, and which of them stands in each row."""
    table = pa.table([column.dictionary_encode() for column in columns], [str(at) for at in range(len(columns))])
    table = table.unify_dictionaries().combine_chunks()
    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)


def bomb(about: Any, packed: int) -> dict[str, int]:
    """A few bytes may stand for a billion equal rows. What it is and what it may be, where that is more."""
    rows, columns = about.num_rows, max(about.num_columns, 1)
    size = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
    steep = rows > SMALL and rows > STEEPEST * packed
    if rows * columns <= MOST_CELLS and columns <= MOST_COLUMNS and size <= MOST_BYTES and not steep:
        return {}
    return {
        "rows": rows, "columns": columns, "megabytes": size // 1_000_000, "packed": packed,
        "most_cells": MOST_CELLS // 1_000_000, "most_columns": MOST_COLUMNS,
        "most_megabytes": MOST_BYTES // 1_000_000, "steepest": STEEPEST,
    }  # fmt: skip


def is_single(kind: pa.DataType) -> bool:
    if kinds.is_dictionary(kind):
        return is_single(kind.value_type)
    return not (kinds.is_nested(kind) or kinds.is_duration(kind) or kinds.is_interval(kind))


def texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """As a CSV file would have them; an empty text where there is no value."""
    kind = column.type
    if kinds.is_dictionary(kind) and not (kinds.is_string(kind.value_type) or kinds.is_large_string(kind.value_type)):
        return texts(column.cast(kind.value_type))
    if kinds.is_floating(kind):
        return pa.chunked_array([[number(value) for value in column.cast(pa.float64()).to_pylist()]], pa.string())
    if kinds.is_timestamp(kind):
        return pa.chunked_array([moments(column)], pa.string())
    if kinds.is_time(kind):
        return pa.chunked_array([without_zeros(listed(column.cast(pa.string())))], pa.string())
    if kinds.is_dictionary(kind):
        return column
    return column.cast(pa.string())


def listed(column: pa.ChunkedArray) -> list[str]:
    return [text or "" for text in column.to_pylist()]


def number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) <= EXACT else repr(value)


def moments(column: pa.ChunkedArray) -> list[str]:
    """At midnight the day alone; with a zone in UTC, and said so; fractions of a second in all rows or in none."""
    zoned = column.type.tz is not None
    plain = column.cast(pa.timestamp(column.type.unit)).cast(pa.string())
    texts = without_zeros(listed(plain))
    if zoned:
        return [text.replace(" ", "T") + "Z" if text else "" for text in texts]
    return [text.removesuffix(" 00:00:00") for text in texts]


def without_zeros(texts: list[str]) -> list[str]:
    """Without fractions of a second, where no row has any."""
    fractions = {text.partition(".")[2].strip("0") for text in texts}
    return [text.partition(".")[0] for text in texts] if fractions == {""} else texts
