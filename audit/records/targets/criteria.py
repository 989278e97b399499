"""The organisation's own criteria where they depart from the checklist's defaults: who set them, why, since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables import EntryRow
from audit.records.tables.judging import CriterionRow
from audit.records.versions import unchanged
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Criterion:
    evidence_id: str
    limits: dict[str, str]
    """As a checklist writes them: {"at_least": "25 %"}. Empty means the checklist's default again."""
    actor: str
    reason: str
    at: dt.datetime


def set_criterion(
    records: Records,
    evidence_id: str,
    limits: dict[str, str],
    actor: Who,
    reason: str,
    key: str | None = None,
    seen: int | None = None,
) -> Criterion:
    """Whether the limits make sense for this evidence is for the caller to check: the records know no checklist."""
    if not limits:
        raise RecordError(
            say("the criterion of '{id}' has no limits; write at least one, as in at_least: 25 %", id=evidence_id)
        )
    texts = {
        _text(name, say("a limit's name")): _text(value, say("the limit '{name}'", name=name))
        for name, value in limits.items()
    }
    return _keep(records, CriterionRow(evidence_id=evidence_id, limits=texts), actor, "set", reason, key, seen)


def reset(
    records: Records, evidence_id: str, actor: Who, reason: str, key: str | None = None, seen: int | None = None
) -> Criterion:
    """Back to the checklist's default; the departures before it stay in the history."""
    return _keep(records, CriterionRow(evidence_id=evidence_id, limits={}), actor, "reset", reason, key, seen)


def current(records: Records) -> dict[str, Criterion]:
    """Departures from the default that hold now, by evidence id."""
    with records.read() as session:
        latest = {row.evidence_id: _criterion(row, entry) for row, entry in session.execute(_asked())}
    return {evidence_id: criterion for evidence_id, criterion in latest.items() if criterion.limits}


def history(records: Records, evidence_id: str) -> list[Criterion]:
    """Newest first, resets included."""
    with records.read() as session:
        found = session.execute(_asked().where(CriterionRow.evidence_id == evidence_id))
        return [_criterion(row, entry) for row, entry in found][::-1]


def _keep(
    records: Records, row: CriterionRow, actor: Who, action: str, reason: str, key: str | None, seen: int | None
) -> Criterion:
    row.evidence_id = stated(row.evidence_id, say("the evidence"), say("its id, as in 9.1.2-a-1"))
    reason = stated(reason, say("the reason of the criterion"), say("why the organisation chose it"))
    with records.change(actor, action, reason, key) as change:
        about = CriterionRow.evidence_id == row.evidence_id
        unchanged(change.session, CriterionRow, about, seen, say("the criterion of {id}", id=row.evidence_id))
        entry = change.keep(row)
        return Criterion(row.evidence_id, row.limits, entry.actor, entry.reason, entry.time)


def _text(value: Any, what: Text) -> str:
    if not isinstance(value, str):
        raise RecordError(say("{what} is {value}; write it as text, as in '25 %'", what=what, value=repr(value)))
    return stated(value, what, say("it as text, as in '25 %'"))


def _asked() -> Select[CriterionRow, EntryRow]:
    return select(CriterionRow, EntryRow).join(EntryRow, EntryRow.seq == CriterionRow.seq).order_by(CriterionRow.seq)


def _criterion(row: CriterionRow, entry: EntryRow) -> Criterion:
    return Criterion(row.evidence_id, row.limits, entry.actor, entry.reason, dt.datetime.fromisoformat(entry.at))
