"""Finds rows of one file that carry the same key: a repetition is one too many, a contradiction is nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from audit.text import Text
from audit.wording import say
from pipelines.connection import connected
from pipelines.sql import name
from pipelines.staging.rows import LINE, Rows

Found = Sequence[tuple[Any, ...]]


class Repeat(NamedTuple):
    line: int
    key: tuple[Any, ...]
    why: Text
    contradicts: bool
    """No row with this key stays."""


Judged = Iterator[tuple[int, Text, bool]]


def repeats(rows: Rows, refused: pa.Table, serial: bool = False, rows_of_record: int = 1) -> Iterator[Repeat]:
    """
    The rows to be rejected. Of identical ones the first stays; of different ones none does.
    `refused` has the key and the line of rows with a mistake of their own: they contradict a good row with their key.
    `serial`: it is proved that the keys of the rows all differ.
    """
    if serial and not len(refused):
        return
    with connected(file.parent for file in rows.files) as connection:
        connection.register("refused", refused)
        hashes = _repeated_hashes(connection, rows)
        if not len(hashes):
            return
        connection.register("repeated", pa.table({"hash": hashes}))
        found, keys = _candidates(connection, rows)
    contents = [row[: -len(rows.contract.key) - 1] for row in found]
    lines = [row[-1] for row in found]
    for at, why, contradicts in _of_keys(keys, contents, [line // rows_of_record for line in lines]):
        yield Repeat(lines[at], keys[at], why, contradicts)


def _repeated_hashes(connection: duckdb.DuckDBPyConnection, rows: Rows) -> NDArray[np.uint64]:
    """Where all hashes of keys differ all keys differ, which is quickly proved even for ten million."""
    hashed = f"select {_hash(rows)} as hash from "
    files = {"files": [str(file) for file in rows.files]}
    good = connection.execute(hashed + "read_parquet($files, hive_partitioning = false)", files) if rows.files else None
    parts = [good.fetchnumpy()["hash"]] if good else []
    parts.append(connection.execute(hashed + "refused").fetchnumpy()["hash"])
    hashes = np.concatenate([np.asarray(part, dtype=np.uint64) for part in parts])
    del parts
    hashes.sort()
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])


def _candidates(connection: duckdb.DuckDBPyConnection, rows: Rows) -> tuple[Found, Found]:
    """By line: the rows whose hash occurs more than once, and their keys. Of a refused row the line is its content."""
    key = ", ".join(name(column) for column in rows.contract.key)
    nothing = ", ".join(f"null as {name(column)}" for column in rows.contract.stored)
    stored = ", ".join(name(column) for column in rows.contract.stored)
    good = f"select false, {stored}, {key}, {LINE} from read_parquet($files, hive_partitioning = false)"
    other = f"select true, {nothing}, {key}, {LINE} from refused"
    where = f" where {_hash(rows)} in (select hash from repeated)"
    query = " union all ".join([good + where] * bool(rows.files) + [other + where])
    files = {"files": [str(file) for file in rows.files]} if rows.files else {}
    found = sorted(connection.execute(query, files).fetchall(), key=lambda row: row[-1])
    count = len(rows.contract.key)
    keys = [row[-count - 1 : -1] for row in found]
    return [(row[-1] if row[0] else None, *row[1:]) for row in found], keys


def _of_keys(keys: Found, rows: Found, lines: Sequence[int]) -> Judged:
    groups: dict[tuple[Any, ...], list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    for positions in groups.values():
        if len(positions) > 1:
            yield from _judged(positions, rows, lines)


def _judged(positions: list[int], rows: Found, lines: Sequence[int]) -> Judged:
    begin = positions[0]
    differing = next((position for position in positions if rows[position] != rows[begin]), None)
    if differing is None:
        for position in positions[1:]:
            why = say("repeats line {line} exactly, in every column that is loaded", line=str(lines[begin]))
            yield position, why, False
        return
    for position in positions:
        other = begin if rows[position] != rows[begin] else differing
        why = say("same key as line {line}, other content; keep the right one in the file", line=str(lines[other]))
        yield position, why, True


def _hash(rows: Rows) -> str:
    return f"hash({', '.join(name(column) for column in rows.contract.key)})"
