"""A dry run: a file is staged and held at the gate as in a load, but nothing is published and nothing recorded."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audit.load import GateResult, Reject
from audit.source import Mapping
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.gate import validate_files
from pipelines.personal.guard import Guard
from pipelines.personal.key import BYTES
from pipelines.personal.pseudonyms import Pseudonyms
from pipelines.receive import cleaned
from pipelines.stage import stage_into

Progress = Callable[[float, Text], None]


@dataclass(frozen=True)
class Trial:
    """What a load of this file would do. Always lines = loaded + rejected + blank."""

    file: str
    lines: int
    loaded: int
    rejects: tuple[Reject, ...]
    blank: int
    ignored: tuple[str, ...]
    gate: tuple[GateResult, ...]

    @property
    def rejected(self) -> int:
        return len(self.rejects)

    @property
    def stopped(self) -> bool:
        return any(result.stops for result in self.gate)

    @property
    def publishes(self) -> bool:
        return self.loaded > 0 and not self.stopped

    def __post_init__(self) -> None:
        if self.lines != self.loaded + self.rejected + self.blank:
            account = f"{self.loaded} loaded + {self.rejected} rejected + {self.blank} blank"
            raise AssertionError(f"{self.file}: {self.lines} lines are not {account}")


def trial(content: bytes, name: str, source: str, mapping: Mapping, progress: Progress) -> Trial:
    """Raises SourceError where the file as a whole would be refused."""
    contract, file = definitions.source(source), cleaned(name)
    reading = say("reading the rows")
    # a key that nobody has: what a killed dry run leaves on the disk names no customer
    guard = Guard(contract, Pseudonyms(secrets.token_bytes(BYTES)))
    with tempfile.TemporaryDirectory() as folder:
        batch = stage_into(
            Path(folder), content, file, contract, mapping, protection=guard,
            progress=lambda share: progress(0.6 * share, reading),
        )  # fmt: skip
        progress(0.6, say("holding the rows at the gate"))
        gate = validate_files(batch.rows.files, contract) if batch.loaded else ()
    progress(1.0, say("done"))
    return Trial(file, batch.lines, batch.loaded, tuple(batch.rejects), batch.blank, batch.ignored, gate)
