"""How an audit moves on: begun, reported, closed. What must hold is looked up inside the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.audit_state import STEPS
from audit.errors import RecordError
from audit.person import Who
from audit.records import findings
from audit.records.audit_rows import Audit
from audit.records.audits import kept
from audit.records.database import Change, Records
from audit.records.opened_audit import opened_in
from audit.records.statement import readable, stated
from audit.records.tables.audits import AuditRow
from audit.records.tables.judging import DecisionRow
from audit.records.versions import revised
from audit.since import Changed

MOST_NAMED = 5


def begin(
    records: Records,
    id: str,
    asked: Sequence[str],
    who: Who,
    run: str = "",
    changed: Sequence[Changed] = (),
    seen: int | None = None,
    key: str | None = None,
) -> Audit:
    """`asked` are the requirements of its criteria, which the records do not know: from here on they are its own."""
    if not asked:
        raise RecordError(f"audit '{id}' asks nothing; choose an edition whose checklist has requirements")
    with records.change(who, "conduct audit", key=key) as change:
        row = _moved(change, "begin", id, seen, run, asked=list(dict.fromkeys(asked)))
        row.changed = [asdict(each) for each in changed]
        _require_written(row)
        _refuse_second(change.session, id)
        return kept(change, row)


def report(
    records: Records, id: str, who: Who, run: str = "", seen: int | None = None, key: str | None = None
) -> Audit:
    with records.change(who, "conduct audit", key=key) as change:
        return kept(change, _moved(change, "report", id, seen, run))


def resume(records: Records, id: str, who: Who, reason: str, seen: int | None = None, key: str | None = None) -> Audit:
    """Back from reporting to the audit itself."""
    reason = stated(reason, "the reason to go on with the audit", "what must still be looked at")
    with records.change(who, "conduct audit", reason, key) as change:
        row = _moved(change, "resume", id, seen)
        return kept(change, row)


def close(
    records: Records,
    id: str,
    who: Who,
    reason: str = "",
    run: str = "",
    seen: int | None = None,
    key: str | None = None,
) -> Audit:
    """Without a reason only where every requirement is concluded; never with a finding not yet stated and graded."""
    with records.change(who, "close audit", reason, key) as change:
        row = _moved(change, "close", id, seen, run)
        row.left_open = still_open(change.session, row)
        if row.left_open and not change.reason:
            raise RecordError(
                f"audit '{id}' leaves requirements without a conclusion ({len(row.left_open)}): {_few(row.left_open)}; "
                "conclude them, or write the reason why it closes without"
            )
        if unfinished := findings.open_in(change.session, id):
            raise RecordError(
                f"audit '{id}' has findings without a grade or a statement: {_few(unfinished)}; "
                "nothing was changed: state and grade them first"
            )
        return kept(change, row)


def still_open(session: Session, row: AuditRow) -> list[str]:
    concluded = set(session.scalars(select(DecisionRow.requirement_id).where(DecisionRow.audit == row.id)))
    return [id for id in row.asked if id not in concluded]


def _moved(change: Change, step: str, id: str, seen: int | None, run: str = "", **more: object) -> AuditRow:
    """The next revision in its new state. Raises RecordError where its state does not allow the step."""
    row = revised(change.session, AuditRow, id, seen, **more)
    before, after = STEPS[step]
    if row.state != before:
        can = ", ".join(name for name, (state, _after) in STEPS.items() if state == row.state)
        raise RecordError(
            f"audit '{id}' is {row.state}, and only one that is {before} can {step}; nothing was changed: "
            + (f"what can follow is: {can}" if can else "it stays closed")
        )
    row.state, row.run = str(after), readable(run.strip(), "the run") or row.run
    return row


def _require_written(row: AuditRow) -> None:
    for name in ("objectives", "scope", "lead"):
        if not getattr(row, name):
            raise RecordError(f"audit '{row.id}' cannot begin without its {name}; write it first")


def _refuse_second(session: Session, id: str) -> None:
    if other := opened_in(session):
        raise RecordError(
            f"audit '{other.id}' is {other.state} and one audit is open at a time; nothing was changed: "
            f"close it before '{id}' begins"
        )


def _few(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more
