"""Who may do what, and what the program remembers of people at work: who is signed in, and texts not yet kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from audit.records.tables.base import Base, Versioned


class PersonRow(Versioned):
    """A person and the role; `id` is what the sign-in vouches for: an e-mail address, or issuer and subject."""

    __tablename__ = "people"
    object: ClassVar[str] = "person"

    name: Mapped[str]
    role: Mapped[str]
    """"" for somebody who may do nothing any more."""
    audit: Mapped[str]
    """The one audit that a guest auditor sees."""
    until: Mapped[dt.date | None]
    """The last day on which the role counts."""


class SignInRow(Base):
    """One sign-in of one browser. It is no record of a decision, so it changes, and stands in no trail."""

    __tablename__ = "sign_ins"

    id: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 over issuer, subject, nonce and time of issue."""
    identity: Mapped[str]
    name: Mapped[str]
    began_at: Mapped[dt.datetime]
    active_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ended_why: Mapped[str]


class DraftRow(Base):
    """What somebody typed into a form and has not kept yet; it stands in no trail."""

    __tablename__ = "drafts"

    owner: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    """Which form, and on which object, as in "conclude 9.1.2-a"."""
    typed: Mapped[dict[str, Any]]
    seen: Mapped[int | None]
    """The revision that the person looked at."""
    at: Mapped[dt.datetime]
