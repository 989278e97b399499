"""The one place that opens DuckDB. A query reaches the files that it was opened for and nothing else, and cannot ask
for more: no other folder, no network, no variable of Python, no setting."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.sql import literal

OFF = (
    "enable_external_access",
    "autoinstall_known_extensions",
    "autoload_known_extensions",
    "python_enable_replacements",
)
SMALL, MEMORY = 50_000_000, "400MB"
"""Bytes of work for which one small database does."""


class Database(NamedTuple):
    connection: duckdb.DuckDBPyConnection
    reached: list[str]


SHARED: ContextVar[Database | None] = ContextVar("SHARED", default=None)


@contextmanager
def connected(
    folders: Iterable[Path] = (), memory: str | None = None, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """
    For the caller alone; what lies in these folders, and below them, can be read and written. What does not fit into
    the memory is put aside in a folder that goes with the connection.
    """
    reached, shared = _reached(folders), SHARED.get()
    if shared and reached and all(folder.startswith(tuple(shared.reached)) for folder in reached):
        with shared.connection.cursor() as connection:
            yield connection
        return
    with _database(reached, memory, threads) as connection:
        yield connection


@contextmanager
def one_database(folders: Iterable[Path], size: int) -> Iterator[None]:
    """
    Whoever asks within for some of these folders gets a connection of its own to one database: to make a database takes
    longer than some files take to be loaded. `size` of the work in bytes; where it is large each makes what it needs.
    Functions of Python belong to the database, and so to all of them.
    """
    if size > SMALL:
        yield
        return
    reached = _reached(folders)
    with _database(reached, MEMORY, threads=1) as connection:
        before = SHARED.set(Database(connection, reached))
        try:
            yield
        finally:
            SHARED.reset(before)


def alone(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Without any file at all, for as long as the caller keeps it."""
    connection = duckdb.connect()
    _lock(connection, [], "", None, threads)
    return connection


@contextmanager
def _database(reached: list[str], memory: str | None, threads: int | None) -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="clauselight-") as aside, duckdb.connect() as connection:
        _lock(connection, reached, aside, memory, threads)
        yield connection


def _reached(folders: Iterable[Path]) -> list[str]:
    return sorted({str(folder.resolve()) + "/" for folder in folders})


def _lock(
    connection: duckdb.DuckDBPyConnection,
    reached: list[str],
    aside: str,
    memory: str | None,
    threads: int | None,
) -> None:
    """The order counts: what is allowed cannot be said any more once the rest is off."""
    settings = {"timezone": literal("UTC"), "temp_directory": literal(aside)}
    settings |= {"memory_limit": literal(memory)} if memory else {}
    settings |= {"threads": str(threads)} if threads else {}
    settings |= {"allowed_directories": f"[{', '.join(map(literal, reached))}]"}
    settings |= {name: "false" for name in OFF} | {"lock_configuration": "true"}
    connection.execute(";".join(f"set {name} = {value}" for name, value in settings.items()))
