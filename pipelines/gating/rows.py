"""The staged rows of one batch as a table of DuckDB."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from audit.source import Source, Type
from pipelines.connection import connected
from pipelines.gating.batch import MONTH, POSITION, Batch, Month, Places
from pipelines.gating.in_files import InFiles
from pipelines.gating.in_frame import InFrame
from pipelines.sql import name

# Where there is more to sort than this DuckDB writes it to disk.
MEMORY, THREADS = "400MB", 2
ROWS_OF_A_THREAD = 2_000_000
"""So many one thread asks about as fast as two, which take a third more processor time."""
STORED: dict[Type, str] = {
    "text": "varchar",
    "integer": "bigint",
    "number": "double",
    "date": "timestamp",
    "timestamp": "timestamp",
    "boolean": "boolean",
}
NUMBER = count(1)


@dataclass(frozen=True)
class Rows:
    """
    The table `rows` of a connection has the contract's columns that the batch brought, a day being a moment and NaN no
    value, then `line`, `_position`, the place in the batch counted from 0, and `_month`, counted from the year 0.
    """

    connection: duckdb.DuckDBPyConnection
    batch: Batch
    unique: frozenset[str] = frozenset()
    """Columns, none for none, whose values taken together are known to stand in one row only."""

    def __len__(self) -> int:
        return len(self.batch)

    @property
    def types(self) -> dict[str, Type]:
        return self.batch.types

    def frame(self) -> pd.DataFrame:
        return self.batch.frame()

    def of_months(self, months: Collection[Month]) -> str:
        """SQL of a table like `rows`, in which rows of other months may be missing."""
        return self._select(self.batch.relation(months))

    def at(self, places: Places) -> str:
        """SQL of a table like `rows`, of the rows at these places."""
        listed = f"places_{next(NUMBER)}"
        self.connection.register(listed, pa.table({"place": places}))
        return f"(from {self._select(self.batch.relation(places=places))} where {POSITION} in (from {listed}))"

    def _select(self, origin: str) -> str:
        typed = [f"{_typed(column, type_)} as {name(column)}" for column, type_ in self.types.items()]
        return f"(select {', '.join([*typed, 'line', POSITION, MONTH])} from {origin})"


def readable(contract: Source) -> bool:
    """DuckDB does not tell names apart that differ in case alone."""
    names = [column.lower() for column in (*contract.columns, "line", POSITION, MONTH)]
    return len(set(names)) == len(names)


@contextmanager
def of_frame(frame: pd.DataFrame, contract: Source) -> Iterator[Rows]:
    """`frame` as staging makes it; its index counts from 0."""
    with connected((), MEMORY, _threads(len(frame))) as connection:
        yield table_of(connection, InFrame.of(frame, contract, connection))


@contextmanager
def of_files(files: Sequence[Path], contract: Source, unique: Collection[str] = ()) -> Iterator[Rows]:
    """Parquet files with the columns of the contract and `_line`, one after the other."""
    batch = InFiles.of(files, contract)
    with connected({file.parent for file in files}, MEMORY, _threads(len(batch))) as connection:
        yield table_of(connection, batch, frozenset(unique))


def table_of(connection: duckdb.DuckDBPyConnection, batch: Batch, unique: frozenset[str] = frozenset()) -> Rows:
    rows = Rows(connection, batch, unique)
    connection.execute(f"create or replace temp view rows as from {rows.of_months(())}")
    return rows


def _threads(rows: int) -> int:
    return min(THREADS, 1 + rows // ROWS_OF_A_THREAD)


def _typed(column: str, type_: Type) -> str:
    value = f"{name(column)}::{STORED[type_]}"
    return f"case when not isnan({value}) then {value} end" if type_ == "number" else value
