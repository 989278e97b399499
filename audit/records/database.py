"""The database of the records: opening it, reading, and the one way to change anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from audit.errors import RecordError
from audit.records.anchor import BEFORE_THE_FIRST, Anchor
from audit.records.entry import Entry, as_entry, head
from audit.records.migrate import migrate
from audit.records.read_only import read_only_engine, why
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow, Kept, canonical
from audit.text import Text

Clock = Callable[[], dt.datetime]
WAIT = 15_000
"""Milliseconds that a change waits for another one to finish."""
LOCK = 20159001
"""Any number, the same for every process: PostgreSQL's advisory lock."""


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Change:
    """One transaction. What is kept in it is written together with its trail entry, or not at all."""

    def __init__(self, session: Session, at: dt.datetime, actor: str, action: str, reason: str) -> None:
        self.session, self.at, self.actor, self.action, self.reason = session, at, actor, action, reason
        self.entries: list[Entry] = []

    def keep(self, row: Kept) -> Entry:
        """Add the row and the entry that vouches for it."""
        before = head(self.session)
        entry = EntryRow(
            seq=before.seq + 1 if before else 1,
            at=self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            actor=self.actor,
            action=self.action,
            object=row.object,
            object_id=row.object_id,
            payload=canonical(row.content()),
            reason=self.reason,
            previous=before.hash if before else BEFORE_THE_FIRST,
            hash="",
        )
        entry.hash = as_entry(entry).sealed()
        row.seq = entry.seq
        for added in (entry, row):
            self.session.add(added)
            self.session.flush()
        self.entries.append(as_entry(entry))
        return self.entries[-1]


class Records:
    """Safe to share between threads; every read and every change has a connection of its own."""

    def __init__(self, engine: Engine, clock: Clock, anchor: Anchor | None, read_only: Text | None = None) -> None:
        self.engine, self.clock, self.anchor, self.read_only = engine, clock, anchor, read_only
        postgres = engine.dialect.name == "postgresql"
        self._reading = engine.execution_options(isolation_level="REPEATABLE READ") if postgres else engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of all tables."""
        try:
            with Session(self._reading) as session:
                yield session
        except (SQLAlchemyError, ValueError) as error:
            raise RecordError(
                f"the records cannot be read ({_reason(error)}); run 'verify' to see the damage"
            ) from error

    @contextmanager
    def change(self, actor: str, action: str, reason: str = "") -> Iterator[Change]:
        """
        One transaction in which nobody else writes. Anything raised inside, Streamlit's stop included,
        undoes all of it; so does keeping nothing, because no change goes without an entry in the trail.
        """
        actor = stated(actor, "who makes the change", "a name")
        reason = readable(reason.strip(), "the reason")
        if self.read_only:
            raise RecordError(f"this workspace is read-only ({self.read_only.en}); nothing was changed")
        try:
            with Session(self.engine.execution_options(writes=True)) as session:
                session.connection()  # takes its turn now, so that nothing read inside can grow old
                change = Change(session, self.clock(), actor, action, reason)
                yield change
                if change.entries:
                    session.commit()
        except (SQLAlchemyError, ValueError) as error:
            raise RecordError(
                f"the records cannot be written ({_reason(error)}); nothing was changed, try again"
            ) from error
        if self.anchor and change.entries:
            self.anchor.note([(entry.seq, entry.hash) for entry in change.entries])

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_records(url: str, clock: Clock = utc_now, anchor: Path | None = None) -> Records:
    """
    Open the records and bring their tables up to date, making them where there are none.
    The anchor of an SQLite file is `trail-anchor.jsonl` beside it unless another is given.
    """
    engine = _engine(url)
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    anchor = anchor or (Path(file).parent / "trail-anchor.jsonl" if file else None)
    read_only = why(Path(file).parent, Path(file)) if file and Path(file).is_file() else None
    if file and read_only:
        engine = read_only_engine(Path(file))
        event.listen(engine, "begin", _begin)
    try:
        migrate(engine)
        records = Records(engine, clock, Anchor(anchor) if anchor else None, read_only)
        _begin_anchor(records)
        return records
    except BaseException as error:
        engine.dispose()
        if isinstance(error, SQLAlchemyError | OSError):
            place = Path(file).name if file else engine.url.render_as_string(hide_password=True)
            hint = "see that the workspace's folder is there and may be written to"
            if read_only:
                hint = "where an older program made them, open them once in a place that may be written to"
            raise RecordError(f"the records {place} cannot be opened ({_reason(error)}); {hint}") from error
        raise


def _begin_anchor(records: Records) -> None:
    with records.read() as session:
        if records.anchor and not records.read_only and head(session) is None:
            records.anchor.begin()


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(make_url(url))
    except (ArgumentError, SQLAlchemyError, ImportError) as error:
        raise RecordError(
            f"'{url}' is no place for records ({_reason(error)}); write sqlite:///records.sqlite"
        ) from error
    if engine.dialect.name == "sqlite":
        if engine.url.database in (None, "", ":memory:"):
            raise RecordError(f"'{url}' would lose the records at the end; write sqlite:///records.sqlite")
        event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    # the driver must not begin transactions by itself, or they would begin without the lock
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {WAIT}", "journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A change takes the lock first, so that nobody else can follow the same entry of the trail."""
    writes = connection.get_execution_options().get("writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("begin immediate" if writes else "begin")
    elif connection.dialect.name == "postgresql" and writes:
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({LOCK})")


def _reason(error: BaseException) -> str:
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return said.splitlines()[0] if said else type(error).__name__
