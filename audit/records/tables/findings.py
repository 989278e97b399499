"""Findings, corrective actions and the reviews of their effectiveness."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from audit.records.tables.base import Kept, Versioned


class FindingRow(Versioned):
    __tablename__ = "findings"
    object: ClassVar[str] = "finding"

    audit: Mapped[str]
    clause: Mapped[str]
    requirement_id: Mapped[str]
    run: Mapped[str]
    criterion: Mapped[str]
    evidence: Mapped[list[dict[str, Any]]]
    """Each by its key with a word; never a copy of its content."""
    statement: Mapped[str]
    found: Mapped[int | None]
    sampled: Mapped[int | None]
    population: Mapped[int | None]
    consequence: Mapped[str]
    answers: Mapped[dict[str, Any]]
    """To the questions that guide the grade."""
    proposed: Mapped[str]
    grade: Mapped[str]
    """"" until an auditor has graded it."""
    grade_reason: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[dt.date | None]
    repeats: Mapped[list[dict[str, Any]]]
    """What had been found before when it was raised, and whether that was reviewed as effective."""
    correction: Mapped[str]
    corrected_on: Mapped[dt.date | None]
    cause_method: Mapped[str]
    cause: Mapped[list[dict[str, Any]]]
    look_across: Mapped[str]
    status: Mapped[str]
    independent: Mapped[bool | None]
    raised_by: Mapped[str]
    raised_on: Mapped[dt.date]


class ActionRow(Versioned):
    """What is done about a finding, or because management decided it."""

    __tablename__ = "actions"
    object: ClassVar[str] = "action"

    finding: Mapped[str]
    decision: Mapped[str]
    what: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[dt.date | None]
    kpi: Mapped[str]
    by: Mapped[str]
    group: Mapped[str]
    expected_on: Mapped[dt.date | None]
    status: Mapped[str]
    done_on: Mapped[dt.date | None]
    evidence: Mapped[list[dict[str, Any]]]


class EffectivenessRow(Kept):
    """Of the effectiveness of an action, or of all that a finding led to; the newest counts."""

    __tablename__ = "effectiveness"
    __table_args__ = (Index(None, "subject"),)
    object: ClassVar[str] = "effectiveness"

    subject: Mapped[str]
    proposed: Mapped[str]
    concluded: Mapped[str]
    sentence: Mapped[str]
    run: Mapped[str]
    independent: Mapped[bool]

    @property
    def object_id(self) -> str:
        return self.subject
