"""What auditors heard in interviews, saw, and found in the records that were drawn."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, func, select

from audit.access.person import Who
from audit.errors import RecordError
from audit.evidence import Answer, Outcome
from audit.records.auditing.opened_audit import belongs, counting
from audit.records.database import Records
from audit.records.statement import day, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.judging import AnswerRow
from audit.records.versions import unchanged
from audit.wording import say

Key = tuple[str, str]
"""Evidence id, and the record drawn ("" for an interview or an observation)."""


def answer(
    records: Records,
    evidence_id: str,
    outcome: Outcome,
    on: dt.date,
    actor: Who,
    note: str = "",
    who: str = "",
    item: str = "",
    audit: str = "",
    key: str | None = None,
    seen: int | None = None,
) -> Answer:
    """
    Answering again makes a new answer in the former's place; the former stays in the history. `audit` is the one
    that was open when the person looked: raises RecordError where it is closed now, or another was opened. `seen` is
    how many answers stood there: raises Stale where somebody else was faster.
    """
    day(on, say("the day"), records.clock())
    row = AnswerRow(
        evidence_id=stated(evidence_id, say("the evidence"), say("its id, as in 9.1.2-a-1")),
        item=readable(item, say("the record drawn")),
        outcome=str(_outcome(outcome)),
        note=readable(note.strip(), say("the note")),
        answered_on=on,
        who=readable(who.strip(), say("who was asked")),
    )
    _require_note(row)
    with records.change(actor, "answer", row.note, key) as change:
        row.audit = belongs(change.session, audit)
        about = (AnswerRow.evidence_id == row.evidence_id) & (AnswerRow.item == row.item)
        unchanged(change.session, AnswerRow, about, seen, say("the answer to {id}", id=row.object_id))
        return _answer(row, change.keep(row).actor)


def current(records: Records, audit: str | None = None) -> dict[Key, Answer]:
    """
    The last answer to each interview and observation, and on each record drawn: of the audit that is named, else of
    the opened one, else of all.
    """
    with records.read() as session:
        of = counting(session, audit)
        newest = select(func.max(AnswerRow.seq)).group_by(AnswerRow.evidence_id, AnswerRow.item)
        newest = newest if of is None else newest.where(AnswerRow.audit == (of or None))
        asked = _asked().where(AnswerRow.seq.in_(newest))
        return {(row.evidence_id, row.item): _answer(row, entry.actor) for row, entry in session.execute(asked)}


def history(records: Records, evidence_id: str) -> list[Answer]:
    """Newest first, of all records drawn for it."""
    with records.read() as session:
        found = session.execute(_asked().where(AnswerRow.evidence_id == evidence_id))
        return [_answer(row, entry.actor) for row, entry in found][::-1]


def _outcome(value: str) -> Outcome:
    try:
        return Outcome(value)
    except ValueError as error:
        raise RecordError(
            say("'{value}' is no outcome; write one of: {known}", value=value, known=", ".join(Outcome))
        ) from error


def _require_note(row: AnswerRow) -> None:
    """Who found something short, or nothing to ask, must say what; 'not evaluated' takes an answer back."""
    field = say("What was found") if row.item else say("What was said or seen, with identifiers")
    if row.outcome == Outcome.NOT_MET and not row.note:
        raise RecordError(
            say("{id}: 'not met' needs what was found; write it under “{field}”", id=row.object_id, field=field)
        )
    if row.outcome == Outcome.NOT_APPLICABLE and not row.note:
        raise RecordError(
            say(
                "{id}: 'not applicable' needs a justification; write it under “{field}”",
                id=row.object_id,
                field=field,
            )
        )
    if row.outcome == Outcome.MET and not row.note and not row.item:
        raise RecordError(
            say(
                "{id}: write what was heard or seen under “{field}”, so that others can follow it",
                id=row.object_id,
                field=field,
            )
        )


def _asked() -> Select[AnswerRow, EntryRow]:
    return select(AnswerRow, EntryRow).join(EntryRow, EntryRow.seq == AnswerRow.seq).order_by(AnswerRow.seq)


def _answer(row: AnswerRow, actor: str) -> Answer:
    return Answer(
        evidence_id=row.evidence_id,
        outcome=Outcome(row.outcome),
        note=row.note,
        on=row.answered_on,
        item=row.item,
        who=row.who,
        actor=actor,
    )
