"""What follows a finding: the response with its cause, the closing, and opening it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from audit.access.person import Who, person
from audit.errors import RecordError
from audit.finding.closing import counting, missing, stands_apart
from audit.finding.finding import Branch, Cause, CauseMethod, Finding
from audit.records.access.alone import alone
from audit.records.database import Change, Records
from audit.records.finding.effectiveness import ACTION
from audit.records.finding.finding_row import as_finding, followed_in, responsible_in, revise
from audit.records.statement import day, readable, stated
from audit.records.tables.findings import ActionRow, FindingRow
from audit.records.versions import found, revised
from audit.text import Text, sentences
from audit.wording import say

METHODS: tuple[str, ...] = get_args(CauseMethod)
BRANCHES: tuple[Branch, ...] = get_args(Branch)


def respond(
    records: Records,
    id: str,
    seen: int,
    who: Who,
    correction: str,
    corrected_on: dt.date | None,
    method: CauseMethod,
    cause: Sequence[Cause],
    look_across: str,
    key: str | None = None,
) -> Finding:
    """What was done at once, why it could happen, and where else it could be. Responding again replaces it."""
    instead = say("what was done at once; 'none needed', and why, is one too")
    correction = stated(correction, say("the correction"), instead)
    day(corrected_on, say("the day of the correction"), records.clock())
    rows = [asdict(each) for each in _checked(method, cause)]
    with records.change(who, "respond", key=key) as change:
        row = revise(
            change, id, seen, correction=correction, corrected_on=corrected_on, cause_method=method, cause=rows,
            look_across=readable(look_across.strip(), say("where else it could be")), status="responded",
        )  # fmt: skip
        return _kept(change, row)


def still_missing(records: Records, id: str, who: Who) -> list[Text]:
    """What stands between the finding and its closing."""
    with records.read() as session:
        found(session, FindingRow, id)
        by_oneself = alone(session, person(who), ACTION, records.clock().date(), records.signing_in)
        return _standing(session, id, by_oneself)[0]


def close(records: Records, id: str, seen: int, who: Who, reason: str = "", key: str | None = None) -> Finding:
    """
    Everything that decides is looked at inside the change. Raises RecordError, saying what is missing; the finding
    says for good whether its effectiveness was reviewed independently.
    """
    with records.change(who, "close finding", reason, key) as change:
        row = revised(change.session, FindingRow, id, seen)
        by_oneself = alone(change.session, change.person, ACTION, change.at.date(), records.signing_in)
        wanted, apart = _standing(change.session, id, by_oneself)
        if wanted:
            why = sentences(*wanted)
            raise RecordError(say("finding '{id}' cannot close: {why}", id=id, why=why))
        row.status, row.independent = "closed", apart
        return _kept(change, row)


def reopen(records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None) -> Finding:
    """The response stays; the effectiveness must be reviewed again."""
    reason = stated(reason, say("the reason for opening it again"), say("what was seen since it was closed"))
    with records.change(who, "reopen finding", reason, key) as change:
        row = revised(change.session, FindingRow, id, seen)
        if row.status != "closed":
            state = say("is responded") if row.status == "responded" else say("is open")
            raise RecordError(say("finding '{id}' {state}; only a closed one can be opened again", id=id, state=state))
        row.status, row.independent = "responded" if row.correction else "open", None
        return _kept(change, row)


def _standing(session: Session, id: str, by_oneself: bool) -> tuple[list[Text], bool | None]:
    """What is missing; and whether the reviews that count are independent, None where none is needed."""
    each = followed_in(session)[id]
    row = found(session, FindingRow, id)
    asked = select(ActionRow.id, func.max(ActionRow.seq)).where(ActionRow.finding == id).group_by(ActionRow.id)
    changed = {action: seq for action, seq in session.execute(asked)}
    responsible = responsible_in(session, id)
    wanted = missing(each, responsible, by_oneself, row.seq, changed)
    if not each.finding.nonconformity:
        return wanted, None
    return wanted, all(stands_apart(review, responsible) for review in counting(each, row.seq, changed))


def _checked(method: str, cause: Sequence[Cause]) -> list[Cause]:
    what = say("the cause")
    causes = [Cause(readable(each.text.strip(), what), each.branch) for each in cause if each.text.strip()]
    if method not in METHODS:
        raise RecordError(say("'{method}' is no way to find a cause; write one of: whys, fishbone", method=method))
    if causes and not method:
        raise RecordError(say("how the cause was found is missing; write whys or fishbone"))
    for each in causes:
        if each.branch not in (BRANCHES if method == "fishbone" else ("",)):
            listed = say("one of: {known}", known=", ".join(BRANCHES))
            instead = listed if method == "fishbone" else say("none: whys have no branches")
            raise RecordError(
                say("'{branch}' is no branch of this cause; write {instead}", branch=each.branch, instead=instead)
            )
    return causes


def _kept(change: Change, row: FindingRow) -> Finding:
    entry = change.keep(row)
    return as_finding(row, entry)
