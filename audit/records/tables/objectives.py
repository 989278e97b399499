"""Quality objectives."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Versioned


class ObjectiveRow(Versioned):
    __tablename__ = "objectives"
    object: ClassVar[str] = "objective"

    title: Mapped[str]
    kpi: Mapped[str]
    by: Mapped[str]
    group: Mapped[str]
    grain: Mapped[str]
    targets: Mapped[list[dict[str, Any]]]
    """The steps in order of time, each quantity with its unit."""
    owner: Mapped[str]
    why: Mapped[str]
    retired_on: Mapped[dt.date | None]
