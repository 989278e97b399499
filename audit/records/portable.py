"""All rows of the records as lines of JSON, the same for every database, so that one can be restored into another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, Table, TypeDecorator, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from audit.address import without_password
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.engine import engine_of, place_of, said
from audit.records.migrate import revisions, upgrade
from audit.records.tables import Base, EntryRow
from audit.records.tables.facts import LoadRow
from audit.records.trail.anchor import BEFORE_THE_FIRST
from audit.records.trail.entry import head
from audit.wording import say

AT_ONCE = 500


class Snapshot:
    """The records at one moment, whoever writes meanwhile."""

    def __init__(self, session: Session) -> None:
        self.session = session
        last = head(session)
        self.seq, self.hash = (last.seq, last.hash) if last else (0, BEFORE_THE_FIRST)
        self.loads = set(session.scalars(select(LoadRow.id)))

    def after(self, seq: int) -> list[tuple[int, str]]:
        """Number and hash of every later entry."""
        asked = select(EntryRow.seq, EntryRow.hash).where(EntryRow.seq > seq).order_by(EntryRow.seq)
        return [(seq, hash) for seq, hash in self.session.execute(asked)]

    def lines(self, name: str) -> Generator[bytes, None, None]:
        return lines(self.session, name)


@contextmanager
def snapshot(records: Records) -> Iterator[Snapshot]:
    with records.read() as session:
        yield Snapshot(session)


def shown(url: str) -> str | None:
    """The address without its password; None where it has none."""
    hidden = url if is_file(url) else without_password(url)
    return hidden if hidden != url else None


def is_file(url: str) -> bool:
    return place_of(url).get_backend_name() == "sqlite"


def tables() -> list[str]:
    """What refers to another table comes after it."""
    return [table.name for table in Base.metadata.sorted_tables]


def lines(session: Session, name: str) -> Generator[bytes, None, None]:
    """One for each row. Within `records.read()` all tables are of one moment, whoever writes meanwhile."""
    table = Base.metadata.tables[name]
    asked = select(table).order_by(*table.primary_key.columns)
    with session.execute(asked, execution_options={"yield_per": AT_ONCE}) as found:
        for row in found.mappings():
            told = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}
            yield json.dumps(told, separators=(",", ":")).encode() + b"\n"


def load(url: str, revision: str, written: Callable[[str], Iterable[bytes]]) -> None:
    """
    Fill an empty place with rows as the tables were at this revision. Raises RecordError, and leaves nothing there,
    where they cannot be kept; also for a revision that this program does not know.
    """
    if revision not in revisions():
        raise RecordError(
            say(
                "the backup was made by a newer program (its tables are '{theirs}', this program knows '{ours}'); "
                "nothing was restored: install the newer program",
                theirs=revision,
                ours=revisions()[0],
            )
        )
    engine = engine_of(url)
    try:
        if found := inspect(engine).get_table_names():
            raise RecordError(
                say(
                    "{place} holds tables already ({tables} …); nothing was restored: name an empty database",
                    place=without_password(str(engine.url)),
                    tables=", ".join(sorted(found)[:3]),
                )
            )
        with engine.execution_options(writes="all").begin() as connection:
            upgrade(connection, revision)
            for table in Base.metadata.sorted_tables:
                _fill(connection, table, written(table.name))
    except (SQLAlchemyError, ValueError, TypeError) as error:
        raise RecordError(
            say("the records cannot be restored ({why}); nothing was restored", why=said(error))
        ) from error
    finally:
        engine.dispose()


def _fill(connection: Connection, table: Table, written: Iterable[bytes]) -> None:
    rows = (_row(table, json.loads(line)) for line in written)
    while some := list(islice(rows, AT_ONCE)):
        for _names, alike in groupby(some, key=tuple):
            connection.execute(insert(table), list(alike))


def _row(table: Table, told: dict[str, Any]) -> dict[str, Any]:
    """Nothing stays nothing: as a value, None would become the word null in a column of JSON."""
    return {name: _meant(table, name, value) for name, value in told.items() if value is not None}


def _meant(table: Table, name: str, value: Any) -> Any:
    kind = table.columns[name].type
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, JSON):
        return value
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if isinstance(kind, Date) else value
