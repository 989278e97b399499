"""The typed rows of one file on their way into a table: Parquet files, one or more for each month."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit.source import Source, Type
from pipelines.staging.coded import tightened

ARROW: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(),
}
PANDAS: dict[Type, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "Float64",
    "date": "datetime64[us]",
    "timestamp": "datetime64[us]",
    "boolean": "boolean",
}
LINE = "_line"


def schema(contract: Source) -> pa.Schema:
    """What a file holds. Declared, so that a column without any value keeps its type."""
    columns = {name: ARROW[column.type] for name, column in contract.stored.items()}
    return pa.schema(columns | {"_load": pa.string(), LINE: pa.int64()})


@dataclass(frozen=True)
class Rows:
    files: tuple[Path, ...]
    """Each in a folder 'month=2026-03', or in none where the contract has no date."""
    contract: Source

    def __len__(self) -> int:
        return sum(self.months().values())

    def months(self) -> dict[str, int]:
        """Rows by month, in order; a register without dates has one month without a name."""
        found: dict[str, int] = {}
        for file in self.files:
            found[month_of(file)] = found.get(month_of(file), 0) + pq.read_metadata(file).num_rows
        return dict(sorted(found.items()))

    def table(self) -> pa.Table:
        """All of them, by line. Only for as many rows as fit into memory."""
        declared = schema(self.contract)
        found = [pq.ParquetFile(file).read().cast(declared) for file in self.files]
        return pa.concat_tables(found or [declared.empty_table()]).sort_by(LINE)

    def frame(self) -> pd.DataFrame:
        """
        The contract's columns in its order, then `line` (int64). Text is `str`, integers `Int64`, numbers `Float64`,
        booleans `boolean`; dates and timestamps `datetime64[us]` without a zone, a date at midnight.
        """
        table = self.table()
        columns = {name: _array(table[name], column.type) for name, column in self.contract.stored.items()}
        return pd.DataFrame(columns | {"line": table[LINE].to_numpy()})

    def without(self, lines: Collection[int]) -> Rows:
        """The rows but those of these lines; a file that holds no other row goes."""
        gone = pa.array(sorted(lines), pa.int64())
        return self._rewritten(lambda rows: rows.filter(pc.invert(pc.is_in(rows[LINE], gone))))

    def with_lines(self, of: int) -> Rows:
        """The rows with their line divided by this."""
        at = schema(self.contract).get_field_index(LINE)
        return self._rewritten(lambda rows: rows.set_column(at, LINE, pc.divide(rows[LINE], of)))

    def _rewritten(self, change: Callable[[pa.Table], pa.Table]) -> Rows:
        return Rows(tuple(file for file in self.files if _rewrite(file, self.contract, change)), self.contract)


def writer(file: Path, kinds: pa.Schema, contract: Source) -> pq.ParquetWriter:
    """
    Texts that come coded stay so, and days and scores are few. Line numbers are kept as their differences. What is
    random does not compress; bounds of texts serve keys alone.
    """
    coded = [field.name for field in kinds if pa.types.is_dictionary(field.type) or _few(field)]
    random = contract.personal("customer", "another customer")
    texts = {name for name, column in contract.stored.items() if column.type == "text"} - {*contract.key}
    return pq.ParquetWriter(
        file,
        kinds,
        use_dictionary=coded,
        column_encoding={LINE: "DELTA_BINARY_PACKED"},
        compression={name: "none" if name in (*random, LINE) else "snappy" for name in kinds.names},
        write_statistics=[name for name in kinds.names if name not in texts],
        store_schema=False,
    )


def _few(field: pa.Field) -> bool:
    """Of most such columns a month has few different values; where it has many they are not coded after all."""
    return field.name != LINE and bool(pa.types.is_integer(field.type) or pa.types.is_date(field.type))


def month_of(file: Path) -> str:
    return file.parent.name.removeprefix("month=") if file.parent.name.startswith("month=") else ""


def _array(column: pa.ChunkedArray, type_: Type) -> object:
    if type_ == "date":
        column = column.cast(pa.timestamp("us"))
    if type_ in ("date", "timestamp"):
        return column.to_numpy().astype("datetime64[us]")
    return pd.array(column.to_pylist(), dtype=PANDAS[type_])


def _coded(file: Path) -> list[str]:
    about = pq.read_metadata(file)
    columns = (about.row_group(0).column(at) for at in range(about.num_columns))
    return [one.path_in_schema for one in columns if one.has_dictionary_page and one.physical_type == "BYTE_ARRAY"]


def _rewrite(file: Path, contract: Source, change: Callable[[pa.Table], pa.Table]) -> bool:
    """Group by group. Whether the file still holds a row."""
    beside, kept = file.with_suffix(".new"), 0
    with ExitStack() as both:
        opened = both.enter_context(pq.ParquetFile(file, read_dictionary=_coded(file)))
        changed = both.enter_context(writer(beside, opened.schema_arrow, contract))
        for group in range(opened.num_row_groups):
            rows = change(opened.read_row_group(group))
            kept += len(rows)
            changed.write_table(tightened(rows))
    beside.replace(file)
    if not kept:
        file.unlink()
    return kept > 0
