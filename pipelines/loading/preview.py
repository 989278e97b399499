"""What a file holds before anything is loaded: its names, its first rows, and the values of its columns."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.text import Text
from audit.unfit import reason_of
from audit.wording import say
from pipelines.staging import archive, format, header, json_lines, parquet_file, signature, text_file, xlsx_file
from pipelines.staging.table import Table
from pipelines.suggesting import layout
from pipelines.suggesting.encoding import encodings
from pipelines.suggesting.reading import Values

Kind = Literal["csv", "workbook", "json lines", "parquet"]
Progress = Callable[[float, Text], None]
FIRST = 8
SAMPLES = 4
MOST_HEAD = 60


@dataclass(frozen=True)
class Written:
    """How a file seems to be written; a person confirms each proposal."""

    kind: Kind
    encodings: tuple[str, ...] = ()
    """The likeliest first; one where no other is possible or would read the file alike."""
    sheets: dict[str, bool] | None = None
    """The sheets of a workbook, and whether each can be seen."""
    reading: dict[str, Any] | None = None
    """The keys of a mapping that say how the file is written, as proposed."""


@dataclass(frozen=True)
class Preview:
    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """The first of them, each with its line in the file."""
    samples: dict[str, tuple[str, ...]]
    """Some different values of each column."""
    records: int
    blank: int


def unpacked(content: bytes, file: str) -> tuple[bytes, str]:
    """What is in an archive, and its name; else the file itself."""
    return archive.unpacked_bytes(content, file)


def written(content: bytes, file: str, progress: Progress) -> Written:
    """`content` is unpacked. Raises SourceError where it is no table in any format."""
    progress(0.1, say("looking how the file is written"))
    if archive.is_office(io.BytesIO(content), file):
        return _workbook(content, file)
    if parquet_file.looks_like(content):
        return Written("parquet", reading={})
    signature.refuse_other_files(content[: format.HEAD], content[-format.HEAD :], file)
    found = encodings(content)
    # says what is wrong with a file that is no text, or text in none of the encodings that we know
    text = text_file.decode(content, file, found[0] if found else "utf-8")
    progress(0.6, say("looking how the file is written"))
    if json_lines.looks_like(text):
        return Written("json lines", found, reading={"encoding": found[0]})
    return Written("csv", found, reading={"encoding": found[0], **proposed_layout(text)})


def proposed_layout(text: str, delimiter: str | None = None) -> dict[str, Any]:
    """Delimiter and, where lines stand above the names, the line of the names."""
    sign = delimiter or layout.delimiter(text)
    head = text_file.lines_of(text[: layout.MOST_CHARACTERS])[:MOST_HEAD]
    line = layout.header_line(layout.records(head, sign))
    return {"delimiter": sign} | ({"header_line": line} if line else {})


def proposed_header(content: bytes, file: str, sheet: str | None) -> dict[str, Any]:
    rows = xlsx_file.first_rows(content, file, sheet, MOST_HEAD)
    line = layout.header_line(list(enumerate(rows, start=1)))
    return {"header_line": line} if line else {}


def _workbook(content: bytes, file: str) -> Written:
    sheets = xlsx_file.sheets(content, file)
    visible = [name for name, seen in sheets.items() if seen]
    if not visible:
        return Written("workbook", sheets=sheets, reading={})
    sheet = {"sheet": visible[0]} if len(visible) > 1 else {}
    return Written("workbook", sheets=sheets, reading=sheet | proposed_header(content, file, visible[0]))


def preview(content: bytes, file: str, reading: Mapping, progress: Progress) -> Preview:
    """Reads the whole file as a load would. Raises SourceError where a load would refuse it as it is read."""
    progress(0.1, say("reading the file"))
    table = _table(content, file, reading)
    progress(0.9, say("reading the file"))
    names = tuple(table.header.fields)
    rows = tuple((record.line, tuple(record.fields)) for record in table.records[:FIRST])
    fields = [record.fields for record in table.records[:2000] if len(record.fields) == len(names)]
    samples = {name: _samples(row[at] for row in fields) for at, name in enumerate(names)}
    return Preview(names, rows, samples, len(table.records), table.blank)


def values(content: bytes, file: str, reading: Mapping, wanted: Iterable[str], progress: Progress) -> dict[str, Values]:
    """Every value of these columns of the file, counted."""
    progress(0.1, say("reading the values"))
    table = _table(content, file, reading)
    places = {header.plain(name): at for at, name in enumerate(table.header.fields)}
    asked = {name: places[header.plain(name)] for name in wanted if header.plain(name) in places}
    found: dict[str, Values] = {}
    for done, (name, at) in enumerate(asked.items(), start=1):
        found[name] = Counter(_column(table, at))
        progress(0.4 + 0.6 * done / len(asked), say("reading the values"))
    return found


def reading_of(source: str, written: dict[str, Any]) -> Mapping:
    """As the keys say how the file is written; columns are not matched yet. Raises SourceError for keys of no use."""
    try:
        return Mapping.model_validate({"source": source, **written})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or say("the mapping")
        raise SourceError(say("{where}: {why}; choose another", where=where, why=reason_of(first))) from None


def _table(content: bytes, file: str, reading: Mapping) -> Table:
    return header.below(format.read(content, file, reading), reading.skip_lines_after_header)[0]


def _column(table: Table, at: int) -> Iterator[str]:
    width = len(table.header.fields)
    texts = (record.fields[at].strip() for record in table.records if len(record.fields) == width)
    return (text for text in texts if text)


def _samples(texts: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        if text.strip():
            found.setdefault(text.strip())
        if len(found) == SAMPLES:
            break
    return tuple(found)
