"""Reads Parquet: every value becomes the text that a CSV file would hold, and nothing is rounded on the way."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from audit.errors import SourceError
from pipelines.staging.table import Record, Table, is_blank

MARK = b"PAR1"
MOST_BYTES = 2_000_000_000
MOST_CELLS = 500_000_000
EXACT = 2**53
"""Up to here a float of a whole number is that number."""


def looks_like(content: bytes) -> bool:
    return content.startswith(MARK) and content.endswith(MARK) and len(content) > 2 * len(MARK)


def read(content: bytes, file: str) -> Table:
    """The line of a row is its number plus one, as if a header stood above. Raises SourceError for a broken file."""
    try:
        opened = pq.ParquetFile(pa.BufferReader(content))
        _refuse_bomb(opened.metadata, file)
        table = opened.read()
        names = list(table.column_names)
        nested = {at: str(one.type) for at, one in enumerate(table.schema) if not _is_single(one.type)}
        columns = [[] if at in nested else _texts(column) for at, column in enumerate(table.columns)]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        why = " ".join(str(error).split())[:120]
        raise SourceError(f"{file}: this Parquet file cannot be read ({why}); export it again") from None
    columns = [[""] * table.num_rows if at in nested else column for at, column in enumerate(columns)]
    rows = [Record(line, line, list(fields)) for line, fields in enumerate(zip(*columns, strict=True), start=2)]
    records = [row for row in rows if not is_blank(row.fields)]
    return Table(
        header=Record(1, 1, names), records=records, blank=len(rows) - len(records),
        physical_lines=table.num_rows + 1, unusable=nested,
    )  # fmt: skip


def _refuse_bomb(about: Any, file: str) -> None:
    """A few bytes may stand for a billion equal rows."""
    size = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
    if size > MOST_BYTES or about.num_rows * max(about.num_columns, 1) > MOST_CELLS:
        raise SourceError(f"{file}: {about.num_rows:,} rows, {size // 1_000_000:,} MB unpacked; load it in parts")


def _is_single(kind: pa.DataType) -> bool:
    if kinds.is_dictionary(kind):
        return _is_single(kind.value_type)
    return not (kinds.is_nested(kind) or kinds.is_duration(kind) or kinds.is_interval(kind))


def _texts(column: pa.ChunkedArray) -> list[str]:
    kind = column.type
    if kinds.is_dictionary(kind):
        return _texts(column.cast(kind.value_type))
    if kinds.is_floating(kind):
        return [_number(value) for value in column.cast(pa.float64()).to_pylist()]
    if kinds.is_timestamp(kind):
        return _moments(column)
    texts = [text or "" for text in column.cast(pa.string()).to_pylist()]
    return _without_zeros(texts) if kinds.is_time(kind) else texts


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) <= EXACT else repr(value)


def _moments(column: pa.ChunkedArray) -> list[str]:
    """At midnight the day alone; with a zone in UTC, and said so; fractions of a second in all rows or in none."""
    zoned = column.type.tz is not None
    plain = column.cast(pa.timestamp(column.type.unit)).cast(pa.string())
    texts = _without_zeros([text or "" for text in plain.to_pylist()])
    if zoned:
        return [text.replace(" ", "T") + "Z" if text else "" for text in texts]
    return [text.removesuffix(" 00:00:00") for text in texts]


def _without_zeros(texts: list[str]) -> list[str]:
    """Without fractions of a second, where no row has any."""
    fractions = {text.partition(".")[2].strip("0") for text in texts}
    return [text.partition(".")[0] for text in texts] if fractions == {""} else texts
