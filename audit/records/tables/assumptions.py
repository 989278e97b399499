"""What the organisation assumes where its data cannot tell."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Versioned


class AssumptionRow(Versioned):
    """Known by its name: there is one of each."""

    __tablename__ = "assumptions"
    object: ClassVar[str] = "assumption"

    value: Mapped[float | None]
    """Nothing where it was withdrawn."""
    owner: Mapped[str]
    source: Mapped[str]
