"""What an auditor concluded beside what the software proposed, and why where the two differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, select

from audit.errors import RecordError
from audit.evidence import Verdict
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables import DecisionRow, EntryRow


@dataclass(frozen=True)
class Decision:
    requirement_id: str
    run: str
    """The run whose evidence the auditor looked at."""
    proposed: Verdict
    concluded: Verdict
    actor: str
    reason: str
    at: dt.datetime

    @property
    def departs(self) -> bool:
        return self.concluded != self.proposed


def conclude(
    records: Records, requirement_id: str, run: str, proposed: Verdict, concluded: Verdict, actor: str, reason: str = ""
) -> Decision:
    """Concluding again makes a new decision in the former's place; the former stays in the history."""
    requirement_id = stated(requirement_id, "the requirement", "its id, as in 9.1.2-a")
    run = stated(run, "the run", "the id of the run whose evidence was looked at")
    proposed, concluded = _verdict(proposed), _verdict(concluded)
    _require_reason(requirement_id, proposed, concluded, reason)
    row = DecisionRow(requirement_id=requirement_id, run=run, proposed=str(proposed), concluded=str(concluded))
    with records.change(actor, "conclude", reason) as change:
        entry = change.keep(row)
        return Decision(requirement_id, run, proposed, concluded, entry.actor, entry.reason, entry.time)


def current(records: Records) -> dict[str, Decision]:
    """The last decision on each requirement, whatever run it was about."""
    with records.read() as session:
        return {row.requirement_id: _decision(row, entry) for row, entry in session.execute(_asked())}


def history(records: Records, requirement_id: str) -> list[Decision]:
    """Newest first."""
    with records.read() as session:
        found = session.execute(_asked().where(DecisionRow.requirement_id == requirement_id))
        return [_decision(row, entry) for row, entry in found][::-1]


def _require_reason(requirement_id: str, proposed: Verdict, concluded: Verdict, reason: str) -> None:
    if reason.strip():
        return
    if concluded != proposed:
        raise RecordError(
            f"{requirement_id}: '{concluded}' departs from the proposed '{proposed}'; write the reason for it"
        )
    if concluded == Verdict.NOT_APPLICABLE:
        raise RecordError(f"{requirement_id}: 'not applicable' needs a justification; write it as the reason")


def _verdict(value: str) -> Verdict:
    try:
        return Verdict(value)
    except ValueError as error:
        raise RecordError(f"'{value}' is no verdict; write one of: {', '.join(Verdict)}") from error


def _asked() -> Select[DecisionRow, EntryRow]:
    return select(DecisionRow, EntryRow).join(EntryRow, EntryRow.seq == DecisionRow.seq).order_by(DecisionRow.seq)


def _decision(row: DecisionRow, entry: EntryRow) -> Decision:
    proposed, concluded = Verdict(row.proposed), Verdict(row.concluded)
    at = dt.datetime.fromisoformat(entry.at)
    return Decision(row.requirement_id, row.run, proposed, concluded, entry.actor, entry.reason, at)
