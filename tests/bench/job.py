"""What one measured process is told: which files, and where it may write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Work = Callable[[], dict[str, Any]]
"""What the clock runs over; it returns what came of it."""


class NotThereYet(Exception):
    """The program cannot do yet what the case is about."""


@dataclass(frozen=True)
class Job:
    files: Path
    scratch: Path
    """Empty at the begin of a round, and the round's own."""

    def file(self, name: str) -> Path:
        return self.files / f"{name}.csv"


Case = Callable[[Job], Work]
"""Imports what it needs, and returns the work."""
