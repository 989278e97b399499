"""The staged rows of one batch, as the gate's engines read them: a table of DuckDB, or a DataFrame."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from audit.source import Source, Type
from pipelines.sql import literal, name

POSITION = "_position"
# Where there is more to sort than this DuckDB writes it to disk.
MEMORY, THREADS = "400MB", 2
STORED: dict[Type, str] = {
    "text": "varchar",
    "integer": "bigint",
    "number": "double",
    "date": "timestamp",
    "timestamp": "timestamp",
    "boolean": "boolean",
}
PANDAS = {
    pa.string(): pd.StringDtype(na_value=float("nan")),
    pa.large_string(): pd.StringDtype(na_value=float("nan")),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


@dataclass(frozen=True)
class Rows:
    """
    The table `rows` of a connection has the contract's columns that the batch brought, a day being a moment and NaN no
    value, then `line` and `_position`, the place in the batch counted from 0.
    """

    connection: duckdb.DuckDBPyConnection
    contract: Source
    types: dict[str, Type]
    frame: Callable[[], pd.DataFrame]
    """The same rows as staging gives them; costs what it says."""

    @property
    def month(self) -> str:
        """SQL of a number that stands for the month of a row, or null."""
        if self.contract.dated_by is None or self.contract.dated_by not in self.types:
            return "null::int"
        day = name(self.contract.dated_by)
        return f"year({day}) * 12 + month({day}) - 1"


def readable(contract: Source) -> bool:
    """DuckDB does not tell names apart that differ in case alone."""
    names = [column.lower() for column in (*contract.columns, "line", POSITION)]
    return len(set(names)) == len(names)


@contextmanager
def of_frame(frame: pd.DataFrame, contract: Source) -> Iterator[Rows]:
    """`frame` as staging makes it; its index counts from 0."""
    types = {column: contract.columns[column].type for column in contract.columns if column in frame.columns}
    with _connected() as connection:
        table = pa.Table.from_pandas(frame[[*types, "line"]], preserve_index=False)
        table = table.append_column(POSITION, pa.array(np.arange(len(frame))))
        connection.register("batch", table)
        _view(connection, types, "batch", POSITION)
        yield Rows(connection, contract, types, lambda: frame)


@contextmanager
def of_files(files: Sequence[Path], contract: Source) -> Iterator[Rows]:
    """Parquet files with the columns of the contract and `_line`, one after the other."""
    held = pq.read_schema(files[0]).names
    types = {column: contract.columns[column].type for column in contract.columns if column in held}
    counts = [pq.read_metadata(file).num_rows for file in files]
    before = ", ".join(map(str, accumulate(counts[:-1], initial=0)))
    with _connected() as connection:
        paths = ", ".join(literal(str(file)) for file in files)
        position = f"file_row_number + list_extract([{before}]::bigint[], (file_index + 1)::bigint)"
        files_ = f"read_parquet([{paths}], hive_partitioning = false)"
        _view(connection, types, f"(select *, _line as line, {position} as {POSITION} from {files_})", POSITION)
        yield Rows(connection, contract, types, lambda: _read(files, types))


@contextmanager
def _connected() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="gate-") as spill, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'; set threads = {THREADS}; set temp_directory = '{spill}'")
        yield connection


def _view(connection: duckdb.DuckDBPyConnection, types: dict[str, Type], origin: str, position: str) -> None:
    columns = [f"{_typed(column, type_)} as {name(column)}" for column, type_ in types.items()]
    chosen = ", ".join([*columns, "line", f"{position} as {POSITION}"])
    connection.execute(f"create temp view rows as select {chosen} from {origin}")


def _typed(column: str, type_: Type) -> str:
    value = f"{name(column)}::{STORED[type_]}"
    return f"case when not isnan({value}) then {value} end" if type_ == "number" else value


def _read(files: Sequence[Path], types: dict[str, Type]) -> pd.DataFrame:
    table = pa.concat_tables([pq.read_table(file, columns=[*types, "_line"], partitioning=None) for file in files])
    for at, field in enumerate(table.schema):
        if pa.types.is_date(field.type):
            table = table.set_column(at, field.name, table[field.name].cast(pa.timestamp("us")))
    frame = table.rename_columns([*types, "line"]).to_pandas(types_mapper=PANDAS.get)
    return frame.astype({"line": "int64"})
