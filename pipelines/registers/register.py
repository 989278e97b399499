"""The registers that people may keep in the app: their rows as they stand, those that wait for somebody first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from deltalake import DeltaTable
from duckdb import DuckDBPyConnection

from audit.source import Source
from pipelines import definitions
from pipelines.measuring import facts
from pipelines.personal import identities
from pipelines.workspace import Workspace

Value = str | int | float | bool | dt.date | None
Row = Mapping[str, Value]
"""One value for each column of the contract; a day is a date, a moment a datetime."""

MOST = 500


@dataclass(frozen=True)
class Kept:
    prefix: str
    """What the numbers begin with that the program proposes, as in C-2026-0007."""
    open: str = ""
    """The condition, in SQL, of a row that waits for somebody; empty where no row ever does."""


REGISTERS: dict[str, Kept] = {
    "complaints": Kept("C", "closed_at is null"),
    "interactions": Kept("I"),
    "customer_needs": Kept("N", "status is null or status not in ('met', 'rejected')"),
    "contract_reviews": Kept("R", "reviewed_on is null"),
    "promises": Kept("P", "kept_at is null and kept is null"),
}


@dataclass(frozen=True)
class Register:
    source: Source
    version: int | None
    """Version of the table that was read; None where nothing was published yet."""
    rows: tuple[Row, ...]
    origins: tuple[tuple[str, int], ...]
    """For each row, the load that it came with, and its line there."""
    matching: int
    total: int
    open: int | None
    newest: dt.date | None

    @property
    def key(self) -> str:
        return self.source.key[0]


def read(workspace: Workspace, name: str, search: str = "", also: Iterable[str] = (), most: int = MOST) -> Register:
    """At most so many rows with the text in them: those `also` asked for by key, open ones, then the newest."""
    source, version = definitions.source(name), version_of(workspace, name)
    asked = {"search": search.strip().lower(), "also": sorted(also), "most": most}
    with opened(workspace, name, version) as connection:
        found = connection.execute(_query(source), asked).fetchall()
        total, still_open, newest = _counts(connection, source)
    width = len(source.stored)
    return Register(
        source=source, version=version, rows=tuple(_whole(workspace, source, _row(source, one)) for one in found),
        origins=tuple((one[width], one[width + 1]) for one in found), matching=found[0][-1] if found else 0,
        total=total, open=still_open, newest=newest,
    )  # fmt: skip


def standing(workspace: Workspace, name: str, version: int | None, keys: Iterable[str]) -> dict[str, Row]:
    """The rows with these keys as they stood in a version of the table, which holds no names and contacts."""
    source, wanted = definitions.source(name), sorted(set(keys))
    if version is None or not wanted:
        return {}
    columns, key = ", ".join(source.stored), source.key[0]
    with opened(workspace, name, version) as connection:
        query = f"select {columns} from {name} where list_contains($keys, {key})"
        rows = [_row(source, one) for one in connection.execute(query, {"keys": wanted}).fetchall()]
    return {str(row[key]): row for row in rows}


def version_of(workspace: Workspace, name: str) -> int | None:
    table = workspace.table(name)
    workspace.storage.look(table)
    return DeltaTable(table).version() if DeltaTable.is_deltatable(str(table)) else None


def opened(workspace: Workspace, name: str, version: int | None) -> AbstractContextManager[DuckDBPyConnection]:
    """A connection with this register alone; before anything was published it is empty."""
    return facts.opened(workspace, {} if version is None else {name: version})


def _query(source: Source) -> str:
    still_open = REGISTERS[source.name].open
    order = [f"list_contains($also, {source.key[0]}) desc"]
    order += [f"({still_open}) desc"] if still_open else []
    order += [f"{source.dated_by} desc nulls last"] if source.dated_by else []
    texts = ", ".join(name for name, column in source.stored.items() if column.type == "text")
    return f"""
        select {", ".join(source.stored)}, _load, _line, count(*) over ()
        from {source.name}
        where contains(lower(concat_ws(' ', {texts})), $search) or list_contains($also, {source.key[0]})
        order by {", ".join([*order, source.key[0]])}
        limit $most"""


def _counts(connection: DuckDBPyConnection, source: Source) -> tuple[int, int | None, dt.date | None]:
    still_open = REGISTERS[source.name].open
    counted = f"count(*) filter (where {still_open})" if still_open else "null"
    newest = f"cast(max({source.dated_by}) as date)" if source.dated_by else "null"
    found = connection.execute(f"select count(*), {counted}, {newest} from {source.name}").fetchone()
    return found if found else (0, None, None)


def _row(source: Source, found: tuple[Value, ...]) -> Row:
    return dict(zip(source.stored, found, strict=False))


def _whole(workspace: Workspace, source: Source, row: Row) -> Row:
    """With the names and contacts, which are kept apart; a save without them would make them forgotten."""
    apart, (key,) = source.personal("identity"), source.key
    if not apart:
        return row
    (owner,) = source.personal("customer")
    known = identities.of(workspace.identity, str(row[owner])) if row[owner] else []
    held = next((one.held for one in known if (one.source, one.row) == (source.name, row[key])), {})
    return {name: row[name] if name in row else held.get(name) for name in source.columns}
