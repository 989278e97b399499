"""You said, we did: what customers said, what was improved for whom because of it, and when they were told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import day, one_of, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.findings import ActionRow
from audit.records.tables.reviews import ImprovementRow
from audit.records.trail.entry import Entry
from audit.records.versions import found, latest, next_id, revised
from audit.review import HEARD
from audit.wording import say


@dataclass(frozen=True)
class NewImprovement:
    """`said` is in words of one's own: what a row of data says is named by its key in `reference`, never copied."""

    said: str
    source: str
    did: str
    reference: str = ""
    by: str = ""
    """ "customer", or a dimension such as segment; "" for everybody."""
    group: str = ""
    done_on: dt.date | None = None
    action: str = ""
    told_on: dt.date | None = None
    told_how: str = ""


@dataclass(frozen=True)
class Improvement(NewImprovement):
    id: str = ""
    revision: int = 1
    actor: str = ""
    at: dt.datetime | None = None

    @property
    def untold(self) -> bool:
        return self.told_on is None


PSEUDONYM = re.compile(r"c-[0-9a-f]{20}")
LONGEST_KEY = 120
PARTS = tuple(field.name for field in fields(NewImprovement))


def keep(records: Records, new: NewImprovement, who: Who, key: str | None = None) -> Improvement:
    written = _written(asdict(new), records.clock())
    with records.change(who, "improve", key=key) as change:
        if written["action"]:
            found(change.session, ActionRow, written["action"])
        row = ImprovementRow(id=next_id(change.session, ImprovementRow, "YS"), revision=1, **written)
        entry = change.keep(row)
        return _improvement(row, entry)


def tell(
    records: Records,
    id: str,
    seen: int,
    who: Who,
    on: dt.date,
    how: str,
    key: str | None = None,
    done_on: dt.date | None = None,
) -> Improvement:
    """That the customer was told what was done; `done_on` where that was not written down before."""
    changes: dict[str, Any] = {"told_on": on, "told_how": how} | ({"done_on": done_on} if done_on else {})
    with records.change(who, "improve", key=key) as change:
        row = revised(change.session, ImprovementRow, id, seen)
        written = _written({name: getattr(row, name) for name in PARTS} | changes, records.clock())
        for name, value in written.items():
            setattr(row, name, value)
        entry = change.keep(row)
        return _improvement(row, entry)


def every(records: Records) -> list[Improvement]:
    """Those of which no customer was told yet first, the oldest of them first; then the others, the newest first."""
    with records.read() as session:
        kept = [_improvement(row, entry) for row, entry in latest(session, ImprovementRow)]
    told = sorted((each for each in kept if each.told_on), key=lambda each: each.told_on or dt.date.min, reverse=True)
    return [*(each for each in kept if each.untold), *told]


def _written(values: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    texts = {
        name: readable(value.strip(), say("'{name}'", name=name))
        for name, value in values.items()
        if isinstance(value, str)
    }
    stated(texts["said"], say("what was said"), say("it in one sentence of your own"))
    stated(texts["did"], say("what was done"), say("it in one sentence"))
    one_of(texts["source"], HEARD, say("way in which it was heard"))
    if bool(texts["by"]) != bool(texts["group"]):
        raise RecordError(say("for whom it was done is half named; write the kind of group and the group, or neither"))
    _name_nobody(texts["by"], texts["group"], texts["reference"])
    _in_order(values["done_on"], values["told_on"], texts["told_how"], now)
    return values | texts


def _name_nobody(by: str, group: str, reference: str) -> None:
    """Entries of the trail can never be erased, so a customer stands there by the pseudonym and a row by its key."""
    if by == "customer" and not PSEUDONYM.fullmatch(group):
        raise RecordError(
            say(
                "the customer is not named by the pseudonym; copy it from the rows behind a figure, as in "
                "c-2e07c5bf8be2d2f26a86"
            )
        )
    if len(reference) > LONGEST_KEY or not reference.isprintable():
        raise RecordError(
            say(
                "the reference is no key; write only what it is known by, in one line of at most {most} characters: "
                "its content stays where it is",
                most=LONGEST_KEY,
            )
        )


def _in_order(done_on: dt.date | None, told_on: dt.date | None, how: str, now: dt.datetime) -> None:
    day(done_on, say("the day on which it was done"), now)
    day(told_on, say("the day on which the customer was told"), now)
    if told_on is None:
        if how:
            raise RecordError(say("the day on which the customer was told is missing; write it, or leave out how"))
        return
    stated(how, say("how the customer was told"), say("it, as in 'letter' or 'newsletter of March'"))
    if done_on is None:
        raise RecordError(
            say(
                "the customer was told on {told} of what has no day on which it was done; write a day before it was "
                "told",
                told=told_on.isoformat(),
            )
        )
    if told_on < done_on:
        raise RecordError(
            say(
                "the customer was told on {told} of what was done on {done}; write a day before it was told",
                told=told_on.isoformat(),
                done=done_on.isoformat(),
            )
        )


def _improvement(row: ImprovementRow, entry: EntryRow | Entry) -> Improvement:
    written = {name: getattr(row, name) for name in PARTS}
    at = dt.datetime.fromisoformat(entry.at)
    return Improvement(**written, id=row.id, revision=row.revision, actor=entry.actor, at=at)
