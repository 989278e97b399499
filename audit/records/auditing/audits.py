"""Audits: criteria, team and plan, until they begin and while they run. At most one is open at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy.orm import Session

from audit.access.person import Who
from audit.auditing.audit_state import CHANGEABLE, State
from audit.auditing.since import Changed
from audit.errors import RecordError
from audit.records.auditing.audit_rows import WRITTEN, Audit, NewAudit, audit, columns, doubted, state_word
from audit.records.database import Change, Records
from audit.records.statement import in_order
from audit.records.tables import EntryRow
from audit.records.tables.audits import AuditRow, ProgrammeRow
from audit.records.versions import found, history, latest, next_id, revised
from audit.wording import say

__all__ = ["Audit", "NewAudit", "create", "every", "find", "kept", "opened", "revise", "revisions"]


def create(
    records: Records,
    new: NewAudit,
    who: Who,
    previous: str = "",
    changed: Sequence[Changed] = (),
    key: str | None = None,
) -> Audit:
    """A planned audit. Of the previous one it takes over what `new` says, and no conclusion."""
    written = columns({field.name: getattr(new, field.name) for field in fields(new)})
    with records.change(who, "open audit", key=key) as change:
        row = AuditRow(
            **written, id=next_id(change.session, AuditRow, "AUD"), revision=1, state=str(State.PLANNED),
            previous=previous, run="", asked=[], changed=[asdict(each) for each in changed], doubts=[], left_open=[],
        )  # fmt: skip
        return kept(change, row)


def revise(
    records: Records,
    id: str,
    who: Who,
    reason: str = "",
    seen: int | None = None,
    key: str | None = None,
    **changes: Any,
) -> Audit:
    """Raises RecordError where the audit's state does not allow the change."""
    written = columns(changes)
    state = find(records, id).state
    with records.change(who, "open audit" if state == State.PLANNED else "conduct audit", reason, key) as change:
        former = found(change.session, AuditRow, id)
        row = revised(change.session, AuditRow, id, seen, **written)
        _refuse_moved(former, state)
        _refuse_fixed(former, row)
        return kept(change, row)


def opened(records: Records, upto: int | None = None) -> Audit | None:
    """The one audit that is in progress or reporting; `upto` is the entry of the trail, None for now."""
    return next((each for each in every(records, upto) if each.opened), None)


def every(records: Records, upto: int | None = None) -> list[Audit]:
    """In the order in which they were created."""
    with records.read() as session:
        return [audit(row, entry) for row, entry in latest(session, AuditRow, upto)]


def find(records: Records, id: str) -> Audit:
    """Raises RecordError, naming the last ones, where there is none."""
    with records.read() as session:
        row = found(session, AuditRow, id)
        return audit(row, session.get_one(EntryRow, row.seq))


def revisions(records: Records, id: str) -> list[Audit]:
    """Newest first."""
    with records.read() as session:
        return [audit(row, entry) for row, entry in history(session, AuditRow, id)]


def kept(change: Change, row: AuditRow) -> Audit:
    """What every revision must hold to, and the doubts about its team."""
    in_order(row.period_from, row.period_to, ("period_from", "period_to"))
    _known(change.session, row)
    row.doubts = doubted(row)
    change.keep(row)
    return audit(row, change.session.get_one(EntryRow, row.seq))


def _known(session: Session, row: AuditRow) -> None:
    if row.programme:
        found(session, ProgrammeRow, row.programme)
    if row.previous:
        found(session, AuditRow, row.previous)


def _refuse_moved(former: AuditRow, state: State) -> None:
    """The state decides who may change it."""
    if former.state != state:
        raise RecordError(
            say(
                "audit '{id}' is {now} now, and was {then} when you looked; nothing was changed: look at it again",
                id=former.id,
                now=state_word(former.state),
                then=state_word(state),
            )
        )


def _refuse_fixed(former: AuditRow, row: AuditRow) -> None:
    """Where nothing can change, a revision that changes nothing is refused too."""
    allowed = CHANGEABLE[State(former.state)]
    fixed = [name for name in sorted(WRITTEN - allowed) if getattr(row, name) != getattr(former, name)]
    if fixed or not allowed:
        of = say("audit '{id}'", id=row.id)
        what = say("'{name}' of {audit}", name=fixed[0], audit=of) if fixed else of
        can = say("what can change is: {names}", names=", ".join(sorted(allowed)))
        raise RecordError(
            say(
                "{what} cannot change while it is {state}; nothing was changed: {instead}",
                what=what,
                state=state_word(former.state),
                instead=can if allowed else say("open a further audit"),
            )
        )
