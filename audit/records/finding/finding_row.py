"""Rows of findings, actions and reviews as people meet them, and who is responsible for each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Person
from audit.errors import RecordError
from audit.evidence import Grade
from audit.finding.finding import (
    Action,
    ActionStatus,
    Cause,
    Extent,
    Finding,
    Followed,
    Judged,
    Reference,
    Repeat,
    Review,
)
from audit.finding.grading import answers
from audit.records.database import Change
from audit.records.tables import EntryRow
from audit.records.tables.findings import ActionRow, EffectivenessRow, FindingRow
from audit.records.versions import history, latest, revised
from audit.wording import say

MADE_RESPONSIBLE = ("respond", "act")
"""Who answers a finding, or plans and reports its actions, cannot judge their effect independently."""


def revise(change: Change, id: str, seen: int | None, **changes: Any) -> FindingRow:
    """The next revision of a finding that is not closed."""
    row = revised(change.session, FindingRow, id, seen)
    if row.status == "closed":
        raise RecordError(
            say("finding '{id}' is closed and stays as it is; nothing was changed: reopen it first", id=id)
        )
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def followed_in(session: Session, upto: int | None = None) -> dict[str, Followed]:
    """Every finding by its id, with its actions and the newest review of each; `upto` as of `latest`."""
    actions: dict[str, list[Action]] = defaultdict(list)
    for action, entry in latest(session, ActionRow, upto):
        if action.finding:
            actions[action.finding].append(as_action(action, entry))
    newest = {each.subject: each for each in reviews_in(session, upto)}
    told = {}
    for row, entry in latest(session, FindingRow, upto):
        own = tuple(actions[row.id])
        reviews = {id: newest[id] for id in (row.id, *(each.id for each in own)) if id in newest}
        told[row.id] = Followed(as_finding(row, entry), own, reviews)
    return told


def reviews_in(session: Session, upto: int | None = None) -> list[Review]:
    """Oldest first; `upto` as of `latest`."""
    asked = select(EffectivenessRow, EntryRow).join(EntryRow, EntryRow.seq == EffectivenessRow.seq)
    asked = asked if upto is None else asked.where(EffectivenessRow.seq <= upto)
    return [as_review(row, entry) for row, entry in session.execute(asked.order_by(EffectivenessRow.seq))]


def responsible_in(session: Session, finding: str) -> list[Person]:
    """Whoever owns or owned the finding or one of its actions, answered it, or planned or reported an action."""
    own = history(session, FindingRow, finding)
    asked = (
        select(ActionRow, EntryRow).join(EntryRow, EntryRow.seq == ActionRow.seq).where(ActionRow.finding == finding)
    )
    acted = [(row, entry) for row, entry in session.execute(asked)]
    owners = {row.owner for row, _entry in own} | {row.owner for row, _entry in acted}
    entries = [entry for _row, entry in own] + [entry for _row, entry in acted]
    authors = [Person(e.actor, e.identity or "") for e in entries if e.action in MADE_RESPONSIBLE]
    return [*(Person(owner) for owner in sorted(owners) if owner), *authors]


def as_finding(row: FindingRow, entry: Any) -> Finding:
    """`entry` is the trail's, as kept or as read."""
    return Finding(
        id=row.id, revision=row.revision, audit=row.audit, clause=row.clause, requirement_id=row.requirement_id,
        run=row.run, criterion=row.criterion, evidence=_references(row.evidence), statement=row.statement,
        extent=Extent(row.found, row.sampled, row.population), consequence=row.consequence,
        answers=answers(row.answers), proposed=_grade(row.proposed), grade=_grade(row.grade),
        grade_reason=row.grade_reason, owner=row.owner, due_on=row.due_on,
        repeats=tuple(Repeat(**each) for each in row.repeats), correction=row.correction,
        corrected_on=row.corrected_on, cause_method=cast(Any, row.cause_method),
        cause=tuple(Cause(**each) for each in row.cause), look_across=row.look_across, status=cast(Any, row.status),
        independent=row.independent, raised_by=row.raised_by, raised_on=row.raised_on,
        actor=entry.actor, at=_time(entry), reason=entry.reason,
    )  # fmt: skip


def as_action(row: ActionRow, entry: Any) -> Action:
    return Action(
        id=row.id, revision=row.revision, finding=row.finding, decision=row.decision, what=row.what, owner=row.owner,
        due_on=row.due_on, kpi=row.kpi, by=row.by, group=row.group, expected_on=row.expected_on,
        status=cast(ActionStatus, row.status), done_on=row.done_on, evidence=_references(row.evidence),
        actor=entry.actor, at=_time(entry), reason=entry.reason,
    )  # fmt: skip


def as_review(row: EffectivenessRow, entry: Any) -> Review:
    return Review(
        seq=row.seq, subject=row.subject, proposed=cast(Judged, row.proposed) if row.proposed else None,
        concluded=cast(Judged, row.concluded), sentence=row.sentence, run=row.run, independent=row.independent,
        by=Person(entry.actor, entry.identity or ""), at=_time(entry), reason=entry.reason,
    )  # fmt: skip


def _references(rows: list[dict[str, Any]]) -> tuple[Reference, ...]:
    return tuple(Reference(**row) for row in rows)


def _grade(value: str) -> Grade | None:
    return Grade(value) if value else None


def _time(entry: Any) -> dt.datetime:
    return dt.datetime.fromisoformat(entry.at)
