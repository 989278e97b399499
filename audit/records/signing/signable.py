"""What can be signed, as the records hold it at this moment: the content, who wrote it, and whether it is ready."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Person
from audit.auditing.audit_state import State
from audit.errors import RecordError
from audit.records.auditing.audit_rows import state_word
from audit.records.finding.findings import open_in
from audit.records.tables import EntryRow, Kept, Versioned, canonical
from audit.records.tables.audits import AuditRow
from audit.records.tables.findings import FindingRow
from audit.records.tables.judging import AnswerRow, DecisionRow
from audit.records.tables.reviews import ReviewDecisionRow, ReviewRow
from audit.records.versions import found, history, latest, named
from audit.signing.signed import AUDIT, PACK, REVIEW
from audit.text import Text
from audit.wording import say

OF_AN_AUDIT = (
    "programme", "title", "objectives", "scope", "edition", "packs", "period_from", "period_to", "lead", "auditors",
    "plan", "previous", "asked", "changed", "doubts",
)  # fmt: skip
OF_A_FINDING = (
    "clause", "requirement_id", "run", "criterion", "evidence", "statement", "found", "sampled", "population",
    "consequence", "grade", "grade_reason", "repeats",
)  # fmt: skip
"""What the audit reports; how a finding is followed up afterwards changes nothing of the report."""
OF_A_REVIEW = ("held_on", "period_from", "period_to", "attendees", "run", "inputs")
OF_A_REVIEW_DECISION = ("input", "kind", "what", "owner", "due_on")
DROPPED = "dropped"
RESPONDING = ("respond", "assign", "act")
"""Follow-up of a finding: whoever does it is no author of what was reported."""


@dataclass(frozen=True)
class Author:
    person: Person
    wrote: Text
    """As in "finding F-001"."""


@dataclass(frozen=True)
class Signable:
    recorded: dict[str, Any]
    authors: tuple[Author, ...]
    lead: str = ""
    team: tuple[str, ...] = ()
    """Names of those who audit, the lead auditor among them."""


def signable(session: Session, what: str, id: str) -> Signable:
    """Raises RecordError where there is no such thing."""
    if what not in _KINDS:
        raise RecordError(say("'{what}' cannot be signed; choose one of: {known}", what=what, known=", ".join(_KINDS)))
    return _KINDS[what](session, id)


def require_ready(session: Session, what: str, id: str) -> None:
    """Raises RecordError where it is not yet time to sign."""
    if what != AUDIT:
        return
    row = found(session, AuditRow, id)
    if row.state not in (State.REPORTING, State.CLOSED):
        state = state_word(row.state)
        raise RecordError(say("audit '{id}' is {state}; report or close it, then sign", id=id, state=state))
    if ungraded := open_in(session, id):
        raise RecordError(
            say(
                "{findings} of audit '{id}' has no grade or no statement; grade it, then sign",
                findings=", ".join(ungraded),
                id=id,
            )
        )


def _audit(session: Session, id: str) -> Signable:
    row = found(session, AuditRow, id)
    decisions = list(_last(session, DecisionRow, id))
    answers = list(_last(session, AnswerRow, id))
    findings = [row for row, _ in latest(session, FindingRow) if row.audit == id]
    recorded = {
        "audit": _chosen(row, OF_AN_AUDIT),
        "decisions": {row.requirement_id: _judged(row, entry) for row, entry in decisions},
        "answers": {row.object_id: _judged(row, entry) for row, entry in answers},
        "findings": {row.id: _chosen(row, OF_A_FINDING) for row in findings},
    }
    authors = [Author(_person(entry), named(row, row.object_id)) for row, entry in [*decisions, *answers]]
    authors += [author for finding in findings for author in _writers(session, FindingRow, finding.id)]
    return Signable(_plain(recorded), tuple(authors), row.lead, _team(row))


def _review(session: Session, id: str) -> Signable:
    row = found(session, ReviewRow, id)
    decisions = [each for each, _ in latest(session, ReviewDecisionRow) if each.review == id]
    recorded = {
        "management review": _chosen(row, OF_A_REVIEW),
        "decisions": {each.id: _decided(each) for each in decisions},
    }
    authors = list(_writers(session, ReviewRow, id))
    authors += [author for each in decisions for author in _writers(session, ReviewDecisionRow, each.id)]
    return Signable(_plain(recorded), tuple(authors))


def _pack(session: Session, id: str) -> Signable:
    """`id` is the audit whose conclusions are in the pack, "" for those outside of any."""
    decisions = list(_last(session, DecisionRow, id or None))
    recorded = {"decisions": {row.requirement_id: _judged(row, entry) for row, entry in decisions}}
    authors = [Author(_person(entry), named(row, row.object_id)) for row, entry in decisions]
    row = found(session, AuditRow, id) if id else None
    return Signable(_plain(recorded), tuple(authors), row.lead if row else "", _team(row) if row else ())


_KINDS: dict[str, Callable[[Session, str], Signable]] = {AUDIT: _audit, REVIEW: _review, PACK: _pack}


def _last(session: Session, kind: type[Any], audit: str | None) -> Iterator[tuple[Any, EntryRow]]:
    """The last row on each object, within one audit or outside of any."""
    asked = select(kind, EntryRow).join(EntryRow, EntryRow.seq == kind.seq).where(kind.audit == audit)
    newest = {row.object_id: (row, entry) for row, entry in session.execute(asked.order_by(kind.seq))}
    return iter([newest[id] for id in sorted(newest)])


def _judged(row: Kept, entry: EntryRow) -> dict[str, Any]:
    content = {name: value for name, value in row.content().items() if name != "audit"}
    return {**content, "by": entry.actor, "reason": entry.reason}


def _chosen(row: Kept, names: Sequence[str]) -> dict[str, Any]:
    content = row.content()
    return {name: content[name] for name in names}


def _team(row: AuditRow) -> tuple[str, ...]:
    names = [row.lead, *(each["name"] for each in row.auditors), *(each["auditor"] for each in row.plan)]
    return tuple(dict.fromkeys(name for name in names if name))


def _decided(row: ReviewDecisionRow) -> dict[str, Any]:
    """Carrying a decision out changes nothing of what was decided; dropping it does."""
    dropped = {"status": row.status} if row.status == DROPPED else {}
    return _chosen(row, OF_A_REVIEW_DECISION) | dropped


def _writers(session: Session, kind: type[Versioned], id: str) -> Iterator[Author]:
    for row, entry in history(session, kind, id):
        if entry.action not in RESPONDING:
            yield Author(_person(entry), named(row, id))


def _person(entry: EntryRow) -> Person:
    return Person(entry.actor, entry.identity or "")


def _plain(recorded: Mapping[str, Any]) -> dict[str, Any]:
    """As it will be read again out of a snapshot."""
    content: dict[str, Any] = json.loads(canonical(recorded))
    return content
