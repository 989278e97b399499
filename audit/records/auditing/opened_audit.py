"""The one audit that is open: answers, conclusions and findings belong to it. Asked inside the changes that add."""

from __future__ import annotations

from sqlalchemy.orm import Session

from audit.auditing.audit_state import OPENED, State
from audit.errors import RecordError
from audit.records.auditing.audit_rows import state_word
from audit.records.tables.audits import AuditRow
from audit.records.versions import found, latest
from audit.wording import say


def opened_in(session: Session, upto: int | None = None) -> AuditRow | None:
    """`upto` is the entry of the trail at which one looks; None for now."""
    return next((row for row, _entry in latest(session, AuditRow, upto) if row.state in OPENED), None)


def require_opened(session: Session, id: str) -> AuditRow:
    """Raises RecordError where the audit has not begun, or is closed."""
    row = found(session, AuditRow, id)
    if row.state == State.PLANNED:
        raise RecordError(say("audit '{id}' is planned and has not begun; nothing was changed: begin it first", id=id))
    if row.state == State.CLOSED:
        raise RecordError(
            say("audit '{id}' is closed and stays as it is; nothing was changed: open a further audit", id=id)
        )
    return row


def belongs(session: Session, id: str) -> str | None:
    """
    The audit that a conclusion or an answer is kept with, None outside of any. Raises RecordError where that audit
    takes none, or where one was opened since the person looked.
    """
    if id:
        return require_opened(session, id).id
    if now := opened_in(session):
        raise RecordError(
            say(
                "audit '{id}' is {state}, and this would be kept outside of it; nothing was changed: look at the page "
                "again, and keep it with that audit",
                id=now.id,
                state=state_word(now.state),
            )
        )
    return None


def counting(session: Session, audit: str | None, upto: int | None = None) -> str | None:
    """Whose conclusions and answers count: of the audit named, else of the opened one; None for everybody's."""
    if audit is not None:
        return audit
    now = opened_in(session, upto)
    return now.id if now else None
