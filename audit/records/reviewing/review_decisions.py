"""What management reviews decided: from which input it came, who carries it out until when, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import day, one_of, stated
from audit.records.tables import EntryRow
from audit.records.tables.reviews import ReviewDecisionRow, ReviewRow
from audit.records.trail.entry import Entry
from audit.records.versions import found, history, latest, next_id, revised
from audit.review import INPUTS, KINDS
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class NewDecision:
    review: str
    input: str
    """The input that led to it."""
    kind: str
    what: str
    owner: str
    due_on: dt.date | None


@dataclass(frozen=True)
class Decision(NewDecision):
    id: str = ""
    revision: int = 1
    status: str = "open"
    done_on: dt.date | None = None
    actor: str = ""
    at: dt.datetime | None = None
    reason: str = ""
    """Of the last change: why it was dropped, opened again or given to somebody else."""

    def overdue(self, today: dt.date) -> bool:
        return self.status == "open" and self.due_on is not None and self.due_on < today


def decide(records: Records, new: NewDecision, who: Who, key: str | None = None) -> Decision:
    one_of(new.input, INPUTS, say("input of a management review"))
    one_of(new.kind, KINDS, say("kind of decision"))
    what = stated(new.what, say("what was decided"), say("it in one sentence"))
    owner = stated(new.owner, say("the owner of the decision"), say("who carries it out"))
    if new.due_on is None:
        raise RecordError(say("the day until which the decision is due is missing; write a day, as in 2027-01-31"))
    with records.change(who, "review", key=key) as change:
        found(change.session, ReviewRow, new.review)
        row = ReviewDecisionRow(
            id=next_id(change.session, ReviewDecisionRow, "MRD"), revision=1, review=new.review, input=new.input,
            kind=new.kind, what=what, owner=owner, due_on=new.due_on, status="open", done_on=None,
        )  # fmt: skip
        entry = change.keep(row)
        return _decision(row, entry)


def redecide(
    records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None, **changes: Any
) -> Decision:
    """Another owner or another day, and why."""
    reason = stated(reason, say("the reason for changing the decision"), say("what was changed and why"))
    for name in changes:
        one_of(name, ("owner", "due_on"), say("part of a decision that can be changed"))
    if "owner" in changes:
        changes["owner"] = stated(changes["owner"], say("the owner of the decision"), say("who carries it out"))
    if changes.get("due_on", ...) is None:
        raise RecordError(say("the day until which the decision is due is missing; write a day, as in 2027-01-31"))
    return _revised(records, id, seen, who, "review", reason, key, **changes)


def done(
    records: Records, id: str, seen: int, who: Who, on: dt.date, reason: str = "", key: str | None = None
) -> Decision:
    day(on, say("the day on which it was done"), records.clock())
    return _revised(records, id, seen, who, "act", reason, key, status="done", done_on=on)


def drop(records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None) -> Decision:
    reason = stated(reason, say("the reason for dropping the decision"), say("why it is not carried out"))
    return _revised(records, id, seen, who, "review", reason, key, status="dropped", done_on=None)


def reopen(records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None) -> Decision:
    reason = stated(reason, say("the reason for opening it again"), say("what is left to do"))
    return _revised(records, id, seen, who, "act", reason, key, status="open", done_on=None)


def every(records: Records, review: str | None = None, upto: int | None = None) -> list[Decision]:
    """Of one review, or of all, in the order in which they were taken; at an entry of the trail, or now."""
    with records.read() as session:
        rows = latest(session, ReviewDecisionRow, upto)
        return [_decision(row, entry) for row, entry in rows if review in (None, row.review)]


def revisions(records: Records, id: str) -> list[Decision]:
    """Newest first."""
    with records.read() as session:
        found(session, ReviewDecisionRow, id)
        return [_decision(row, entry) for row, entry in history(session, ReviewDecisionRow, id)]


def _revised(
    records: Records, id: str, seen: int, who: Who, action: str, reason: str, key: str | None, **changes: Any
) -> Decision:
    with records.change(who, action, reason, key) as change:
        row = revised(change.session, ReviewDecisionRow, id, seen)
        if (row.status == "open") == (changes.get("status") == "open"):
            raise RecordError(_as_it_is(id, row.status))
        for name, value in changes.items():
            setattr(row, name, value)
        entry = change.keep(row)
        return _decision(row, entry)


def _as_it_is(id: str, status: str) -> Text:
    return {
        "open": say("decision '{id}' is open already; nothing was changed", id=id),
        "done": say("decision '{id}' is done; open it again first", id=id),
        "dropped": say("decision '{id}' is dropped; open it again first", id=id),
    }[status]


def _decision(row: ReviewDecisionRow, entry: EntryRow | Entry) -> Decision:
    at = dt.datetime.fromisoformat(entry.at)
    return Decision(
        row.review, row.input, row.kind, row.what, row.owner, row.due_on,
        row.id, row.revision, row.status, row.done_on, entry.actor, at, entry.reason,
    )  # fmt: skip
