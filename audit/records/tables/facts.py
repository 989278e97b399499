"""What came in, and who was erased from it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from audit.records.tables.base import Count, Kept


class LoadRow(Kept):
    __tablename__ = "loads"
    __table_args__ = (Index(None, "id"),)
    object: ClassVar[str] = "load"
    later: ClassVar[frozenset[str]] = frozenset({"refused", "rows_of_record", "masked", "replaced"})

    id: Mapped[str]
    source: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    mapping: Mapped[str]
    lines: Mapped[Count]
    loaded: Mapped[Count]
    rejected: Mapped[Count]
    blank: Mapped[Count]
    physical_lines: Mapped[Count]
    published: Mapped[bool]
    version: Mapped[int | None]
    received_at: Mapped[dt.datetime]
    actor: Mapped[str]
    delivered: Mapped[list[str]]
    ignored: Mapped[list[str]]
    months: Mapped[dict[str, int]]
    gate: Mapped[list[dict[str, Any]]]
    rejects: Mapped[str]
    refused: Mapped[str | None]
    rows_of_record: Mapped[Count | None]
    masked: Mapped[dict[str, dict[str, int]] | None]
    replaced: Mapped[dict[str, int] | None]

    @property
    def object_id(self) -> str:
        return self.id


class ErasureRow(Kept):
    """A person who was erased, and the files that changed by it."""

    __tablename__ = "erasures"
    object: ClassVar[str] = "erasure"

    pseudonym: Mapped[str]
    rows: Mapped[dict[str, int]]
    changed: Mapped[list[dict[str, Any]]]
    kept: Mapped[list[str]]

    @property
    def object_id(self) -> str:
        return self.pseudonym
