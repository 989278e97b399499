"""Reads Parquet: every value becomes the text that a CSV file would hold, and nothing is rounded on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say
from pipelines.staging import child
from pipelines.staging.table import Record, Table, is_blank
from pipelines.staging.text_file import shown

PARSER = Path(__file__).with_name("parquet_child.py")
MARK = b"PAR1"
MEMORY = 3_000_000_000
SECONDS = 120


def looks_like(content: bytes) -> bool:
    return content.startswith(MARK) and content.endswith(MARK) and len(content) > 2 * len(MARK)


def read(content: bytes, file: str) -> Table:
    """The line of a row is its number plus one, as if a header stood above. Raises SourceError for a broken file."""
    about, texts = _parsed(content, file)
    nested = {int(at): kind for at, kind in about["nested"].items()}
    single = iter(texts.columns)
    columns = [[""] * about["rows"] if at in nested else _listed(next(single)) for at in range(len(about["names"]))]
    rows = [Record(line, line, list(fields)) for line, fields in enumerate(zip(*columns, strict=True), start=2)]
    records = [row for row in rows if not is_blank(row.fields)]
    return Table(
        header=Record(1, 1, about["names"]), records=records, blank=len(rows) - len(records),
        physical_lines=about["rows"] + 1, unusable=nested,
    )  # fmt: skip


def _parsed(content: bytes, file: str) -> tuple[dict[str, Any], pa.Table]:
    try:
        told = child.told(PARSER, content, {}, MEMORY + len(content), SECONDS)
    except child.TooMuch:
        raise SourceError(
            say(
                "{file}: this Parquet file takes too much time or memory; "
                "load it in parts, with the columns that you need",
                file=file,
            )
        ) from None
    except child.Broken:
        raise _broken(file, say("its parser failed")) from None
    first, _, stream = told.partition(b"\n")
    about = json.loads(first)
    if "too large" in about:
        raise _too_large(file, about["too large"])
    if "uneven" in about:
        raise _broken(file, say("its columns are not of one length"))
    if "broken" in about:
        raise _broken(file, shown(about["broken"], 120))
    return about, pa.ipc.open_stream(pa.py_buffer(stream)).read_all()


def _listed(column: pa.ChunkedArray) -> list[str]:
    """Each text is kept once, however many rows have it."""
    found: list[str] = []
    for chunk in column.chunks:
        values = [text or "" for text in chunk.dictionary.to_pylist()]
        found += ["" if at is None else values[at] for at in chunk.indices.to_pylist()]
    return found


def _too_large(file: str, told: dict[str, int]) -> SourceError:
    return SourceError(
        say(
            "{file}: {rows} rows of {columns} columns, {megabytes} MB unpacked, in {packed} bytes; at most "
            "{most_cells} million cells, {most_columns} columns, {most_megabytes} MB and "
            "{steepest} rows a byte are read: load it in parts, with the columns that you need",
            file=file, **{name: int(number) for name, number in told.items()},
        )
    )  # fmt: skip


def _broken(file: str, why: str | Text) -> SourceError:
    return SourceError(say("{file}: this Parquet file cannot be read ({why}); export it again", file=file, why=why))
