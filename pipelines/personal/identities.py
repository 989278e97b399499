"""
Who the pseudonyms are: original identifiers, names and contacts, in a file apart from the tables.

SQLite, because it comes with Python, replaces single rows in one transaction, looks one up among millions at once, and
can be told to overwrite what it deletes; after an erasure the file is written anew besides, so that no byte stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

FILE = "identities.sqlite"
OWN = ("source", "row", "pseudonym", "original")
KEEP = """
    insert into identities values (?, ?, ?, ?, ?) on conflict do update set
        pseudonym = excluded.pseudonym,
        original = iif(excluded.original = excluded.pseudonym, original, excluded.original),
        held = excluded.held"""
"""Rows out of a table name the customer by pseudonym; they do not take away the identifier that is known."""
WAIT = 15.0
"""Seconds that one process waits for another to finish."""


@dataclass(frozen=True)
class Identity:
    source: str
    row: str
    """The key of the row that said so."""
    pseudonym: str
    original: str
    """The identifier as the file had it."""
    held: dict[str, str]
    """Name or contact, by column of the contract."""


def keep(folder: Path, rows: pa.Table) -> None:
    """All of them or none; a row replaces the one with the same key."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(folder) as connection, connection:
        connection.executemany(
            KEEP,
            (given for batch in rows.to_batches(10_000) for given in _rows(batch)),
        )


def of(folder: Path, pseudonym: str) -> list[Identity]:
    if not (folder / FILE).exists():
        return []
    with _opened(folder) as connection:
        asked = "select source, row, pseudonym, original, held from identities where pseudonym = ? order by source, row"
        found = connection.execute(asked, [pseudonym]).fetchall()
    return [Identity(source, row, who, original, json.loads(held)) for source, row, who, original, held in found]


def forget(folder: Path, pseudonym: str) -> int:
    """How many rows were removed; nothing of them is left in the file."""
    if not (folder / FILE).exists():
        return 0
    with _opened(folder) as connection:
        with connection:
            removed = connection.execute("delete from identities where pseudonym = ?", [pseudonym]).rowcount
        connection.execute("vacuum")
    return removed


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[str, str, str, str, str]]:
    for row in batch.to_pylist():
        held = {name: value for name, value in row.items() if name not in OWN and value is not None}
        yield row["source"], row["row"], row["pseudonym"], row["original"], json.dumps(held, ensure_ascii=False)


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    file = folder / FILE
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file, timeout=WAIT)) as connection:
        # no write-ahead log: it would hold what was deleted until somebody empties it
        for pragma in ("journal_mode = delete", "secure_delete = on", "synchronous = full"):
            connection.execute(f"pragma {pragma}")
        connection.execute(
            "create table if not exists identities (source text not null, row text not null, pseudonym text not null, "
            "original text not null, held text not null, primary key (source, row)) without rowid"
        )
        connection.execute("create index if not exists by_pseudonym on identities (pseudonym)")
        yield connection
