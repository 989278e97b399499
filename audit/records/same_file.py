"""Which file the records are: one that was removed or replaced while it is open takes in what nobody will ever read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.errors import RecordError
from audit.wording import say

Identity = tuple[int, int]
"""Device and inode. No other file has them as long as somebody holds this one open."""


def identity(file: Path) -> Identity | None:
    """None where there is no such file."""
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


@dataclass(frozen=True)
class SameFile:
    file: Path
    identity: Identity | None

    def refuse_another(self) -> None:
        """Raises RecordError where the name does not lead to the file that was opened."""
        if identity(self.file) != self.identity:
            raise RecordError(
                say(
                    "{file} was removed or replaced while it was open; nothing was changed: reload the page, or start "
                    "the program again",
                    file=self.file.name,
                )
            )
