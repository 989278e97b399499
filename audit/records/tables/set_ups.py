"""What the organisation is audited against, each time that somebody chooses it."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from audit.records.tables.base import Kept


class SetUpRow(Kept):
    """Who chose it and why stands in the entry; what holds is in workspace.yaml."""

    __tablename__ = "set_ups"
    object: ClassVar[str] = "set-up"

    edition: Mapped[str]
    packs: Mapped[list[str]]

    @property
    def object_id(self) -> str:
        return self.edition
