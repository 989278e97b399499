"""Findings: raised from any requirement, evidence, complaint or row, stated, graded, and given to somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from audit.access.person import Who
from audit.errors import RecordError
from audit.evidence import Grade
from audit.finding.finding import Extent, Finding, Followed, Reference, clause_of
from audit.finding.grading import Answers, propose
from audit.finding.repeats import repeats
from audit.records.database import Change, Records
from audit.records.finding.finding_row import as_finding, followed_in, revise
from audit.records.finding.finding_text import (
    checked_extent,
    checked_grade,
    checked_references,
    grade_word,
    require_audit_takes_findings,
    require_complete,
    require_to_grade,
)
from audit.records.statement import readable, stated
from audit.records.tables.findings import FindingRow
from audit.records.versions import found, history, latest, next_id
from audit.text import Text
from audit.wording import say

__all__ = ["Finding", "NewFinding"]


@dataclass(frozen=True)
class NewFinding:
    """What a person raises. Without a grade it waits for an auditor to grade it."""

    requirement_id: str = ""
    clause: str = ""
    statement: str = ""
    criterion: str = ""
    evidence: tuple[Reference, ...] = ()
    audit: str = ""
    run: str = ""
    extent: Extent = Extent()
    consequence: str = ""
    answers: Answers = Answers()
    grade: Grade | None = None
    grade_reason: str = ""
    owner: str = ""
    due_on: dt.date | None = None


def raise_finding(records: Records, new: NewFinding, who: Who, key: str | None = None) -> Finding:
    """Raises RecordError, saying what to write instead; nothing can be raised into an audit that is closed."""
    texts = _texts(new)
    texts["clause"] = texts["clause"] or clause_of(texts["requirement_id"])
    if not (texts["requirement_id"] or texts["clause"]):
        raise RecordError(
            say("what the finding is against is missing; write a requirement, as in 9.1.2-a, or a clause")
        )
    if not (texts["statement"] or new.evidence):
        raise RecordError(say("the finding says nothing; write the statement, or name the evidence that was looked at"))
    evidence, extent = checked_references(new.evidence), checked_extent(new.extent)
    with records.change(who, "raise", key=key) as change:
        require_audit_takes_findings(change.session, texts["audit"])
        today = change.at.date()
        same = repeats(texts["requirement_id"], evidence, texts["audit"], today, followed_in(change.session).values())
        row = FindingRow(
            id=next_id(change.session, FindingRow, "F"), revision=1, **texts, **asdict(extent),
            evidence=[asdict(each) for each in evidence], answers={}, proposed="", grade="", grade_reason="",
            due_on=new.due_on, repeats=[asdict(each) for each in same], correction="", corrected_on=None,
            cause_method="", cause=[], look_across="", status="open", independent=None,
            raised_by=change.actor, raised_on=today,
        )  # fmt: skip
        if new.grade is not None:
            require_to_grade(change)
            _grade(row, new.grade, new.answers, new.grade_reason)
        else:
            row.answers = new.answers.given()
        return _kept(change, row)


def restate(
    records: Records,
    id: str,
    seen: int,
    who: Who,
    statement: str,
    criterion: str,
    consequence: str,
    evidence: Sequence[Reference],
    extent: Extent = Extent(),  # noqa: B008
    reason: str = "",
    key: str | None = None,
) -> Finding:
    """Once it is graded, only who may grade can state it otherwise, and says why."""
    told = {"statement": statement, "criterion": criterion, "consequence": consequence}
    texts = {name: readable(text.strip(), _words()[name]) for name, text in told.items()}
    rows = [asdict(each) for each in checked_references(tuple(evidence))]
    with records.change(who, "restate", reason, key) as change:
        former = found(change.session, FindingRow, id)
        if former.grade:
            require_to_grade(change)
            what = say("the reason for stating it otherwise")
            stated(change.reason, what, say("what was wrong with the former words"))
        row = revise(change, id, seen, **texts, evidence=rows, **asdict(checked_extent(extent)))
        if row.grade:
            require_complete(row, Grade(row.grade))
        return _kept(change, row)


def assign(
    records: Records, id: str, seen: int, who: Who, owner: str, due_on: dt.date | None, key: str | None = None
) -> Finding:
    """Who is responsible for the response, and until when."""
    owner = stated(owner, say("the owner"), say("who is responsible for the correction and the cause"))
    with records.change(who, "assign", key=key) as change:
        return _kept(change, revise(change, id, seen, owner=owner, due_on=due_on))


def grade(
    records: Records,
    id: str,
    seen: int,
    who: Who,
    grade: Grade,
    answers: Answers,
    reason: str = "",
    key: str | None = None,
) -> Finding:
    """The answers lead to the grade proposed; another one needs a reason."""
    with records.change(who, "grade", reason, key) as change:
        row = revise(change, id, seen)
        _grade(row, grade, answers, change.reason)
        return _kept(change, row)


def every(records: Records) -> list[Finding]:
    """In the order in which they were raised."""
    with records.read() as session:
        return [as_finding(row, entry) for row, entry in latest(session, FindingRow)]


def find(records: Records, id: str) -> Finding:
    """Raises RecordError, naming the last ones, where there is none."""
    return revisions(records, id)[0]


def revisions(records: Records, id: str) -> list[Finding]:
    """Newest first."""
    with records.read() as session:
        found(session, FindingRow, id)
        return [as_finding(row, entry) for row, entry in history(session, FindingRow, id)]


def followed(records: Records, upto: int | None = None) -> list[Followed]:
    """
    Every finding with its actions and reviews, in the order in which they were raised. `upto` is the entry of the
    trail at which they are looked at; None for now.
    """
    with records.read() as session:
        return list(followed_in(session, upto).values())


def open_in(session: Session, audit_id: str) -> list[str]:
    """Findings of an audit that are not yet graded and stated; with one of these it cannot close."""
    rows = [row for row, _entry in latest(session, FindingRow) if row.audit == audit_id]
    return [row.id for row in rows if not (row.grade and row.statement)]


def _texts(new: NewFinding) -> dict[str, str]:
    return {name: readable(getattr(new, name).strip(), what) for name, what in _words().items()}


def _words() -> dict[str, Text]:
    """The texts of a new finding."""
    return {
        "requirement_id": say("the requirement id"),
        "clause": say("the clause"),
        "statement": say("the statement"),
        "criterion": say("the criterion"),
        "audit": say("the audit"),
        "run": say("the run"),
        "consequence": say("the consequence"),
        "owner": say("the owner"),
    }


def _grade(row: FindingRow, grade: Grade, answers: Answers, reason: str) -> None:
    grade = checked_grade(grade)
    proposed = propose(answers)
    reason = readable(reason.strip(), say("the reason of the grade"))
    if (proposed is None or grade not in proposed.fits) and not reason:
        asked = (
            say("the answers lead to '{grade}'", grade=grade_word(proposed.grade))
            if proposed
            else say("the questions are not answered to the end")
        )
        raise RecordError(
            say(
                "'{grade}' is graded, but {asked}; write the reason for the grade",
                grade=grade_word(grade),
                asked=asked,
            )
        )
    require_complete(row, grade)
    row.answers, row.grade, row.grade_reason = answers.given(), str(grade), reason
    row.proposed = str(proposed.grade) if proposed else ""


def _kept(change: Change, row: FindingRow) -> Finding:
    entry = change.keep(row)
    return as_finding(row, entry)
