"""A finding and all that follows from it: the evidence it rests on, its cause, its actions, how far it has come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from audit.access.person import Person
from audit.evidence import Grade
from audit.finding.grading import Answers
from audit.text import Text
from audit.wording import say

CLAUSE_IN_ID = re.compile(r"(?:^|-)(\d+(?:\.\d+)+)-[^-]+$")
NONCONFORMITIES = (Grade.MAJOR, Grade.MINOR)
ReferenceKind = Literal["requirement", "evidence", "document", "complaint", "row", "other"]
Branch = Literal["people", "method", "machine", "material", "measurement", "environment"]
Judged = Literal["effective", "not shown", "worse"]
CauseMethod = Literal["", "whys", "fishbone"]
ActionStatus = Literal["open", "done", "cancelled"]


class Stage(StrEnum):
    OPEN = "open"
    RESPONDED = "responded"
    ACTING = "actions under way"
    REVIEWING = "effectiveness due"
    CLOSED = "closed"


@dataclass(frozen=True)
class Reference:
    """What was looked at, by its key; never a copy of its content, which may be about a customer."""

    kind: ReferenceKind
    key: str
    word: str = ""
    """What it shows, in the auditor's words."""


@dataclass(frozen=True)
class Cause:
    text: str
    branch: Branch | Literal[""] = ""
    """Of a fishbone; "" for a why, which answers the one before it."""


@dataclass(frozen=True)
class Repeat:
    finding: str
    same: Literal["requirement", "evidence"]
    effective: bool
    """Whether its actions had been reviewed as effective when this finding was raised."""


@dataclass(frozen=True)
class Extent:
    """How many were found, of how many looked at, of how many there are; None for what nobody counted."""

    found: int | None = None
    sampled: int | None = None
    population: int | None = None


@dataclass(frozen=True)
class Finding:
    id: str
    revision: int
    audit: str
    """"" outside of any audit."""
    clause: str
    requirement_id: str
    run: str
    criterion: str
    evidence: tuple[Reference, ...]
    statement: str
    extent: Extent
    consequence: str
    answers: Answers
    proposed: Grade | None
    """By the guided decision."""
    grade: Grade | None
    """None until an auditor has graded it."""
    grade_reason: str
    owner: str
    due_on: dt.date | None
    """For the response: correction and cause."""
    repeats: tuple[Repeat, ...]
    correction: str
    corrected_on: dt.date | None
    cause_method: CauseMethod
    cause: tuple[Cause, ...]
    look_across: str
    status: Literal["open", "responded", "closed"]
    independent: bool | None
    """Once it is closed: whether its effectiveness was reviewed by somebody who is not responsible."""
    raised_by: str
    raised_on: dt.date
    actor: str
    at: dt.datetime
    reason: str

    @property
    def nonconformity(self) -> bool:
        """A finding that nobody graded yet counts as one, for it must not pass in silence."""
        return self.grade is None or self.grade in NONCONFORMITIES

    @property
    def closed(self) -> bool:
        return self.status == "closed"


@dataclass(frozen=True)
class Action:
    id: str
    revision: int
    finding: str
    decision: str
    """Of a management review; an action belongs to a finding or to a decision."""
    what: str
    owner: str
    due_on: dt.date | None
    kpi: str
    """The KPI that it should move, "" for none; `by` and `group` name the part of it."""
    by: str
    group: str
    expected_on: dt.date | None
    """From when the KPI should show it."""
    status: ActionStatus
    done_on: dt.date | None
    evidence: tuple[Reference, ...]
    """Of its having been done."""
    actor: str
    at: dt.datetime
    reason: str

    def late(self, today: dt.date) -> int:
        """Days after it was due; 0 where it is in time, or no longer open."""
        return max((today - self.due_on).days, 0) if self.due_on and self.status == "open" else 0


@dataclass(frozen=True)
class Review:
    """Of the effectiveness of one action, or of all that a finding led to."""

    seq: int
    subject: str
    proposed: Judged | None
    """From data; None where there is none to tell."""
    concluded: Judged
    sentence: str
    run: str
    independent: bool
    by: Person
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class Followed:
    """A finding with its actions and the newest review of each, by what was reviewed."""

    finding: Finding
    actions: tuple[Action, ...] = ()
    reviews: dict[str, Review] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        if self.finding.closed:
            return Stage.CLOSED
        if any(action.status == "open" for action in self.actions):
            return Stage.ACTING
        if any(action.status == "done" for action in self.actions) and self.finding.nonconformity:
            return Stage.REVIEWING
        return Stage.RESPONDED if self.finding.status == "responded" else Stage.OPEN

    @property
    def next_due(self) -> dt.date | None:
        """The day by which the next thing must have happened."""
        if self.stage == Stage.CLOSED:
            return None
        if self.stage == Stage.ACTING:
            return _first(action.due_on for action in self.actions if action.status == "open")
        if self.stage == Stage.REVIEWING:
            days = [action.expected_on for action in self.actions if action.status == "done" and action.expected_on]
            return max(days, default=None)
        return self.finding.due_on

    def late(self, today: dt.date) -> int:
        """Days after the next thing was due."""
        return max((today - self.next_due).days, 0) if self.next_due else 0


def clause_of(requirement_id: str) -> str:
    """As ids are written: 9.1.2-b and as-9100-10.2-a; "" where the id names no clause."""
    named = CLAUSE_IN_ID.search(requirement_id)
    return named[1] if named else ""


def overdue_first(every: Sequence[Followed], today: dt.date) -> list[Followed]:
    """The latest first, then the gravest, then by id; what is closed comes last."""
    grades = [None, *Grade]
    return sorted(
        every,
        key=lambda each: (
            each.finding.closed,
            -each.late(today),
            grades.index(each.finding.grade),
            each.finding.id,
        ),
    )


def _first(days: Iterable[dt.date | None]) -> dt.date | None:
    return min((day for day in days if day), default=None)


def reference_word(kind: str) -> Text:
    """Raises KeyError for what is no ReferenceKind."""
    return {
        "requirement": say("requirement"),
        "evidence": say("evidence"),
        "document": say("document"),
        "complaint": say("complaint"),
        "row": say("row"),
        "other": say("other"),
    }[kind]
