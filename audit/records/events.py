"""Notes of what happened to a process, with the history of each. Which figures there are, the records do not know."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, fields
from typing import Any

from audit.access.person import Who
from audit.errors import RecordError
from audit.event import Event as Event
from audit.event import NewEvent as NewEvent
from audit.records.database import Records
from audit.records.statement import day, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.events import EventRow
from audit.records.trail.entry import Entry
from audit.records.versions import latest, next_id, revised
from audit.wording import say

ACTION = "note event"
LONGEST = 300
"""Signs of a note, which stands beside a chart."""
CHANGEABLE = tuple(field.name for field in fields(NewEvent))


def note(records: Records, new: NewEvent, who: Who, key: str | None = None) -> Event:
    written = _written(asdict(new), records.clock())
    with records.change(who, ACTION, key=key) as change:
        row = EventRow(id=next_id(change.session, EventRow, "EVT"), revision=1, withdrawn=False, **written)
        return _event(row, change.keep(row))


def revise(
    records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None, **changes: Any
) -> Event:
    """`seen` is the revision that the person looked at; raises Stale where it is no longer the last one."""
    for name in changes:
        if name not in CHANGEABLE:
            raise RecordError(
                say(
                    "'{name}' of an event cannot be written; write one of: {known}",
                    name=name,
                    known=", ".join(CHANGEABLE),
                )
            )
    reason = stated(reason, say("the reason for changing the event"), say("what was changed and why"))
    with records.change(who, ACTION, reason, key) as change:
        row = revised(change.session, EventRow, id, seen)
        _refuse_withdrawn(row)
        for name, value in _written(
            {name: getattr(row, name) for name in CHANGEABLE} | changes, records.clock()
        ).items():
            setattr(row, name, value)
        return _event(row, change.keep(row))


def withdraw(records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None) -> Event:
    """It stands in the register, and on no chart any more."""
    reason = stated(reason, say("the reason for withdrawing the event"), say("why it does not count"))
    with records.change(who, ACTION, reason, key) as change:
        row = revised(change.session, EventRow, id, seen)
        _refuse_withdrawn(row)
        row.withdrawn = True
        return _event(row, change.keep(row))


def every(records: Records) -> list[Event]:
    """The register in order of days, withdrawn ones included."""
    with records.read() as session:
        kept = [_event(row, entry) for row, entry in latest(session, EventRow)]
    return sorted(kept, key=lambda event: (event.day, event.id))


def of(records: Records, kpi: str, by: str = "", group: str = "") -> list[Event]:
    """Those that a chart of this figure and group shows, in order of days: what was withdrawn is left out."""
    return [event for event in every(records) if not event.withdrawn and event.concerns(kpi, by, group)]


def _refuse_withdrawn(row: EventRow) -> None:
    if row.withdrawn:
        raise RecordError(say("event '{id}' was withdrawn and stays so; note a new one instead", id=row.id))


def _written(values: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    texts = {
        name: readable(value.strip(), say("'{name}'", name=name))
        for name, value in values.items()
        if isinstance(value, str)
    }
    stated(texts["words"], say("what happened"), say("it in one sentence, without names of customers"))
    if len(texts["words"]) > LONGEST:
        raise RecordError(
            say(
                "what happened takes {count} characters and stands beside a chart; write at most {most}",
                count=str(len(texts["words"])),
                most=LONGEST,
            )
        )
    if bool(texts["by"]) != bool(texts["group"]):
        raise RecordError(say("whom it concerns is half named; write the kind of group and the group, or neither"))
    if values["day"] is None:
        raise RecordError(say("the day of the event is missing; write the day on which it happened"))
    day(values["day"], say("the day of the event"), now)
    return values | texts


def _event(row: EventRow, entry: EntryRow | Entry) -> Event:
    written = {name: getattr(row, name) for name in CHANGEABLE}
    return Event(
        **written, id=row.id, revision=row.revision, withdrawn=row.withdrawn, actor=entry.actor,
        at=dt.datetime.fromisoformat(entry.at), reason=entry.reason,
    )  # fmt: skip
