"""Who signed what, and who looked through the trail."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from audit.records.tables.base import Kept


class SignatureRow(Kept):
    """One signature. It is never taken back: signing again makes a further one."""

    __tablename__ = "signatures"
    __table_args__ = (Index(None, "what_id"),)
    object: ClassVar[str] = "signature"

    what: Mapped[str]
    """Which kind of thing: audit, management review or evidence pack."""
    what_id: Mapped[str]
    meaning: Mapped[str]
    name: Mapped[str]
    """Printed, as it stood when the person signed."""
    signed_at: Mapped[dt.datetime]
    sha256: Mapped[str]
    """Of the snapshot of exactly what was signed, which the store holds."""
    verified: Mapped[bool]
    """Whether a sign-in vouches for the person."""
    authenticated_at: Mapped[dt.datetime | None]
    independent: Mapped[bool]
    """Whether the signer is somebody else than who made what is signed."""

    @property
    def object_id(self) -> str:
        return f"{self.what} {self.what_id}"


class TrailReviewRow(Kept):
    """Somebody looked through the trail, from one entry to another, after it was verified."""

    __tablename__ = "trail_reviews"
    object: ClassVar[str] = "trail review"

    first: Mapped[int]
    last: Mapped[int]
    hash: Mapped[str]
    """Of the last entry that was looked at."""
    damage: Mapped[int]
    """How many alterations the check found that was made for this review."""
    note: Mapped[str]

    @property
    def object_id(self) -> str:
        return str(self.last)
