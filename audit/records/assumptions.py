"""What the organisation assumes: who set which number, when, why and from where. Each change is a revision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from audit.access.person import Who
from audit.assumption import NAMES, Assumption, AssumptionName
from audit.errors import RecordError
from audit.records.database import Change, Records
from audit.records.statement import one_of, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.assumptions import AssumptionRow
from audit.records.versions import found, last, latest, revised
from audit.unfit import reason_of
from audit.wording import say

ACTION = "set assumption"


@dataclass(frozen=True)
class Revision:
    """How it read, and who wrote that when and why."""

    assumption: Assumption
    actor: str
    at: dt.datetime
    reason: str


def set_assumption(
    records: Records, new: Assumption, who: Who, reason: str, seen: int | None = None, key: str | None = None
) -> Assumption:
    """The first of its name, or another value for it. `seen` is the revision that the person looked at, 0 for none."""
    if new.value is None:
        raise RecordError(say("the assumption has no value; write a number, or withdraw it"))
    reason = stated(reason, say("the reason for the assumption"), say("why the organisation believes it"))
    with records.change(who, ACTION, reason, key) as change:
        return _kept(change, new, seen)


def withdraw(
    records: Records, name: AssumptionName, seen: int | None, who: Who, reason: str, key: str | None = None
) -> Assumption:
    """Nothing is assumed any more; what was assumed before stays in the history."""
    one_of(name, NAMES, say("assumption"))
    reason = stated(reason, say("the reason for withdrawing the assumption"), say("why it does not hold"))
    with records.change(who, ACTION, reason, key) as change:
        former = _assumption(found(change.session, AssumptionRow, name))
        return _kept(change, former.model_copy(update={"value": None}), seen)


def every(records: Records) -> list[Revision]:
    """The last word on each that was ever set, withdrawn ones too, in the order in which people are asked for them."""
    with records.read() as session:
        kept = {row.id: _revision(row, entry) for row, entry in latest(session, AssumptionRow)}
    return [kept[name] for name in NAMES if name in kept]


def standing(records: Records) -> dict[AssumptionName, float]:
    """What is assumed now."""
    return {each.assumption.name: each.assumption.value for each in every(records) if each.assumption.value is not None}


def assumption_of(values: dict[str, Any]) -> Assumption:
    """Of what a person wrote. Raises RecordError where it makes no sense."""
    try:
        return Assumption.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where, why = str(first["loc"][-1]) if first["loc"] else "", reason_of(first)
        raise RecordError(say("{where}: {mistake}", where=where, mistake=why) if where else why) from None


def _kept(change: Change, new: Assumption, seen: int | None) -> Assumption:
    values = {"value": new.value} | {
        name: readable(getattr(new, name), say("'{name}' of the assumption", name=name)) for name in ("owner", "source")
    }
    if last(change.session, AssumptionRow, new.name):
        row = revised(change.session, AssumptionRow, new.name, seen, **values)
    else:
        row = AssumptionRow(id=new.name, revision=1, **values)
    change.keep(row)
    return _assumption(row)


def _assumption(row: AssumptionRow) -> Assumption:
    return Assumption.model_validate(
        {"name": row.id, "value": row.value, "owner": row.owner, "source": row.source, "revision": row.revision}
    )


def _revision(row: AssumptionRow, entry: EntryRow) -> Revision:
    return Revision(_assumption(row), entry.actor, dt.datetime.fromisoformat(entry.at), entry.reason)
