"""The database of the records: opening it, reading, and the one way to change anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from audit.access.person import Person, Who, person
from audit.access.roles import Role
from audit.address import without_password
from audit.errors import KeptAlready, RecordError
from audit.records.access.authority import Authority, authority, require
from audit.records.engine import begin, engine_of, said
from audit.records.migrate import migrate
from audit.records.read_only import read_only_engine, why
from audit.records.same_file import SameFile, identity
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow, Kept, canonical
from audit.records.trail.anchor import BEFORE_THE_FIRST, Anchor
from audit.records.trail.behind import behind
from audit.records.trail.entry import Entry, as_entry, head
from audit.text import Text
from audit.wording import say

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Change:
    """One transaction. What is kept in it is written together with its trail entry, or not at all."""

    def __init__(
        self, session: Session, at: dt.datetime, person: Person, role: Role, action: str, reason: str, key: str | None
    ) -> None:
        self.session, self.at, self.person, self.role = session, at, person, role
        self.action, self.reason, self.key = action, reason, key
        self.entries: list[Entry] = []

    @property
    def actor(self) -> str:
        return self.person.name

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
            role=str(self.role),
            identity=self.person.identity or None,
            key=None if self.entries else self.key,
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

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        anchor: Anchor | None,
        read_only: Text | None = None,
        signing_in: bool = False,
        same: SameFile | None = None,
    ) -> None:
        self.engine, self.clock, self.anchor, self.read_only = engine, clock, anchor, read_only
        self.signing_in, self.same = signing_in, same
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
                say("the records cannot be read ({error}); run 'verify' to see the damage", error=said(error))
            ) from error

    @contextmanager
    def change(self, who: Who, action: str, reason: str = "", key: str | None = None) -> Iterator[Change]:
        """
        One transaction in which nobody else writes. Anything raised inside, Streamlit's stop included,
        undoes all of it; so does keeping nothing, because no change goes without an entry in the trail.
        Raises Denied where the person's role, as it is now, does not allow the action; KeptAlready where
        `key`, which names one filling of a form, has been kept before.
        """
        by = _readable(person(who))
        reason = readable(reason.strip(), say("the reason"))
        with self._writing("all") as session:
            now = self.clock()
            role = require(session, by, action, self.signing_in, now.date())
            _refuse_twice(session, key)
            change = Change(session, now, by, role, action, reason, key)
            yield change
            if change.entries:
                self._refuse_another_file()
                self._commit(session, change.entries[-1])
        if self.anchor and change.entries:
            self.anchor.note([(entry.seq, entry.hash) for entry in change.entries])

    def _commit(self, session: Session, last: Entry) -> None:
        """A connection that breaks at this moment leaves open whether the change was kept, so it is looked up."""
        try:
            session.commit()
        except DBAPIError as error:
            if not error.connection_invalidated or not self._kept(last, error):
                raise

    def _kept(self, last: Entry, broken: DBAPIError) -> bool:
        try:
            with self._writing("all") as session:  # its turn comes when the broken change has ended, either way
                row = session.get(EntryRow, last.seq)
                return row is not None and row.hash == last.hash
        except RecordError as error:
            raise RecordError(
                say(
                    "the connection broke ({error}) while entry {seq} was being kept, and it is not known "
                    "whether it was; look at the trail before you try again",
                    error=said(broken),
                    seq=str(last.seq),
                )
            ) from error

    @contextmanager
    def remember(self) -> Iterator[Session]:
        """A transaction for what is no record: sign-ins and drafts. Nothing of it stands in the trail."""
        with self._writing("own") as session:
            yield session
            session.commit()

    @contextmanager
    def _writing(self, what: str) -> Iterator[Session]:
        if self.read_only:
            raise RecordError(say("this workspace is read-only ({why}); nothing was changed", why=self.read_only))
        self._refuse_another_file()  # a new connection would make an empty one
        try:
            with Session(self.engine.execution_options(writes=what)) as session:
                session.connection()  # takes its turn now, so that nothing read inside can grow old
                self._refuse_another_file()
                yield session
        except (SQLAlchemyError, ValueError) as error:
            raise RecordError(
                say("the records cannot be written ({error}); nothing was changed, try again", error=said(error))
            ) from error

    def _refuse_another_file(self) -> None:
        if self.same:
            self.same.refuse_another()

    def require(self, who: Who, action: str) -> Person:
        """For long work that ends in a change: raises Denied before it begins, as the change itself would."""
        by = _readable(person(who))
        with self.read() as session:
            require(session, by, action, self.signing_in, self.clock().date())
        return by

    def authority(self, who: Who) -> Authority | None:
        """What the person may do at this moment; None for nothing."""
        with self.read() as session:
            return authority(session, person(who), self.signing_in, self.clock().date())

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _readable(by: Person) -> Person:
    name = stated(by.name, say("who makes the change"), say("a name"))
    return Person(name, readable(by.identity, say("the identity")), readable(by.email, say("the e-mail address")))


def _refuse_twice(session: Session, key: str | None) -> None:
    if key and (seq := session.scalar(select(EntryRow.seq).where(EntryRow.key == key))):
        told = say("this was kept already, as entry {seq} of the trail; nothing was kept twice", seq=str(seq))
        raise KeptAlready(told, seq)


def open_records(url: str, clock: Clock = utc_now, anchor: Path | None = None, signing_in: bool = False) -> Records:
    """
    Open the records and bring their tables up to date, making them where there are none.
    The anchor of an SQLite file is `trail-anchor.jsonl` beside it unless another is given. Where people sign in,
    a name that nobody vouches for may do nothing. Records that have lost what the anchor knows are only shown.
    """
    engine = engine_of(url)
    file = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    anchor = anchor or (file.parent / "trail-anchor.jsonl" if file else None)
    kept = Anchor(anchor) if anchor else None
    read_only = why(file.parent, file) if file and file.is_file() else None
    before = identity(file) if file else None
    try:
        read_only = read_only or behind(engine, file, kept)
        if file and read_only:
            engine = read_only_engine(file)
            event.listen(engine, "begin", begin)
        migrate(engine)
        same = SameFile(file, before or identity(file)) if file else None
        records = Records(engine, clock, kept, read_only, signing_in, same)
        _begin_anchor(records)
        return records
    except BaseException as error:
        engine.dispose()
        if isinstance(error, SQLAlchemyError | OSError):
            place = file.name if file else without_password(str(engine.url))
            hint = say("see that the workspace's folder is there and may be written to")
            if read_only:
                hint = say("where an older program made them, open them once in a place that may be written to")
            raise RecordError(
                say("the records {place} cannot be opened ({error}); {hint}", place=place, error=said(error), hint=hint)
            ) from error
        raise


def _begin_anchor(records: Records) -> None:
    with records.read() as session:
        if records.anchor and not records.read_only and head(session) is None:
            records.anchor.begin()
