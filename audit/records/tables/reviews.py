"""What management decided, and what was improved because customers said so."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Versioned


class ReviewRow(Versioned):
    """A management review, and what was put before it."""

    __tablename__ = "reviews"
    object: ClassVar[str] = "management review"

    held_on: Mapped[dt.date]
    period_from: Mapped[dt.date]
    period_to: Mapped[dt.date]
    attendees: Mapped[str]
    run: Mapped[str]
    inputs: Mapped[list[dict[str, Any]]]
    """For each input: its key, what the program knew on the day in both languages, and what people add."""


class ReviewDecisionRow(Versioned):
    __tablename__ = "review_decisions"
    object: ClassVar[str] = "review decision"

    review: Mapped[str]
    input: Mapped[str]
    kind: Mapped[str]
    what: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[dt.date]
    status: Mapped[str]
    done_on: Mapped[dt.date | None]


class ImprovementRow(Versioned):
    """You said, we did."""

    __tablename__ = "improvements"
    object: ClassVar[str] = "improvement"

    said: Mapped[str]
    source: Mapped[str]
    reference: Mapped[str]
    """The key of the complaint, theme or need; never its content."""
    by: Mapped[str]
    group: Mapped[str]
    did: Mapped[str]
    done_on: Mapped[dt.date | None]
    action: Mapped[str]
    told_on: Mapped[dt.date | None]
    told_how: Mapped[str]
