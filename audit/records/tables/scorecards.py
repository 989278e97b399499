"""Scorecards."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Versioned


class ScorecardRow(Versioned):
    __tablename__ = "scorecards"
    object: ClassVar[str] = "scorecard"

    title: Mapped[str]
    department: Mapped[str]
    owner: Mapped[str]
    grain: Mapped[str]
    indicators: Mapped[list[dict[str, Any]]]
    """Each with its weight and its levels, from worst to best."""
    bands: Mapped[list[dict[str, Any]]]
    most_missing: Mapped[int]
    reviewed_every: Mapped[int]
    why: Mapped[str]
    retired_on: Mapped[dt.date | None]
