"""What is planned for a gap: how much work it is, who does it, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast, get_args

from sqlalchemy import func, select

from audit.access.person import Who
from audit.errors import RecordError
from audit.readiness import Effort
from audit.records.database import Records
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.judging import GapRow
from audit.records.versions import unchanged
from audit.wording import say

EFFORTS: tuple[Effort, ...] = get_args(Effort)


@dataclass(frozen=True)
class GapPlan:
    requirement_id: str
    effort: Effort
    owner: str
    due_on: dt.date | None
    note: str
    actor: str = ""


def plan(records: Records, planned: GapPlan, actor: Who, key: str | None = None, seen: int | None = None) -> GapPlan:
    """Planning again makes a new plan in the former's place; the former stays in the trail."""
    if planned.effort not in EFFORTS:
        raise RecordError(
            say("'{effort}' is no effort; write one of: {known}", effort=planned.effort, known=", ".join(EFFORTS))
        )
    row = GapRow(
        requirement_id=stated(planned.requirement_id, say("the requirement"), say("its id, as in 9.1.2-a")),
        effort=planned.effort,
        owner=readable(planned.owner.strip(), say("the owner")),
        due_on=planned.due_on,
        note=readable(planned.note.strip(), say("the note")),
    )
    with records.change(actor, "plan", row.note, key) as change:
        about = GapRow.requirement_id == row.requirement_id
        what = say("the plan for {requirement}", requirement=row.requirement_id)
        unchanged(change.session, GapRow, about, seen, what)
        return _plan(row, change.keep(row).actor)


def current(records: Records) -> dict[str, GapPlan]:
    with records.read() as session:
        asked = select(GapRow, EntryRow).join(EntryRow, EntryRow.seq == GapRow.seq).order_by(GapRow.seq)
        return {row.requirement_id: _plan(row, entry.actor) for row, entry in session.execute(asked)}


def times(records: Records, requirement_id: str) -> int:
    """How often it was planned."""
    with records.read() as session:
        asked = select(func.count()).select_from(GapRow).where(GapRow.requirement_id == requirement_id)
        return session.scalar(asked) or 0


def _plan(row: GapRow, actor: str) -> GapPlan:
    return GapPlan(row.requirement_id, cast(Effort, row.effort), row.owner, row.due_on, row.note, actor)
