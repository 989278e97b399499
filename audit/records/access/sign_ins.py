"""Who is signed in now, and when that ends: idle for too long, too old, signed out, or ended by an administrator."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from audit.access.person import Person, Who, person
from audit.errors import RecordError
from audit.records.access.authority import require
from audit.records.database import Records
from audit.records.tables.people import SignInRow
from audit.wording import say

KEPT = dt.timedelta(days=31)
"""A browser may keep its cookie for 30 days and one in grace; an ended sign-in must be known for as long."""
NOTED = 30
"""An active person is noted at every 30th part of the idle time, so that looking at a page is seldom a write."""


class Ended(StrEnum):
    IDLE = "idle"
    AGE = "age"
    SIGNED_OUT = "signed out"
    BY_ADMINISTRATOR = "ended by an administrator"


@dataclass(frozen=True)
class Limits:
    """How long a sign-in counts without a sign of the person, and how long at most."""

    idle: dt.timedelta = dt.timedelta(minutes=30)
    age: dt.timedelta = dt.timedelta(hours=12)


@dataclass(frozen=True)
class SignIn:
    id: str
    person: Person
    began_at: dt.datetime
    """When the person proved who they are, as the provider says."""


@dataclass(frozen=True)
class Standing:
    """A sign-in as it is remembered here."""

    id: str
    identity: str
    name: str
    began_at: dt.datetime
    active_at: dt.datetime


def named(issuer: str, subject: str, nonce: str, issued: str) -> str:
    """The id of one sign-in of one browser; it says nothing about the person."""
    return hashlib.sha256(f"{issuer}|{subject}|{nonce}|{issued}".encode("utf-8", "surrogatepass")).hexdigest()


def seen(records: Records, sign_in: SignIn, limits: Limits) -> Ended | None:
    """Something that the person did. None where the sign-in counts, which it then does for another idle time."""
    now = records.clock()
    with records.read() as session:
        row = session.get(SignInRow, sign_in.id)
        ended = _ended(row, sign_in.began_at, limits, now)
        if row and (row.ended_at or not ended and now - row.active_at < limits.idle / NOTED):
            return ended
    if not records.read_only:
        with records.remember() as session:
            return _note(session, sign_in, limits, now)
    return ended


def standing(records: Records, sign_in: SignIn, limits: Limits) -> Ended | None:
    """As `seen`, but looking is no sign of the person."""
    with records.read() as session:
        return _ended(session.get(SignInRow, sign_in.id), sign_in.began_at, limits, records.clock())


def end(records: Records, id: str, why: Ended) -> None:
    """By the person, whose cookie named it. From now on no copy of that cookie opens anything."""
    with records.remember() as session:
        _end(session, id, why, records.clock())


def end_for(records: Records, id: str, who: Who) -> None:
    """By an administrator. Raises Denied for anybody else."""
    with records.remember() as session:
        now = records.clock()
        require(session, person(who), "people", records.signing_in, now.date())
        if session.get(SignInRow, id) is None:
            raise RecordError(say("there is no such sign-in any more; look at the page again"))
        _end(session, id, Ended.BY_ADMINISTRATOR, now)


def current(records: Records, limits: Limits) -> list[Standing]:
    """Those that count now, the latest active first."""
    now = records.clock()
    with records.read() as session:
        rows = session.scalars(select(SignInRow).where(SignInRow.ended_at.is_(None)))
        counting = [row for row in rows if not _ended(row, row.began_at, limits, now)]
        shown = [Standing(row.id, row.identity, row.name, row.began_at, row.active_at) for row in counting]
    return sorted(shown, key=lambda each: each.active_at, reverse=True)


def _ended(row: SignInRow | None, began_at: dt.datetime, limits: Limits, now: dt.datetime) -> Ended | None:
    if row and row.ended_at:
        return Ended(row.ended_why)
    if now - began_at > limits.age:
        return Ended.AGE
    return Ended.IDLE if row and now - row.active_at > limits.idle else None


def _note(session: Session, sign_in: SignIn, limits: Limits, now: dt.datetime) -> Ended | None:
    row = session.get(SignInRow, sign_in.id) or _begun(session, sign_in, now)
    ended = _ended(row, sign_in.began_at, limits, now)
    if ended:
        _end(session, row.id, ended, now)
    elif now > row.active_at:
        row.active_at = now
    return ended


def _begun(session: Session, sign_in: SignIn, now: dt.datetime) -> SignInRow:
    """Two windows of one browser may begin at the same moment; both find the one row."""
    session.execute(delete(SignInRow).where(SignInRow.active_at < now - KEPT))
    by = sign_in.person
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = dict(id=sign_in.id, identity=by.identity, name=by.name, began_at=sign_in.began_at, active_at=now)
    session.execute(dialect.insert(SignInRow).values(ended_why="", **values).on_conflict_do_nothing())
    return session.get_one(SignInRow, sign_in.id)


def _end(session: Session, id: str, why: Ended, now: dt.datetime) -> None:
    """The first end counts."""
    row = session.get(SignInRow, id)
    if row and not row.ended_at:
        row.ended_at, row.ended_why = now, str(why)
