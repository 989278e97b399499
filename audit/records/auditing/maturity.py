"""The level of maturity, 1 to 5, that an assessor gave a clause, and why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables import EntryRow
from audit.records.tables.judging import MaturityRow
from audit.records.versions import unchanged
from audit.wording import say


@dataclass(frozen=True)
class Rating:
    clause: str
    level: int
    actor: str
    reason: str


def rate(
    records: Records,
    clause: str,
    level: int,
    actor: Who,
    reason: str,
    key: str | None = None,
    seen: int | None = None,
) -> Rating:
    """Rating again makes a new rating in the former's place; the former stays in the trail."""
    if level not in range(1, 6):
        raise RecordError(say("{level} is no level of maturity; write 1 to 5", level=str(level)))
    row = MaturityRow(clause=stated(clause, say("the clause"), say("its number, as in 9.1.2")), level=level)
    reason = stated(reason, say("the reason of the level"), say("what was seen that fits the level's description"))
    with records.change(actor, "rate", reason, key) as change:
        what = say("the level of {clause}", clause=row.clause)
        unchanged(change.session, MaturityRow, MaturityRow.clause == row.clause, seen, what)
        entry = change.keep(row)
        return Rating(row.clause, row.level, entry.actor, entry.reason)


def current(records: Records) -> dict[str, Rating]:
    with records.read() as session:
        asked = select(MaturityRow, EntryRow).join(EntryRow, EntryRow.seq == MaturityRow.seq).order_by(MaturityRow.seq)
        return {
            row.clause: Rating(row.clause, row.level, entry.actor, entry.reason)
            for row, entry in session.execute(asked)
        }


def times(records: Records, clause: str) -> int:
    """How often it was rated."""
    with records.read() as session:
        return session.scalar(select(func.count()).select_from(MaturityRow).where(MaturityRow.clause == clause)) or 0
