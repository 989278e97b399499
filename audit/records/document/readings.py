"""Who has read which revision of a document. A new revision has to be read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Person, Who
from audit.errors import RecordError
from audit.records import versions
from audit.records.database import Records
from audit.records.tables import EntryRow
from audit.records.tables.documents import DocumentRow, ReadingRow
from audit.wording import say


@dataclass(frozen=True)
class Reading:
    document: str
    revision: int
    reader: str
    identity: str
    """What the sign-in vouched for; "" where nobody did."""
    at: dt.datetime
    current: bool
    """Of the last revision; False where a newer one has come since."""


def acknowledge(records: Records, document: str, seen: int, who: Who, key: str | None = None) -> Reading:
    """
    `seen` is the revision that was read. Raises Stale where a newer one has come meanwhile, RecordError where the
    document holds no more, or where this person has acknowledged it before.
    """
    with records.change(who, "acknowledge", key=key) as change:
        if versions.revised(change.session, DocumentRow, document, seen).status == "obsolete":
            raise RecordError(
                say("document '{document}' is obsolete; read the one that holds instead", document=document)
            )
        for reading in _of(change.session, document):
            if reading.current and by(change.person, reading):
                raise RecordError(
                    say(
                        "{actor} has acknowledged revision {revision} of '{document}' already",
                        actor=change.actor,
                        revision=str(seen),
                        document=document,
                    )
                )
        entry = change.keep(ReadingRow(document=document, revision=seen))
        at = dt.datetime.fromisoformat(entry.at)
        return Reading(document, seen, change.actor, change.person.identity, at, True)


def of(records: Records, document: str) -> list[Reading]:
    """Newest first."""
    with records.read() as session:
        return _of(session, document)


def _of(session: Session, document: str) -> list[Reading]:
    last = versions.last(session, DocumentRow, document)
    asked = select(ReadingRow, EntryRow).join(EntryRow, EntryRow.seq == ReadingRow.seq)
    asked = asked.where(ReadingRow.document == document).order_by(ReadingRow.seq.desc())
    return [_reading(row, entry, last.revision if last else 0) for row, entry in session.execute(asked)]


def _reading(row: ReadingRow, entry: EntryRow, last: int) -> Reading:
    at = dt.datetime.fromisoformat(entry.at)
    return Reading(row.document, row.revision, entry.actor, entry.identity or "", at, row.revision == last)


def by(person: Person, reading: Reading) -> bool:
    """A person may change the name, not the identity."""
    return person.identity == reading.identity and (bool(person.identity) or person.name == reading.reader)
