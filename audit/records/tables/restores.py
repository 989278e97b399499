"""When an older state of the records took the place of a newer one, knowingly."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Kept


class RestoreRow(Kept):
    """What came between `head` and `seen` is lost; the reason stands in the entry."""

    __tablename__ = "restores"
    object: ClassVar[str] = "restore"

    backup: Mapped[str]
    """SHA-256 of the backup's list of contents."""
    made_at: Mapped[dt.datetime]
    head: Mapped[int]
    """The last entry in the backup."""
    seen: Mapped[int]
    """The last entry that was known to exist."""

    @property
    def object_id(self) -> str:
        return self.backup[:12]
