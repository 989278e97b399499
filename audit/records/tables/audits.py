"""Audit programmes and audits."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Versioned


class ProgrammeRow(Versioned):
    __tablename__ = "programmes"
    object: ClassVar[str] = "programme"

    title: Mapped[str]
    objectives: Mapped[str]
    period_from: Mapped[dt.date | None]
    period_to: Mapped[dt.date | None]
    risks: Mapped[str]
    opportunities: Mapped[str]
    responsible: Mapped[str]
    planned: Mapped[list[dict[str, Any]]]


class AuditRow(Versioned):
    __tablename__ = "audits"
    object: ClassVar[str] = "audit"

    programme: Mapped[str]
    title: Mapped[str]
    objectives: Mapped[str]
    scope: Mapped[str]
    edition: Mapped[str]
    packs: Mapped[list[str]]
    period_from: Mapped[dt.date | None]
    period_to: Mapped[dt.date | None]
    lead: Mapped[str]
    auditors: Mapped[list[dict[str, Any]]]
    plan: Mapped[list[dict[str, Any]]]
    state: Mapped[str]
    previous: Mapped[str]
    run: Mapped[str]
    """The run that was last looked at when the audit moved on."""
    asked: Mapped[list[str]]
    """The requirements of its criteria, as they stood when it began."""
    changed: Mapped[list[dict[str, Any]]]
    """What is not as it was at the previous audit."""
    doubts: Mapped[list[dict[str, Any]]]
    """About independence and competence."""
    left_open: Mapped[list[str]]
    """Requirements that were not concluded when it was closed."""
