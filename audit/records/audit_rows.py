"""An audit as people see it, and as its table keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from audit.audit_state import CHANGEABLE, OPENED, State
from audit.errors import RecordError
from audit.independence import Doubt, doubts
from audit.plan import Auditor, PlanItem
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.audits import AuditRow
from audit.since import Changed

WRITTEN = CHANGEABLE[State.PLANNED]


@dataclass(frozen=True)
class NewAudit:
    """What a person writes."""

    title: str
    edition: str
    packs: tuple[str, ...] = ()
    objectives: str = ""
    scope: str = ""
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    lead: str = ""
    auditors: tuple[Auditor, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    programme: str = ""


@dataclass(frozen=True)
class Audit:
    id: str
    revision: int
    programme: str
    title: str
    objectives: str
    scope: str
    edition: str
    packs: tuple[str, ...]
    period_from: dt.date | None
    period_to: dt.date | None
    lead: str
    auditors: tuple[Auditor, ...]
    plan: tuple[PlanItem, ...]
    state: State
    previous: str
    """The audit from which it was opened."""
    run: str
    """The run that was looked at when it last moved on."""
    asked: tuple[str, ...]
    """The requirements of its criteria, as they stood when it began."""
    changed: tuple[Changed, ...]
    """What is not as it was at the previous audit."""
    doubts: tuple[Doubt, ...]
    left_open: tuple[str, ...]
    """Requirements that were not concluded when it was closed; the reason stands with the closing."""
    actor: str
    at: dt.datetime
    reason: str

    @property
    def opened(self) -> bool:
        return self.state in OPENED


def audit(row: AuditRow, entry: EntryRow) -> Audit:
    own = [field.name for field in fields(Audit) if field.name not in ("actor", "at", "reason")]
    values = {name: getattr(row, name) for name in own} | {
        "packs": tuple(row.packs),
        "auditors": auditors(row.auditors),
        "plan": plan(row.plan),
        "state": State(row.state),
        "asked": tuple(row.asked),
        "changed": tuple(Changed(**each) for each in row.changed),
        "doubts": tuple(Doubt(**each) for each in row.doubts),
        "left_open": tuple(row.left_open),
    }
    return Audit(**values, actor=entry.actor, at=dt.datetime.fromisoformat(entry.at), reason=entry.reason)


def auditors(rows: Sequence[dict[str, Any]]) -> tuple[Auditor, ...]:
    return tuple(Auditor(**row | {"works_in": tuple(row["works_in"])}) for row in rows)


def plan(rows: Sequence[dict[str, Any]]) -> tuple[PlanItem, ...]:
    return tuple(PlanItem(**row | {"day": row["day"] and dt.date.fromisoformat(row["day"])}) for row in rows)


def doubted(row: AuditRow) -> list[dict[str, Any]]:
    return [asdict(doubt) for doubt in doubts(row.lead, auditors(row.auditors), plan(row.plan))]


def columns(written: dict[str, Any]) -> dict[str, Any]:
    """What a person wrote, as the table keeps it. Raises RecordError for what cannot be kept."""
    for name in written:
        if name not in WRITTEN:
            raise RecordError(f"'{name}' of an audit cannot be written; write one of: {', '.join(sorted(WRITTEN))}")
    kept = {name: _column(value, name) for name, value in written.items()}
    for name, instead in (("title", "what people call the audit"), ("edition", "one, as in iso-9001-2015")):
        if name in kept:
            stated(kept[name], f"the {name} of the audit", instead)
    for row in kept.get("auditors", []):
        stated(row["name"], "the name of an auditor", "it, or remove the line")
    for row in kept.get("plan", []):
        stated(row["what"], "what a line of the plan audits", "a clause or a process, or remove the line")
    return kept


def _column(value: Any, name: str) -> Any:
    if isinstance(value, Auditor | PlanItem):
        return {part: _column(getattr(value, part), part) for part in (field.name for field in fields(value))}
    if isinstance(value, list | tuple):
        return [_column(each, name) for each in value]
    if isinstance(value, dt.date) and name == "day":
        return value.isoformat()
    return readable(value.strip(), f"'{name}' of the audit") if isinstance(value, str) else value
