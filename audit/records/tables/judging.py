"""What people set against the requirements: criteria, answers, conclusions, plans for gaps, maturity."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from audit.records.tables.base import Kept


class CriterionRow(Kept):
    """The organisation's own limits for one piece of evidence; without limits, the checklist's default again."""

    __tablename__ = "criteria"
    __table_args__ = (Index(None, "evidence_id"),)
    object: ClassVar[str] = "criterion"

    evidence_id: Mapped[str]
    limits: Mapped[dict[str, str]]

    @property
    def object_id(self) -> str:
        return self.evidence_id


class DecisionRow(Kept):
    __tablename__ = "decisions"
    __table_args__ = (Index(None, "requirement_id"),)
    object: ClassVar[str] = "decision"
    later: ClassVar[frozenset[str]] = frozenset({"audit"})

    requirement_id: Mapped[str]
    run: Mapped[str]
    proposed: Mapped[str]
    concluded: Mapped[str]
    audit: Mapped[str | None]
    """The audit that it was concluded in; None outside of any."""

    @property
    def object_id(self) -> str:
        return self.requirement_id


class AnswerRow(Kept):
    """What was heard, seen, or found in a record that was drawn. Answering again makes a new row."""

    __tablename__ = "answers"
    __table_args__ = (Index(None, "evidence_id"),)
    object: ClassVar[str] = "answer"
    later: ClassVar[frozenset[str]] = frozenset({"audit"})

    evidence_id: Mapped[str]
    item: Mapped[str]
    outcome: Mapped[str]
    note: Mapped[str]
    answered_on: Mapped[dt.date]
    who: Mapped[str]
    audit: Mapped[str | None]
    """The audit in which it was heard or seen; None outside of any."""

    @property
    def object_id(self) -> str:
        return f"{self.evidence_id} {self.item}".strip()


class GapRow(Kept):
    """What is planned for a gap: how much work, who, until when."""

    __tablename__ = "gaps"
    __table_args__ = (Index(None, "requirement_id"),)
    object: ClassVar[str] = "gap"

    requirement_id: Mapped[str]
    effort: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[dt.date | None]
    note: Mapped[str]

    @property
    def object_id(self) -> str:
        return self.requirement_id


class MaturityRow(Kept):
    __tablename__ = "maturity"
    __table_args__ = (Index(None, "clause"),)
    object: ClassVar[str] = "maturity"

    clause: Mapped[str]
    level: Mapped[int]

    @property
    def object_id(self) -> str:
        return self.clause
