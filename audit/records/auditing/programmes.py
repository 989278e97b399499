"""The audit programme: which audits a period holds, what for, and what could get in their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from audit.access.person import Who
from audit.auditing.programme import PlannedAudit
from audit.errors import RecordError
from audit.records.database import Change, Records
from audit.records.statement import in_order, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.audits import ProgrammeRow
from audit.records.versions import latest, next_id, revised
from audit.wording import say


@dataclass(frozen=True)
class NewProgramme:
    title: str
    objectives: str = ""
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    risks: str = ""
    opportunities: str = ""
    responsible: str = ""
    planned: tuple[PlannedAudit, ...] = ()


@dataclass(frozen=True)
class Programme(NewProgramme):
    id: str = ""
    revision: int = 1
    actor: str = ""
    at: dt.datetime = dt.datetime.min
    reason: str = ""


def create(records: Records, new: NewProgramme, who: Who, key: str | None = None) -> Programme:
    written = _columns({field.name: getattr(new, field.name) for field in fields(NewProgramme)})
    with records.change(who, "programme", key=key) as change:
        return _kept(change, ProgrammeRow(**written, id=next_id(change.session, ProgrammeRow, "PRG"), revision=1))


def revise(
    records: Records,
    id: str,
    who: Who,
    reason: str = "",
    seen: int | None = None,
    key: str | None = None,
    **changes: Any,
) -> Programme:
    written = _columns(changes)
    with records.change(who, "programme", reason, key) as change:
        return _kept(change, revised(change.session, ProgrammeRow, id, seen, **written))


def every(records: Records) -> list[Programme]:
    """In the order in which they were created."""
    with records.read() as session:
        return [_programme(row, entry) for row, entry in latest(session, ProgrammeRow)]


def _kept(change: Change, row: ProgrammeRow) -> Programme:
    in_order(row.period_from, row.period_to, ("period_from", "period_to"))
    change.keep(row)
    return _programme(row, change.session.get_one(EntryRow, row.seq))


def _columns(written: dict[str, Any]) -> dict[str, Any]:
    known = [field.name for field in fields(NewProgramme)]
    for name in written:
        if name not in known:
            raise RecordError(
                say(
                    "'{name}' of a programme cannot be written; write one of: {known}",
                    name=name,
                    known=", ".join(known),
                )
            )
    kept = {name: _column(value, name) for name, value in written.items()}
    if "title" in kept:
        stated(kept["title"], say("the title of the programme"), say("what people call it"))
    return kept


def _column(value: Any, name: str) -> Any:
    if name == "planned":
        return _planned_rows(value)
    return readable(value.strip(), say("'{name}' of the programme", name=name)) if isinstance(value, str) else value


def _planned_rows(planned: Sequence[PlannedAudit]) -> list[dict[str, Any]]:
    return [
        {
            "title": stated(each.title, say("the title of a planned audit"), say("it, or remove the line")),
            "month": each.month and each.month.isoformat(),
            "scope": readable(each.scope.strip(), say("the scope of a planned audit")),
        }
        for each in planned
    ]


def _programme(row: ProgrammeRow, entry: EntryRow) -> Programme:
    own = {field.name: getattr(row, field.name) for field in fields(NewProgramme)}
    planned = tuple(
        PlannedAudit(each["title"], each["month"] and dt.date.fromisoformat(each["month"]), each["scope"])
        for each in row.planned
    )
    return Programme(
        **own | {"planned": planned}, id=row.id, revision=row.revision, actor=entry.actor,
        at=dt.datetime.fromisoformat(entry.at), reason=entry.reason,
    )  # fmt: skip
