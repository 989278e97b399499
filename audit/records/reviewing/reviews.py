"""Management reviews, and what was put before them, frozen as it was known on the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import day, one_of, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.reviews import ReviewRow
from audit.records.trail.entry import Entry
from audit.records.versions import found, history, latest, next_id, revised
from audit.review import ADDED, INPUTS
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Input:
    """`known` is what the program could say on the day; it never changes afterwards. `note` is people's own."""

    input: str
    known: tuple[Text, ...] = ()
    note: str = ""


NO_RUN = "before the first run"
"""Instead of the id of a run, where there was none yet."""


@dataclass(frozen=True)
class NewReview:
    held_on: dt.date
    period_from: dt.date
    period_to: dt.date
    attendees: str
    run: str
    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True)
class Review(NewReview):
    id: str = ""
    revision: int = 1
    actor: str = ""
    at: dt.datetime | None = None


def hold(records: Records, new: NewReview, who: Who, key: str | None = None) -> Review:
    """
    Every input has its place in the review, also one about which nothing is known and nothing was noted; what a later
    edition added has one where it is given.
    """
    written = _written(new, records.clock())
    with records.change(who, "review", key=key) as change:
        row = ReviewRow(id=next_id(change.session, ReviewRow, "MR"), revision=1, **written)
        entry = change.keep(row)
        return _review(row, entry)


def note(
    records: Records, id: str, seen: int, who: Who, reason: str, notes: Mapping[str, str], key: str | None = None
) -> Review:
    """A revision with other words of people beside the inputs; what the program knew stays as it was."""
    reason = stated(reason, say("the reason for changing the review"), say("what was changed and why"))
    for text in notes.values():
        readable(text, say("the note"))
    with records.change(who, "review", reason, key) as change:
        row = revised(change.session, ReviewRow, id, seen)
        for name in notes:
            one_of(name, [each["input"] for each in row.inputs], say("input of a management review"))
        row.inputs = [{**each, "note": notes.get(each["input"], each["note"]).strip()} for each in row.inputs]
        entry = change.keep(row)
        return _review(row, entry)


def every(records: Records, upto: int | None = None) -> list[Review]:
    """The newest review first; at an entry of the trail, or now."""
    with records.read() as session:
        reviews = [_review(row, entry) for row, entry in latest(session, ReviewRow, upto)]
    return sorted(reviews, key=lambda review: (review.held_on, review.id), reverse=True)


def find(records: Records, id: str) -> Review:
    """Raises RecordError, naming the last ones, where there is none."""
    return revisions(records, id)[0]


def revisions(records: Records, id: str) -> list[Review]:
    """Newest first."""
    with records.read() as session:
        found(session, ReviewRow, id)
        return [_review(row, entry) for row, entry in history(session, ReviewRow, id)]


def _written(new: NewReview, now: dt.datetime) -> dict[str, Any]:
    day(new.held_on, say("the day of the review"), now)
    if new.period_from > new.period_to:
        raise RecordError(
            say(
                "the period begins on {first} and ends on {last}; write the earlier day first",
                first=new.period_from.isoformat(),
                last=new.period_to.isoformat(),
            )
        )
    for each in new.inputs:
        one_of(each.input, INPUTS, say("input of a management review"))
        readable(each.note, say("the note"))
    given = {each.input: each for each in new.inputs}
    return {
        "held_on": new.held_on,
        "period_from": new.period_from,
        "period_to": new.period_to,
        "attendees": stated(new.attendees, say("who took part"), say("names or functions")),
        "run": stated(new.run, say("the run that the review looked at"), say("its id")),
        "inputs": [_as_row(given.get(input, Input(input))) for input in INPUTS if input in given or input not in ADDED],
    }


def _as_row(each: Input) -> dict[str, Any]:
    known = [{"en": text.en, "zh": text.zh} for text in each.known]
    return {"input": each.input, "known": known, "note": each.note.strip()}


def _inputs(rows: Sequence[Mapping[str, Any]]) -> tuple[Input, ...]:
    return tuple(Input(row["input"], tuple(Text(**text) for text in row["known"]), row["note"]) for row in rows)


def _review(row: ReviewRow, entry: EntryRow | Entry) -> Review:
    at = dt.datetime.fromisoformat(entry.at)
    return Review(
        row.held_on, row.period_from, row.period_to, row.attendees, row.run, _inputs(row.inputs),
        row.id, row.revision, entry.actor, at,
    )  # fmt: skip
