"""A document of Lindvale: what the register says of it, and where its text is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "documents"
COVERED_FROM, COVERED_TO = dt.date(2025, 10, 1), dt.date(2026, 9, 30)


@dataclass(frozen=True)
class Paper:
    kind: str
    title: str
    owner: str
    reviewed_on: dt.date
    covers_from: dt.date | None = None
    covers_to: dt.date | None = None
    text: str = ""
    """File among the texts, where it is not named for the kind."""
    status: str = "approved"

    @property
    def file(self) -> str:
        return f"{self.text or self.kind.replace(' ', '-')}.md"

    def write(self, folder: Path, figures: dict[str, str]) -> Path:
        written = (TEXTS / self.file).read_text(encoding="utf-8")
        path = folder / self.file
        head = {"title": self.title, "owner": self.owner, "reviewed_on": self.reviewed_on.isoformat()}
        path.write_text(written.format(**head, **figures), encoding="utf-8", newline="\n")
        return path


def of_the_year(kind: str, title: str, owner: str, reviewed_on: dt.date) -> Paper:
    """One that says of which period it tells."""
    return Paper(kind, title, owner, reviewed_on, COVERED_FROM, COVERED_TO)
