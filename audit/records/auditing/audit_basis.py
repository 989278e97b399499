"""What an audit rested on when it last moved on: for the next one to say what has changed since."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from audit.auditing.since import Basis
from audit.records.database import Records
from audit.records.tables.audits import AuditRow
from audit.records.tables.documents import DocumentRow
from audit.records.tables.judging import CriterionRow, DecisionRow
from audit.records.versions import found


def at_the_end_of(records: Records, audit: str) -> Basis:
    """Of a closed audit when it was closed, of another one as it stands. Raises RecordError where there is none."""
    with records.read() as session:
        row = found(session, AuditRow, audit)
        asked = select(DecisionRow).where(DecisionRow.audit == audit).order_by(DecisionRow.seq)
        proposed = {each.requirement_id: each.proposed for each in session.scalars(asked)}
        return Basis(frozenset(row.asked), proposed, _criteria(session, row.seq), _documents(session, row.seq))


def as_it_stands(records: Records, asked: frozenset[str], proposed: dict[str, str]) -> Basis:
    """What is asked and proposed, the records do not know."""
    with records.read() as session:
        return Basis(asked, proposed, _criteria(session), _documents(session))


def _criteria(session: Session, until: int | None = None) -> dict[str, dict[str, str]]:
    asked = select(CriterionRow).order_by(CriterionRow.seq)
    asked = asked.where(CriterionRow.seq < until) if until else asked
    last = {row.evidence_id: row.limits for row in session.scalars(asked)}
    return {evidence: limits for evidence, limits in last.items() if limits}


def _documents(session: Session, until: int | None = None) -> dict[str, int]:
    asked = select(DocumentRow.id, func.max(DocumentRow.revision)).group_by(DocumentRow.id)
    asked = asked.where(DocumentRow.seq < until) if until else asked
    return {id: revision for id, revision in session.execute(asked)}
