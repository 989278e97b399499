"""Turns the bytes of a file into typed rows of a contract; what cannot be one is rejected, with line and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from audit.load import Reject
from audit.source import Mapping, Source
from pipelines.staging import archive, format, header
from pipelines.staging.sheet import Sheet


@dataclass(frozen=True)
class Batch:
    """
    The rows of one file that are fit for the gate.

    `frame` has the contract's columns in its order, then `line` (int64), the line on which the record begins. Text is
    `str`, integers `Int64`, numbers `Float64`, booleans `boolean`; dates and timestamps are `datetime64[us]` without a
    zone, a date at midnight, so that the way to Arrow's date32 and timestamp[us] is exact. An empty cell is missing.
    """

    frame: pd.DataFrame
    rejects: list[Reject]
    """One for each rejected record, by line: the first mistake in it."""
    lines: int
    """Records below the header and its skipped lines, blank ones included; one over several lines counts once."""
    blank: int
    physical_lines: int
    """Lines of the file as an editor or a spreadsheet shows them, the header included."""
    delivered: tuple[str, ...]
    """Columns of the contract that the file, or a constant of the mapping, supplied."""
    ignored: tuple[str, ...]
    """Columns of the file that nobody asked for; they are not kept."""

    def __post_init__(self) -> None:
        loaded, rejected = len(self.frame), len({reject.line for reject in self.rejects})
        if self.lines != loaded + rejected + self.blank:
            raise AssertionError(f"{self.lines} lines are not {loaded} rows + {rejected} rejected + {self.blank} blank")


def _nobody(share: float) -> None:
    """Nobody watches the progress."""


def stage(
    content: bytes, file: str, contract: Source, mapping: Mapping, progress: Callable[[float], None] = _nobody
) -> Batch:
    """Raises SourceError, one line for people, where the file as a whole cannot be used: then nothing of it is."""
    progress(0.0)
    unpacked = archive.unpacked(content, file)
    mapping = format.with_delimiter(mapping, unpacked.name)
    progress(0.1)
    read = format.read(unpacked.content, file, mapping)
    progress(0.3)
    sheet = Sheet(read, contract, mapping, file)
    for done, name in enumerate(contract.columns, start=1):
        sheet.fill(name)
        progress(0.3 + 0.5 * done / len(contract.columns))
    sheet.reject_repeats()
    batch = Batch(
        frame=sheet.frame(),
        rejects=[sheet.rejects[line] for line in sorted(sheet.rejects)],
        lines=len(sheet.read.records) + sheet.read.blank,
        blank=sheet.read.blank,
        physical_lines=read.physical_lines,
        delivered=sheet.delivered(),
        ignored=header.ignored(read, sheet.origins.values()) + read.beside,
    )
    progress(1.0)
    return batch
