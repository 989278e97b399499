"""The one place that opens DuckDB. A query reaches the files that it was opened for and nothing else, and cannot ask
for more: no other folder, no network, no variable of Python, no setting."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.sql import literal

OFF = (
    "enable_external_access",
    "autoinstall_known_extensions",
    "autoload_known_extensions",
    "python_enable_replacements",
)


@contextmanager
def connected(
    folders: Iterable[Path] = (), memory: str | None = None, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """
    For the caller alone; what lies in these folders, and below them, can be read and written. What does not fit into
    the memory is put aside in a folder that goes with the connection.
    """
    with tempfile.TemporaryDirectory(prefix="clauselight-") as aside, duckdb.connect() as connection:
        _lock(connection, folders, aside, memory, threads)
        yield connection


def alone(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Without any file at all, for as long as the caller keeps it."""
    connection = duckdb.connect()
    _lock(connection, (), "", None, threads)
    return connection


def _lock(
    connection: duckdb.DuckDBPyConnection,
    folders: Iterable[Path],
    aside: str,
    memory: str | None,
    threads: int | None,
) -> None:
    """The order counts: what is allowed cannot be said any more once the rest is off."""
    settings = {"timezone": literal("UTC"), "temp_directory": literal(aside)}
    settings |= {"memory_limit": literal(memory)} if memory else {}
    settings |= {"threads": str(threads)} if threads else {}
    reached = sorted({str(folder.resolve()) + "/" for folder in folders})
    settings |= {"allowed_directories": f"[{', '.join(map(literal, reached))}]"}
    settings |= {name: "false" for name in OFF} | {"lock_configuration": "true"}
    connection.execute(";".join(f"set {name} = {value}" for name, value in settings.items()))
