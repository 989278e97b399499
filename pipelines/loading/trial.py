"""A dry run: a file is staged and held at the gate as in a load, but nothing is published and nothing recorded."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from audit.load import GateResult, Reject
from audit.mapping import Mapping
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.connection import one_database
from pipelines.gate import validate_files
from pipelines.gating.expectation_arguments import of_day
from pipelines.personal.guard import Guard
from pipelines.personal.key import BYTES
from pipelines.personal.pseudonyms import Pseudonyms
from pipelines.publishing.standing import would_replace
from pipelines.receive import cleaned
from pipelines.stage import stage_into
from pipelines.staging.rows import Rows
from pipelines.workspace import Workspace

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
    replaced: dict[str, int] = field(default_factory=dict)
    """Load -> how many rows of it would be replaced; empty also where a row is known by its customer's pseudonym."""

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


def trial(
    content: bytes,
    name: str,
    source: str,
    mapping: Mapping,
    day: dt.date,
    progress: Progress,
    workspace: Workspace | None = None,
) -> Trial:
    """
    What a load on this day would do.
    Raises SourceError where the file as a whole would be refused. What would be replaced is counted in the tables of
    the workspace, where one is given.
    """
    contract, file = of_day(definitions.source(source), day), cleaned(name)
    reading = say("reading the rows")
    # a key that nobody has: what a killed dry run leaves on the disk names no customer
    guard = Guard(contract, Pseudonyms(secrets.token_bytes(BYTES)))
    tables = [workspace.table(source)] if workspace else []
    with tempfile.TemporaryDirectory() as folder, one_database([Path(folder), *tables], len(content)):
        batch = stage_into(
            Path(folder), content, file, contract, mapping, protection=guard,
            progress=lambda share: progress(0.6 * share, reading),
        )  # fmt: skip
        progress(0.6, say("holding the rows at the gate"))
        gate = validate_files(batch.rows.files, contract) if batch.loaded else ()
        replaced = _replaced(workspace, batch.rows) if workspace and batch.loaded else {}
    progress(1.0, say("done"))
    return Trial(file, batch.lines, batch.loaded, tuple(batch.rejects), batch.blank, batch.ignored, gate, replaced)


def _replaced(workspace: Workspace, rows: Rows) -> dict[str, int]:
    if set(rows.contract.key) & set(rows.contract.personal("customer", "another customer")):
        return {}  # the pseudonyms of a dry run are not those of the tables
    return would_replace(workspace.table(rows.contract.name), rows, workspace.storage)
