"""The organisation's objectives: who set which target, from when, and why. Each change is a revision of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from audit.errors import RecordError
from audit.objective import Objective, Target
from audit.person import Who
from audit.records.database import Change, Records
from audit.records.statement import one_of, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.objectives import ObjectiveRow
from audit.records.versions import found, history, last, latest, next_id, revised

ACTION = "set objective"
CHANGEABLE = ("title", "kpi", "by", "group", "grain", "targets", "owner", "why", "retired_on")


@dataclass(frozen=True)
class Revision:
    """How it read, and who wrote that when and why."""

    objective: Objective
    actor: str
    at: dt.datetime
    reason: str


def set_objective(records: Records, new: Objective, who: Who, key: str | None = None) -> Objective:
    """A new one; it gets the next id, also where `new` carries one."""
    with records.change(who, ACTION, new.why, key) as change:
        return _begun(change, new.model_copy(update={"id": ""}))


def revise(
    records: Records, id: str, seen: int | None, who: Who, reason: str, key: str | None = None, **changes: Any
) -> Objective:
    reason = stated(reason, "the reason for changing the objective", "what was changed and why")
    for name in changes:
        one_of(name, CHANGEABLE, "part of an objective that can be changed")
    with records.change(who, ACTION, reason, key) as change:
        former = _objective(found(change.session, ObjectiveRow, id))
        return _revised(change, _with(former, changes), seen)


def step(
    records: Records, id: str, seen: int | None, who: Who, target: Target, reason: str, key: str | None = None
) -> Objective:
    """Another target from a day on; it takes the place of a step that begins on the same day."""
    reason = stated(reason, "the reason for the new target", "why it changes")
    with records.change(who, ACTION, reason, key) as change:
        former = _objective(found(change.session, ObjectiveRow, id))
        others = (each for each in former.targets if each.since != target.since)
        steps = tuple(sorted((*others, target), key=lambda each: each.since))
        return _revised(change, _with(former, {"targets": steps}), seen)


def retire(
    records: Records, id: str, seen: int | None, who: Who, on: dt.date, reason: str, key: str | None = None
) -> Objective:
    """`on` is the last day on which it counts; what was judged before stays."""
    return revise(records, id, seen, who, reason, key, retired_on=on)


def keep_all(
    records: Records, every: Iterable[Objective], who: Who, reason: str, key: str | None = None
) -> list[Objective]:
    """
    As they are written, in one change or not at all: each becomes the next revision of the one with its id, or a new
    one. The revision that an objective carries, unless it is 0, must be the one that is there.
    """
    reason = stated(reason, "the reason for changing the objectives", "where they come from and why")
    with records.change(who, ACTION, reason, key) as change:
        kept = []
        for each in every:
            known = bool(each.id) and last(change.session, ObjectiveRow, each.id)
            kept.append(_revised(change, each, each.revision or None) if known else _begun(change, each))
        return kept


def every(records: Records) -> list[Objective]:
    """Retired ones too, in the order in which they were set."""
    with records.read() as session:
        return [_objective(row) for row, _entry in latest(session, ObjectiveRow)]


def find(records: Records, id: str) -> Objective:
    """Raises RecordError, naming the last ones, where there is none."""
    with records.read() as session:
        return _objective(found(session, ObjectiveRow, id))


def revisions(records: Records, id: str) -> list[Revision]:
    """Newest first."""
    with records.read() as session:
        found(session, ObjectiveRow, id)
        return [_as_revision(row, entry) for row, entry in history(session, ObjectiveRow, id)]


def written(objective: Objective) -> dict[str, Any]:
    """What the table holds of it, by column."""
    told = objective.model_dump(mode="json", include=set(CHANGEABLE))
    steps = [{name: value for name, value in step.items() if value is not None} for step in told["targets"]]
    return {**told, "targets": steps, "retired_on": objective.retired_on}


def objective_of(values: dict[str, Any]) -> Objective:
    """Of what a person wrote. Raises RecordError where it makes no sense."""
    try:
        return Objective.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = str(first["loc"][-1]).replace("_", " ") if first["loc"] else ""
        message = first["msg"].removeprefix("Value error, ")
        raise RecordError(f"{where}: {message}" if where else message) from None


def _with(former: Objective, changes: dict[str, Any]) -> Objective:
    return objective_of({name: getattr(former, name) for name in ("id", *CHANGEABLE)} | changes)


def _begun(change: Change, new: Objective) -> Objective:
    id = new.id or next_id(change.session, ObjectiveRow, "OBJ")
    return _kept(change, ObjectiveRow(**_readable(new), id=id, revision=1))


def _revised(change: Change, objective: Objective, seen: int | None) -> Objective:
    row = revised(change.session, ObjectiveRow, objective.id, seen, **_readable(objective))
    return _kept(change, row)


def _kept(change: Change, row: ObjectiveRow) -> Objective:
    _refuse_second_title(change.session, row)
    change.keep(row)
    return _objective(row)


def _refuse_second_title(session: Session, row: ObjectiveRow) -> None:
    """People, and files, know an objective by its title."""
    for other, _entry in latest(session, ObjectiveRow):
        if other.title == row.title and other.id != row.id and not (other.retired_on or row.retired_on):
            raise RecordError(f"'{row.title}' is the title of objective {other.id}; change that one, or write another")


def _readable(objective: Objective) -> dict[str, Any]:
    told = written(objective)
    return {
        name: readable(value, f"'{name}' of the objective") if isinstance(value, str) else value
        for name, value in told.items()
    }


def _objective(row: ObjectiveRow) -> Objective:
    values = {name: getattr(row, name) for name in ("id", "revision", *CHANGEABLE)}
    return Objective.model_validate(values)


def _as_revision(row: ObjectiveRow, entry: EntryRow) -> Revision:
    return Revision(_objective(row), entry.actor, dt.datetime.fromisoformat(entry.at), entry.reason)
