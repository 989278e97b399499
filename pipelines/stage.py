"""Turns a file into typed rows of a contract; what cannot be one is rejected, with line and reason."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TypeVar

import pandas as pd

from audit.load import Reject
from audit.mapping import Mapping
from audit.source import Source
from pipelines.staging import archive, format, header
from pipelines.staging.block import blocks_of_table
from pipelines.staging.csv_file import CsvFile
from pipelines.staging.parts import Parts, Seen, unseen
from pipelines.staging.pivot import Long, pivoted
from pipelines.staging.repeats import repeats
from pipelines.staging.rows import Rows
from pipelines.staging.sheet import Protection, Sheet, Unprotected

Made = TypeVar("Made")


@dataclass(frozen=True)
class Batch:
    """The rows of one file that are fit for the gate, and what became of the others."""

    rows: Rows
    loaded: int
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
    rows_of_record: int = 1
    """Rows asked of each record: with a pivot one for each question. `lines` and `blank` count these."""

    @property
    def frame(self) -> pd.DataFrame:
        """All rows at once; see Rows.frame."""
        return self.rows.frame()

    def __post_init__(self) -> None:
        of_line = Counter(reject.line for reject in self.rejects)
        if max(of_line.values(), default=0) > self.rows_of_record or self.lines % self.rows_of_record:
            raise AssertionError(f"{self.lines} lines are not {self.rows_of_record} for each record of the file")
        if self.loaded != len(self.rows) or self.lines != self.loaded + len(self.rejects) + self.blank:
            account = f"{self.loaded} rows + {len(self.rejects)} rejected + {self.blank} blank"
            raise AssertionError(f"{self.lines} lines are not {account}")


def _nobody(share: float) -> None:
    """Nobody watches the progress."""


def stage(
    content: bytes | Path,
    file: str,
    contract: Source,
    mapping: Mapping,
    progress: Callable[[float], None] = _nobody,
) -> Batch:
    """For whoever only looks: the rows are gone when the batch is. Raises SourceError as `stage_into` does."""
    folder = Path(tempfile.mkdtemp())
    try:
        batch = stage_into(folder, content, file, contract, mapping, progress=progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(batch, shutil.rmtree, folder, ignore_errors=True)
    return batch


def stage_into(
    folder: Path,
    content: bytes | Path,
    file: str,
    contract: Source,
    mapping: Mapping,
    load: str = "",
    protection: Protection | None = None,
    progress: Callable[[float], None] = _nobody,
    seen: Seen = unseen,
) -> Batch:
    """
    The rows are kept in `folder`, each with the name of its load. `protection` takes out of them what may not be
    kept; `seen` is told what is. Raises SourceError, one line for people, where the file as a whole cannot be used:
    then nothing of it is.
    """
    progress(0.0)
    with ExitStack() as until:
        opened: IO[bytes] = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
        until.enter_context(opened)
        stream, name = archive.unpacked(opened, file, until)
        size = stream.seek(0, os.SEEK_END)
        long = _read(stream, file, contract, format.with_delimiter(mapping, name), until)
        read = long.table
        sheet = Sheet(read, contract, long.mapping, file, protection or Unprotected())
        progress(0.1)
        wanted = sheet.wanted
        blocks = read.blocks(wanted) if isinstance(read, CsvFile) else blocks_of_table(read, wanted)
        with Parts(folder, contract, load, seen) as parts:
            for rows in _ahead(map(sheet.kept, _ahead(map(sheet.typed, _ahead(blocks))))):
                parts.add(rows)
                progress(0.1 + 0.7 * min(1.0, read.offset / size) if isinstance(read, CsvFile) else 0.5)
        sheet.finish()
    progress(0.9)
    rows = _without_repeats(parts, sheet, read.rows_of_record)
    progress(1.0)
    return Batch(
        rows=rows,
        loaded=len(rows),
        rejects=[long.of_file(sheet.rejects[line]) for line in sorted(sheet.rejects)],
        lines=sheet.fitting + sheet.misfits + sheet.blank,
        blank=sheet.blank,
        physical_lines=read.physical_lines,
        delivered=sheet.delivered(),
        ignored=header.ignored(read, sheet.origins.values()) + read.beside,
        rows_of_record=read.rows_of_record,
    )


def _ahead(made: Iterator[Made]) -> Iterator[Made]:
    """While one is worked on the next is made."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, made, None)
        while (one := coming.result()) is not None:
            coming = maker.submit(next, made, None)
            yield one


def _read(stream: IO[bytes], file: str, contract: Source, mapping: Mapping, until: ExitStack) -> Long:
    read = format.opened(stream, file, mapping, until)
    if isinstance(read, CsvFile):
        return Long(read, mapping)
    long = pivoted(read, contract, mapping, file)
    if isinstance(long.table, CsvFile):
        return long
    table, skipped = header.below(long.table, long.mapping.skip_lines_after_header)
    return replace(long, table=replace(table, skipped=skipped))


def _without_repeats(parts: Parts, sheet: Sheet, rows_of_record: int) -> Rows:
    """The rows without those whose key stands twice; their lines are those of the file."""
    rows, gone = parts.rows(), list[int]()
    for repeat in repeats(rows, sheet.refused(), bool(parts.serial), rows_of_record):
        sheet.reject_repeat(repeat.line, repeat.key, repeat.why)
        gone.append(repeat.line)
        if repeat.contradicts:
            sheet.protection.forget(repeat.key)
    left = rows.without(gone) if gone else rows
    return left.with_lines(rows_of_record) if rows_of_record > 1 else left
