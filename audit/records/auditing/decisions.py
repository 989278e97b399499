"""What an auditor concluded beside what the software proposed, and why where the two differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from audit.access.person import Who
from audit.errors import RecordError
from audit.evidence import Verdict
from audit.records.auditing.opened_audit import belongs, counting
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables import EntryRow
from audit.records.tables.judging import DecisionRow
from audit.records.versions import unchanged
from audit.tag import verdict_tag
from audit.text import Text
from audit.wording import say


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
    audit: str = ""
    """The audit that it was concluded in; "" outside of any."""

    @property
    def departs(self) -> bool:
        return self.concluded != self.proposed


def conclude(
    records: Records,
    requirement_id: str,
    run: str,
    proposed: Verdict,
    concluded: Verdict,
    actor: Who,
    reason: str = "",
    audit: str = "",
    key: str | None = None,
    seen: int | None = None,
) -> Decision:
    """
    Concluding again makes a new decision in the former's place; the former stays in the history. `audit` is the one
    that was open when the person looked: raises RecordError where it is closed now, or another was opened. `seen` is
    how many decisions stood there: raises Stale where somebody else was faster.
    """
    requirement_id = stated(requirement_id, say("the requirement"), say("its id, as in 9.1.2-a"))
    run = stated(run, say("the run"), say("the id of the run whose evidence was looked at"))
    proposed, concluded = _verdict(proposed), _verdict(concluded)
    _require_reason(requirement_id, proposed, concluded, reason)
    row = DecisionRow(requirement_id=requirement_id, run=run, proposed=str(proposed), concluded=str(concluded))
    with records.change(actor, "conclude", reason, key) as change:
        row.audit = belongs(change.session, audit)
        about = DecisionRow.requirement_id == requirement_id
        unchanged(change.session, DecisionRow, about, seen, say("the conclusion on {id}", id=requirement_id))
        entry = change.keep(row)
        of = row.audit or ""
        return Decision(requirement_id, run, proposed, concluded, entry.actor, entry.reason, entry.time, of)


def current(records: Records, audit: str | None = None, upto: int | None = None) -> dict[str, Decision]:
    """
    The last decision on each requirement, whatever run it was about: of the audit that is named, else of the opened
    one, else of all. `upto` is the entry of the trail at which they are looked at; None for now.
    """
    with records.read() as session:
        of = counting(session, audit, upto)
        newest = select(func.max(DecisionRow.seq)).group_by(DecisionRow.requirement_id)
        newest = newest if of is None else newest.where(DecisionRow.audit == (of or None))
        newest = newest if upto is None else newest.where(DecisionRow.seq <= upto)
        asked = _asked().where(DecisionRow.seq.in_(newest))
        return {row.requirement_id: _decision(row, entry) for row, entry in session.execute(asked)}


def history(records: Records, requirement_id: str) -> list[Decision]:
    """Newest first, of all audits."""
    with records.read() as session:
        found = session.execute(_asked().where(DecisionRow.requirement_id == requirement_id))
        return [_decision(row, entry) for row, entry in found][::-1]


def _require_reason(requirement_id: str, proposed: Verdict, concluded: Verdict, reason: str) -> None:
    if reason.strip():
        return
    if concluded != proposed:
        raise RecordError(
            say(
                "{id}: '{concluded}' departs from the proposed '{proposed}'; write the reason for it",
                id=requirement_id,
                concluded=_word(concluded),
                proposed=_word(proposed),
            )
        )
    if concluded == Verdict.NOT_APPLICABLE:
        raise RecordError(
            say("{id}: 'not applicable' needs a justification; write it as the reason", id=requirement_id)
        )


def _word(verdict: Verdict) -> Text:
    """As it stands within a sentence."""
    return Text(en=str(verdict), zh=verdict_tag(verdict).word.zh)


def _verdict(value: str) -> Verdict:
    try:
        return Verdict(value)
    except ValueError as error:
        raise RecordError(
            say("'{value}' is no verdict; write one of: {known}", value=value, known=", ".join(Verdict))
        ) from error


def _asked() -> Select[DecisionRow, EntryRow]:
    return select(DecisionRow, EntryRow).join(EntryRow, EntryRow.seq == DecisionRow.seq).order_by(DecisionRow.seq)


def _decision(row: DecisionRow, entry: EntryRow) -> Decision:
    proposed, concluded = Verdict(row.proposed), Verdict(row.concluded)
    at = dt.datetime.fromisoformat(entry.at)
    return Decision(row.requirement_id, row.run, proposed, concluded, entry.actor, entry.reason, at, row.audit or "")
