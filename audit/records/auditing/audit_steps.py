"""How an audit moves on: begun, reported, closed. What must hold is looked up inside the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Who
from audit.auditing.audit_state import STEPS
from audit.auditing.since import Changed
from audit.errors import RecordError
from audit.records.auditing.audit_rows import Audit, state_word
from audit.records.auditing.audits import kept
from audit.records.auditing.opened_audit import opened_in
from audit.records.database import Change, Records
from audit.records.finding import findings
from audit.records.statement import readable, stated
from audit.records.tables.audits import AuditRow
from audit.records.tables.judging import DecisionRow
from audit.records.versions import revised
from audit.signing.signed_words import part_word
from audit.text import Text, listed
from audit.wording import say

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
        raise RecordError(say("audit '{id}' asks nothing; choose an edition whose checklist has requirements", id=id))
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
    reason = stated(reason, say("the reason to go on with the audit"), say("what must still be looked at"))
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
                say(
                    "audit '{id}' leaves requirements without a conclusion ({count}): {few}; "
                    "conclude them, or write the reason why it closes without",
                    id=id,
                    count=str(len(row.left_open)),
                    few=_few(row.left_open),
                )
            )
        if unfinished := findings.open_in(change.session, id):
            raise RecordError(
                say(
                    "audit '{id}' has findings without a grade or a statement: {few}; "
                    "nothing was changed: state and grade them first",
                    id=id,
                    few=_few(unfinished),
                )
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
        raise RecordError(
            say(
                "audit '{id}' is {state}, and only one that is {before} can {step}; nothing was changed: {instead}",
                id=id,
                state=state_word(row.state),
                before=state_word(before),
                step=_step_word(step),
                instead=_what_can_follow(row.state),
            )
        )
    row.state, row.run = str(after), readable(run.strip(), say("the run")) or row.run
    return row


def _what_can_follow(now: str) -> Text:
    can = [_step_word(name) for name, (state, _after) in STEPS.items() if state == now]
    if not can:
        return say("it stays closed")
    return say("what can follow is: {steps}", steps=listed(can))


def _step_word(step: str) -> Text:
    words = {
        "begin": say("Begin the audit"),
        "report": say("Go on to reporting"),
        "resume": say("Back to the audit"),
        "close": say("Close the audit"),
    }
    return Text(en=step, zh=words[step].zh)


def _require_written(row: AuditRow) -> None:
    for name in ("objectives", "scope", "lead"):
        if not getattr(row, name):
            what = Text(en=name, zh=part_word(name).zh)
            raise RecordError(say("audit '{id}' cannot begin without its {what}; write it first", id=row.id, what=what))


def _refuse_second(session: Session, id: str) -> None:
    if other := opened_in(session):
        raise RecordError(
            say(
                "audit '{other}' is {state} and one audit is open at a time; nothing was changed: "
                "close it before '{id}' begins",
                other=other.id,
                state=state_word(other.state),
                id=id,
            )
        )


def _few(ids: Sequence[str]) -> Text | str:
    named = ", ".join(ids[:MOST_NAMED])
    if len(ids) <= MOST_NAMED:
        return named
    return say("{named} and {more} more", named=named, more=str(len(ids) - MOST_NAMED))
