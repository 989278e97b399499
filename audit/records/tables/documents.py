"""Documents and their revisions, who was asked for one, and who has read which revision."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from audit.records.tables.base import Kept, Versioned


class DocumentRow(Versioned):
    """One revision of a document."""

    __tablename__ = "documents"
    object: ClassVar[str] = "document"
    later: ClassVar[frozenset[str]] = frozenset(
        {"approval", "expires_on", "file_type", "link", "requirements", "retain_until", "review_every"}
    )

    kind: Mapped[str]
    title: Mapped[str]
    status: Mapped[str]
    owner: Mapped[str]
    approved_by: Mapped[str]
    approved_on: Mapped[dt.date | None]
    reviewed_on: Mapped[dt.date | None]
    covers_from: Mapped[dt.date | None]
    covers_to: Mapped[dt.date | None]
    note: Mapped[str]
    sha256: Mapped[str]
    file: Mapped[str]
    size: Mapped[int | None]
    link: Mapped[str | None]
    file_type: Mapped[str | None]
    """What the content is, whatever the file is called."""
    approval: Mapped[str | None]
    """By whom, seen from the author: see audit/records/document/approval.py."""
    review_every: Mapped[int | None]
    """Months."""
    expires_on: Mapped[dt.date | None]
    """The last day on which it holds."""
    retain_until: Mapped[dt.date | None]
    """The last day on which it must be kept."""
    requirements: Mapped[list[str] | None]


class RequestRow(Versioned):
    """Somebody is asked for a document."""

    __tablename__ = "document_requests"
    object: ClassVar[str] = "document request"

    kind: Mapped[str]
    """"" where any document that shows the requirements will do."""
    requirements: Mapped[list[str]]
    asked_of: Mapped[str]
    due_on: Mapped[dt.date]
    note: Mapped[str]
    status: Mapped[str]
    document: Mapped[str]
    """The document that fulfils it."""


class ReadingRow(Kept):
    """Somebody says to have read one revision of a document."""

    __tablename__ = "readings"
    __table_args__ = (Index(None, "document"),)
    object: ClassVar[str] = "reading"

    document: Mapped[str]
    revision: Mapped[int]

    @property
    def object_id(self) -> str:
        return self.document
