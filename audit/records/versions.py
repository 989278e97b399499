"""Records that people name by an id: their revisions, and what a second writer is told."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from audit.errors import RecordError, Stale
from audit.records.tables import EntryRow, Kept, Versioned
from audit.text import Text
from audit.wording import say

R = TypeVar("R", bound=Versioned)


def last(session: Session, kind: type[R], id: str) -> R | None:
    asked = select(kind).where(kind.id == id).order_by(kind.revision.desc()).limit(1)
    return session.scalars(asked).first()


def latest(session: Session, kind: type[R], upto: int | None = None) -> list[tuple[R, EntryRow]]:
    """
    The last revision of each, and the entry that made it, in the order in which they began. `upto` is the entry of
    the trail at which they are looked at; None for now.
    """
    heads = select(kind.id, func.max(kind.revision).label("head"), func.min(kind.seq).label("first"))
    heads = heads if upto is None else heads.where(kind.seq <= upto)
    heads_ = heads.group_by(kind.id).subquery()
    asked = (
        select(kind, EntryRow)
        .join(heads_, (kind.id == heads_.c.id) & (kind.revision == heads_.c.head))
        .join(EntryRow, EntryRow.seq == kind.seq)
        .order_by(heads_.c.first)
    )
    return [(row, entry) for row, entry in session.execute(asked)]


def history(session: Session, kind: type[R], id: str) -> list[tuple[R, EntryRow]]:
    """Newest first; empty where there is none."""
    asked = select(kind, EntryRow).join(EntryRow, EntryRow.seq == kind.seq).where(kind.id == id)
    return [(row, entry) for row, entry in session.execute(asked.order_by(kind.revision.desc()))]


def found(session: Session, kind: type[R], id: str) -> R:
    """Raises RecordError, naming the last ones, where there is none."""
    if row := last(session, kind, id):
        return row
    known = [row.id for row, _entry in latest(session, kind)][-3:]
    instead = say("the last ones are: {known}", known=", ".join(known)) if known else say("there is none yet")
    word = object_word(kind.object)
    raise RecordError(say("there is no {kind} '{id}'; {instead}", kind=word, id=id, instead=instead))


def named(kind: type[Kept] | Kept, id: str) -> Text:
    """As in "finding F-001"."""
    word = object_word(kind.object)
    return Text(en=f"{word.en} {id}", zh=f"{word.zh} {id}")


def object_word(kind: str) -> Text:
    return object_words().get(kind) or Text(en=kind, zh=kind)


@cache
def object_words() -> dict[str, Text]:
    """Kind, as the trail names it, -> its word; in English the name, which says it all."""
    return {
        "action": say("action"),
        "answer": say("answer"),
        "assumption": say("assumption"),
        "audit": say("audit"),
        "criterion": say("criterion"),
        "decision": say("decision"),
        "document": say("document"),
        "document request": say("document request"),
        "effectiveness": say("effectiveness"),
        "erasure": say("erasure"),
        "event": say("event"),
        "finding": say("finding"),
        "gap": say("gap"),
        "improvement": say("improvement"),
        "load": say("load"),
        "management review": say("management review"),
        "maturity": say("maturity"),
        "objective": say("objective"),
        "person": say("person"),
        "programme": say("programme"),
        "reading": say("reading"),
        "restore": say("restore"),
        "review decision": say("review decision"),
        "scorecard": say("scorecard"),
        "set-up": say("set-up"),
        "signature": say("signature"),
        "trail review": say("trail review"),
    }


def next_id(session: Session, kind: type[R], prefix: str) -> str:
    """PREFIX-001 and so on: the first number above all that were given."""
    given = [id.removeprefix(f"{prefix}-") for id in session.scalars(select(kind.id).distinct())]
    return f"{prefix}-{max((int(n) for n in given if n.isascii() and n.isdecimal()), default=0) + 1:03}"


def revised(session: Session, kind: type[R], id: str, seen: int | None, **changes: Any) -> R:
    """
    The next revision of a record, not kept yet, with the given columns changed. `seen` is the revision that the
    person looked at: raises Stale where somebody else has changed the record since.
    """
    former = found(session, kind, id)
    if seen is not None and seen != former.revision:
        by = session.get_one(EntryRow, former.seq)
        raise _stale(say("{kind} '{id}'", kind=object_word(kind.object), id=id), by, seen, former.revision)
    columns = [column.key for column in kind.__table__.columns if column.key not in ("seq", "revision")]
    return kind(**{name: getattr(former, name) for name in columns} | changes, revision=former.revision + 1)


def unchanged(session: Session, kind: type[Kept], about: ColumnElement[bool], seen: int | None, what: Text) -> None:
    """For records without an id, whose last row counts: `seen` is how many rows the person looked at."""
    if seen is None:
        return
    asked = select(EntryRow).join(kind, kind.seq == EntryRow.seq).where(about).order_by(kind.seq.desc())
    rows = session.scalars(asked).all()
    if rows and len(rows) != seen:
        raise _stale(what, rows[0], seen, len(rows))


def _stale(what: Text, by: EntryRow, seen: int, now: int) -> Stale:
    at = dt.datetime.fromisoformat(by.at)
    told = say(
        "{what} was changed meanwhile by {by} at {at} UTC: you saw revision {seen}, now it is {now}; look at it and "
        "change it again",
        what=what, by=by.actor, at=f"{at:%Y-%m-%d %H:%M}", seen=str(seen), now=str(now),
    )  # fmt: skip
    return Stale(told, what.en, by.actor, at, seen, now)
