"""What was found: one piece of evidence with its outcome, and the sentence that says why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from audit.measurement import Measurement
from audit.text import Text


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    NOT_EVALUATED = "not evaluated"
    NOT_APPLICABLE = "not applicable"


class Verdict(StrEnum):
    CONFORMS = "conforms"
    DOES_NOT_CONFORM = "does not conform"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not applicable"


class Grade(StrEnum):
    MAJOR = "major nonconformity"
    MINOR = "minor nonconformity"
    OBSERVATION = "observation"
    OPPORTUNITY = "opportunity for improvement"
    GOOD_PRACTICE = "good practice"


@dataclass(frozen=True)
class Document:
    """A document as the register holds it. `sha256` names its content in the store."""

    id: str
    kind: str
    title: str
    status: str
    owner: str = ""
    reviewed_on: dt.date | None = None
    covers_from: dt.date | None = None
    covers_to: dt.date | None = None
    sha256: str = ""
    file: str = ""
    link: str = ""
    """Where it is kept instead."""
    review_every: int | None = None
    """Months."""
    expires_on: dt.date | None = None
    """The last day on which it holds."""
    requirements: tuple[str, ...] = ()
    """Ids of those that it helps to show."""


@dataclass(frozen=True)
class Answer:
    """What somebody heard, saw, or found in a record that was drawn."""

    evidence_id: str
    outcome: Outcome
    note: str
    on: dt.date
    item: str = ""
    """Key of the record that was drawn; "" for an interview or an observation."""
    who: str = ""
    """Who was asked."""
    actor: str = ""


@dataclass(frozen=True)
class Drawn:
    """A sample: keys of records, and how many there were to draw from."""

    population: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    id: str
    shows: Text
    outcome: Outcome
    because: Text
    criterion: Text
    grade: Grade | None = None
    """The grade proposed for a finding, when the outcome is not met."""
    kpi: str = ""
    measurement: Measurement | None = None
    groups: tuple[Measurement, ...] = ()
    document: Document | None = None
    kind: str = ""
    """Who answers it: computed, document, sample, interview or observation."""
    drawn: Drawn | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class RequirementAssessment:
    id: str
    asks: Text
    proposed: Verdict
    evidence: tuple[Evidence, ...]
    weight: float = 1.0
    pack: str = ""


@dataclass(frozen=True)
class ClauseAssessment:
    clause: str
    title: Text
    proposed: Verdict
    grade: Grade | None
    """The gravest grade among its evidence; an average would hide a major nonconformity."""
    because: Text
    requirements: tuple[RequirementAssessment, ...] = field(default=())
