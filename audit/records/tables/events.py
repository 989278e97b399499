"""What happened on a day and may explain a figure."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Versioned


class EventRow(Versioned):
    __tablename__ = "events"
    object: ClassVar[str] = "event"

    day: Mapped[dt.date]
    words: Mapped[str]
    kpi: Mapped[str]
    by: Mapped[str]
    group: Mapped[str]
    baseline: Mapped[bool]
    withdrawn: Mapped[bool]
