"""Says how large a file of each format may be, before memory is taken for it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say
from pipelines.staging import archive, json_lines, parquet_file, signature

BEGINNING = 4_000
"""Bytes that tell the format."""


class Limit(NamedTuple):
    kind: Text
    megabytes: int
    instead: Text


ARCHIVE = Limit(say("an archive or a workbook"), 1_000, say("unpack it and load the table as CSV"))
PARQUET = Limit(say("a Parquet file"), 1_000, say("load it in parts, with the columns that you need, or as CSV"))
JSON_LINES = Limit(say("JSON lines"), 250, say("load it in parts, or as CSV"))


def refuse_too_large(path: Path) -> None:
    """Raises SourceError for a file that cannot be read with the memory that a usual computer has."""
    with path.open("rb") as stream:
        beginning = stream.read(BEGINNING)
    refuse(path.stat().st_size, beginning, str(path))


def refuse(size: int, beginning: bytes, file: str) -> None:
    limit = _limit(beginning)
    if limit and size > limit.megabytes * 1_000_000:
        raise SourceError(
            say(
                "{file}: {size} MB, and {kind} may have {most} MB; {instead}",
                file=file, size=size // 1_000_000, kind=limit.kind, most=limit.megabytes, instead=limit.instead,
            )
        )  # fmt: skip


def _limit(beginning: bytes) -> Limit | None:
    """None for CSV, which is read block by block."""
    if beginning.startswith((archive.GZIP, signature.ZIP)):
        return ARCHIVE
    if beginning.startswith(parquet_file.MARK):
        return PARQUET
    return JSON_LINES if json_lines.looks_like(_text(beginning)) else None


def _text(beginning: bytes) -> str:
    return beginning.decode("utf-8-sig", errors="replace")
