"""Reviews of the trail: somebody looked through it, after it was verified, and says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables import EntryRow
from audit.records.tables.signatures import TrailReviewRow
from audit.wording import say


@dataclass(frozen=True)
class TrailReview:
    first: int
    last: int
    """Entries from the one to the other were looked through."""
    hash: str
    damage: int
    """Alterations that the check found."""
    note: str
    actor: str
    at: dt.datetime


def keep(records: Records, last: int, damage: int, note: str, who: Who, key: str | None = None) -> TrailReview:
    """From where the former review ended, up to the last entry that the person saw."""
    note = stated(note, say("what was looked at"), say("what you looked for and what you found"))
    with records.change(who, "review trail", note, key) as change:
        newest = change.session.scalars(select(TrailReviewRow).order_by(TrailReviewRow.seq.desc()).limit(1)).first()
        first = newest.last + 1 if newest else 1
        seen = change.session.get(EntryRow, last)
        if seen is None or last < first:
            raise RecordError(
                say(
                    "nothing new stands in the trail since entry {entry}; there is nothing to review",
                    entry=str(first - 1),
                )
            )
        row = TrailReviewRow(first=first, last=last, hash=seen.hash, damage=damage, note=note)
        entry = change.keep(row)
        return TrailReview(first, last, seen.hash, damage, note, entry.actor, entry.time)


def every(records: Records) -> list[TrailReview]:
    """Oldest first."""
    with records.read() as session:
        asked = select(TrailReviewRow, EntryRow).join(EntryRow, EntryRow.seq == TrailReviewRow.seq)
        return [
            TrailReview(
                row.first, row.last, row.hash, row.damage, row.note, entry.actor, dt.datetime.fromisoformat(entry.at)
            )
            for row, entry in session.execute(asked.order_by(TrailReviewRow.seq))
        ]
