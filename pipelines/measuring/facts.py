"""The published facts, read by DuckDB straight from the Delta tables' own files; models lie over them as views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from deltalake import DeltaTable

from audit.source import Source, Type
from pipelines import definitions
from pipelines.connection import connected
from pipelines.publishing.standing import data_files
from pipelines.sql import literal
from pipelines.workspace import Workspace

SQL_TYPES: dict[Type, str] = {
    "text": "varchar",
    "integer": "bigint",
    "number": "double",
    "date": "date",
    "timestamp": "timestamp",
    "boolean": "boolean",
}
MEMORY = 720
"""Megabytes that a query may hold; what is sorted or joined beyond it is put aside on the disk."""
LINEAGE = {"_load": "varchar", "_line": "bigint"}


def sql_columns(source: Source) -> dict[str, str]:
    """Columns of the source's table as a query sees them."""
    return {name: SQL_TYPES[column.type] for name, column in source.stored.items()} | LINEAGE


def versions(workspace: Workspace) -> dict[str, int]:
    """The newest version of every table that exists."""
    workspace.storage.look()
    return {
        name: DeltaTable(workspace.table(name)).version()
        for name in definitions.sources()
        if DeltaTable.is_deltatable(str(workspace.table(name)))
    }


def sums(workspace: Workspace, at: dict[str, int]) -> dict[str, str]:
    """SHA-256 of every file that the tables consist of at these versions, by its path in the workspace."""
    workspace.storage.reach({workspace.table(name): version for name, version in at.items()})
    tables = [DeltaTable(workspace.table(name), version=version) for name, version in at.items()]
    files = [Path(file).resolve() for table in tables for file in data_files(table)]
    base = workspace.folder.resolve()
    return {file.relative_to(base).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}


@contextmanager
def opened(workspace: Workspace, at: dict[str, int]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of the caller's own: one view per source at its version and per model, nothing else within reach.

    A source without a version is an empty view, so that a left join finds nothing instead of failing.
    """
    workspace.storage.reach({workspace.table(name): version for name, version in at.items()})
    with connected([workspace.facts], memory=_memory(workspace.facts)) as connection:
        for name, source in definitions.sources().items():
            connection.execute(f"create view {name} as {_select(workspace.table(name), source, at.get(name))}")
        for name, query in definitions.models().items():
            connection.execute(f"create view {name} as {query}")
        yield connection


def _memory(folder: Path) -> str:
    """More where the files are large, because not everything can be put aside."""
    held = sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    return f"{max(MEMORY, held // 3_000_000)}MB"


def _select(table: Path, source: Source, version: int | None) -> str:
    columns = sql_columns(source)
    published = None if version is None else DeltaTable(table, version=version)
    files = data_files(published) if published else []
    if published is None or not files:
        empty = ", ".join(f"cast(null as {type_}) as {name}" for name, type_ in columns.items())
        return f"select {empty} where false"
    listed = ", ".join(literal(str(Path(file).resolve())) for file in files)
    reading = f"read_parquet([{listed}], hive_partitioning = false, union_by_name = true)"
    # a column that the contract gained since is empty, as if no file had supplied it
    known = {field.name for field in published.schema().fields}
    wanted = [name if name in known else f"cast(null as {type_}) as {name}" for name, type_ in columns.items()]
    return f"select {', '.join(wanted)} from {reading}"
