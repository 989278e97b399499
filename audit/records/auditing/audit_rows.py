"""An audit as people see it, and as its table keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from audit.auditing.audit_state import CHANGEABLE, OPENED, State
from audit.auditing.independence import Doubt, doubts
from audit.auditing.plan import Auditor, PlanItem
from audit.auditing.since import Changed
from audit.errors import RecordError
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.audits import AuditRow
from audit.text import Text
from audit.wording import say

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
            raise RecordError(
                say(
                    "'{name}' of an audit cannot be written; write one of: {known}",
                    name=name,
                    known=", ".join(sorted(WRITTEN)),
                )
            )
    kept = {name: _column(value, name) for name, value in written.items()}
    if "title" in kept:
        stated(kept["title"], say("the title of the audit"), say("what people call the audit"))
    if "edition" in kept:
        stated(kept["edition"], say("the edition of the audit"), say("one, as in iso-9001-2015"))
    for row in kept.get("auditors", []):
        stated(row["name"], say("the name of an auditor"), say("it, or remove the line"))
    for row in kept.get("plan", []):
        stated(row["what"], say("what a line of the plan audits"), say("a clause or a process, or remove the line"))
    return kept


def _column(value: Any, name: str) -> Any:
    if isinstance(value, Auditor | PlanItem):
        return {part: _column(getattr(value, part), part) for part in (field.name for field in fields(value))}
    if isinstance(value, list | tuple):
        return [_column(each, name) for each in value]
    if isinstance(value, dt.date) and name == "day":
        return value.isoformat()
    return readable(value.strip(), say("'{name}' of the audit", name=name)) if isinstance(value, str) else value


def state_word(state: str) -> Text:
    """As it stands within a sentence."""
    words = {
        State.PLANNED: say("Planned"),
        State.IN_PROGRESS: say("In progress"),
        State.REPORTING: say("Reporting"),
        State.CLOSED: say("Closed"),
    }
    return Text(en=state, zh=words[State(state)].zh)
