"""The rows of a table that new rows replace: in which files they stand, and those files without them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pyarrow.parquet as pq
from deltalake import DeltaTable

from pipelines.connection import connected
from pipelines.sql import literal, name
from pipelines.staging.rows import Rows, month_of
from pipelines.storage import Storage

MOST_FILES = 12
"""Files of one month from which on they are put together when new rows of the month come."""
MEMORY = "400MB"


@dataclass(frozen=True)
class Replaced:
    gone: tuple[Path, ...]
    """Files that hold a row with a key of the new ones, or that are too many for their month."""
    written: tuple[Path, ...]
    """What is left of them, in files that no version names yet."""
    rows: dict[str, int]
    """How many rows have a key of the new ones, by the load that brought them."""


def data_files(table: DeltaTable) -> list[str]:
    """The Parquet files of this version; Delta writes a space in a folder's name as %20, and readers do not."""
    return sorted(unquote(uri) for uri in table.file_uris())


def replaced(folder: Path, table: DeltaTable, rows: Rows, storage: Storage) -> Replaced:
    """Files are only written here: nothing is replaced before a commit says so."""
    standing = [Path(file) for file in data_files(table)]
    if not standing:
        return Replaced((), (), {})
    with connected([folder, *(file.parent for file in rows.files)], MEMORY) as connection:
        connection.execute("create temp view batch as select * from " + _read(rows.files))
        near = _near(connection, table, standing, rows)
        storage.need(near)
        held = _holding(connection, near, rows.contract.key)
        gone = {file for file, _ in held} | {file for month in rows.months() for file in _crowd(standing, month)}
        storage.need(gone)
        by_month = {month: [file for file in sorted(gone) if month_of(file) == month] for month in map(month_of, gone)}
        stem = rows.files[0].stem if rows.files else "part"  # what a killed load had written is known by it
        places = {month: (folder / f"month={month}" if month else folder) for month in by_month}
        written = [
            _without(connection, files, places[month] / f"{stem}-{uuid.uuid4()}.parquet", rows.contract.key)
            for month, files in by_month.items()
        ]
    return Replaced(tuple(sorted(gone)), tuple(file for file in written if file), _by_load(held))


def would_replace(folder: Path, rows: Rows, storage: Storage) -> dict[str, int]:
    """How many rows of each load have a key of these: they would go when these are published. Nothing is written."""
    folder = folder.resolve()
    storage.look(folder)
    if not DeltaTable.is_deltatable(str(folder)):
        return {}
    table = DeltaTable(folder)
    with connected([folder, *(file.parent for file in rows.files)], MEMORY) as connection:
        connection.execute("create temp view batch as select * from " + _read(rows.files))
        near = _near(connection, table, [Path(file) for file in data_files(table)], rows)
        storage.need(near)
        return _by_load(_holding(connection, near, rows.contract.key))


def _by_load(held: dict[tuple[Path, str], int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (_, load), rows in held.items():
        found[load] += rows
    return dict(sorted(found.items()))


def _near(connection: duckdb.DuckDBPyConnection, table: DeltaTable, standing: Sequence[Path], rows: Rows) -> list[Path]:
    """The files but those whose keys all lie beyond the keys of the new rows, as their statistics say."""
    key = rows.contract.key[0]
    bounds = table.get_add_actions(flatten=True)
    names = bounds.schema.names
    if f"min.{key}" not in names or not rows.files:
        return list(standing)
    least, most = connection.execute(f"select min({name(key)}), max({name(key)}) from batch").fetchall()[0]
    far = {
        Path(unquote(path)).name
        for path, low, high in zip(
            *(bounds[name].to_pylist() for name in ("path", f"min.{key}", f"max.{key}")), strict=True
        )
        if low is not None and high is not None and (high < least or low > most)
    }
    return [file for file in standing if file.name not in far]


def _holding(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], key: tuple[str, ...]
) -> dict[tuple[Path, str], int]:
    """The files with a key of the new rows, and how many such rows of which load each holds."""
    if not files:
        return {}
    keys = ", ".join(name(one) for one in key)
    found = connection.execute(
        f"select _file, _load, count(*) from {_read(files, named=True)} semi join batch using ({keys}) group by all"
    ).fetchall()
    return {(Path(file), load): rows for file, load, rows in found}


def _crowd(standing: Sequence[Path], month: str) -> list[Path]:
    of_month = [file for file in standing if month_of(file) == month]
    return of_month if len(of_month) >= MOST_FILES else []


def _without(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], into: Path, key: tuple[str, ...]
) -> Path | None:
    """One file with the rows of these that stay; none where all are replaced."""
    keys = ", ".join(name(one) for one in key)
    connection.execute(
        f"copy (select * from {_read(files)} anti join batch using ({keys})) to {literal(str(into))} (format parquet)"
    )
    if pq.read_metadata(into).num_rows:
        return into
    into.unlink()
    return None


def _read(files: Sequence[Path], named: bool = False) -> str:
    with_name = ", filename = '_file'" if named else ""
    listed = ", ".join(literal(str(file)) for file in files)
    return f"read_parquet([{listed}], hive_partitioning = false, union_by_name = true{with_name})"
