"""An audit that a programme foresees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PlannedAudit:
    title: str
    month: dt.date | None = None
    """The first day of the month."""
    scope: str = ""
