"""The anchor: a file beside the database with the hash of every entry, so that a cut or rewritten trail is found."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from audit.errors import RecordError
from audit.records.appending import append
from audit.records.tables import canonical
from audit.wording import say

END = 65_536
BEFORE_THE_FIRST = "0" * 64
"""What stands where the first entry has no entry before it."""


@dataclass(frozen=True)
class Anchored:
    """What the file says, line by line: hashes by number, and lines that could not be read."""

    hashes: list[tuple[int, str]]
    torn: list[tuple[int, str]]
    """Line of the file, and its text."""


class Anchor:
    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self) -> None:
        """Make the file of a new trail, so that a missing file always means that somebody took it away."""
        known = self.read()
        if known is None or (0, BEFORE_THE_FIRST) not in known.hashes:
            self._append(line(0, BEFORE_THE_FIRST))

    def note(self, hashes: list[tuple[int, str]]) -> None:
        """Called after the commit; a crash in between leaves the trail ahead of the anchor, which is no damage."""
        try:
            self._append("".join(line(seq, hash) for seq, hash in hashes))
        except OSError as error:
            raise RecordError(
                say(
                    "entry {seq} is kept, but {name} cannot be written ({error}); make the folder writable again",
                    seq=str(hashes[-1][0]),
                    name=self.path.name,
                    error=error.strerror,
                )
            ) from error

    def read(self) -> Anchored | None:
        """None where the file is missing or cannot be read."""
        try:
            text = self.path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return None
        found = Anchored([], [])
        for number, written in enumerate(text.splitlines(), 1):
            try:
                noted = json.loads(written)
                found.hashes.append((int(noted["seq"]), str(noted["hash"])))
            except (ValueError, TypeError, LookupError):
                found.torn.append((number, written))
        return found

    def last(self) -> int:
        """The number of the newest entry that it names; 0 for none. Reads its end alone, however long it is."""
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - END))
                written = file.read().splitlines()
        except OSError:
            return 0
        return max((number(each) for each in written), default=0)

    def _append(self, text: str) -> None:
        with self.path.open("a+b") as file:
            append(file, text)


def number(written: bytes) -> int:
    """Of the entry that a line names; 0 where it cannot be read."""
    try:
        return int(json.loads(written)["seq"])
    except (ValueError, TypeError, LookupError):
        return 0


def line(seq: int, hash: str) -> str:
    return canonical({"seq": seq, "hash": hash}) + "\n"
