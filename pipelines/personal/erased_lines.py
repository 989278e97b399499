"""
Takes a person out of a file of text: their records become blank lines, so that all other rows keep their line.

What names the person in a record of somebody else is cut out of its cell. One record is in memory at a time.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from audit.errors import SourceError
from audit.source import Mapping, Personal, Source
from audit.wording import say
from pipelines.personal.person import Person
from pipelines.staging import json_lines
from pipelines.staging.format import HEAD, with_delimiter
from pipelines.staging.text_file import SAMPLE, as_utf8, lines

CODECS = ("utf-8", "utf-16", "utf-16-be")
"""What a byte order mark may say in place of the mapping."""


@dataclass(frozen=True)
class Cut:
    changed: bool
    lines: tuple[int, ...]
    """Where a record of the person began."""


class Record(NamedTuple):
    line: int
    text: list[str]
    """Its lines, with their ends."""
    cells: dict[str, str]
    """By the file's name of the column; a cell without one by its place."""


@dataclass(frozen=True)
class Customers:
    """The columns of the file that hold customers; without a mapping, any column may, but not for a mere number."""

    owner: list[str] | None
    others: list[str]

    def are(self, person: Person, record: Record) -> bool:
        if self.owner is None or not all(name in record.cells for name in self.owner):
            return any(map(person.is_identified_by, record.cells.values()))
        return "/".join(record.cells[name].strip() for name in self.owner) in person.originals


def cut(
    original: Path,
    into: Path,
    file: str,
    mapping: Mapping | None,
    contract: Source | None,
    person: Person,
    known: Iterable[int],
) -> Cut:
    """
    Writes what is left. `known` are lines of the person; `file` is the name under which the original came. Raises
    SourceError for what is no text that can be written as it was.
    """
    read_as = with_delimiter(mapping or Mapping(source="unknown"), file)
    codec, customers, lines = _codec(original, file, read_as.encoding), _customers(mapping, contract), set(known)
    changed, own = False, []
    with original.open(encoding=codec, newline="") as text, into.open("w", encoding=codec, newline="") as left:
        is_json = json_lines.looks_like(text.read(HEAD))
        text.seek(0)
        for record in _of_json(text) if is_json else _of_csv(text, read_as):
            if record.line not in lines and _is_clear(record, person, customers, is_json):
                left.writelines(record.text)
                continue
            named = any(map(person.is_named_by, record.cells.values()))
            if named or record.line in lines or customers.are(person, record):
                own.append(record.line)
                after = "".join(map(_end, record.text))
            else:
                after = _without(person, record, customers, read_as.delimiter, is_json)
            left.write(after)
            changed |= after != "".join(record.text)
    return Cut(changed, tuple(own))


def _is_clear(record: Record, person: Person, customers: Customers, is_json: bool) -> bool:
    """Nothing of the person stands in the record, as one look tells where its values are written as they are."""
    text = "".join(record.text)
    if ("\\" if is_json else '"') in text or len(customers.owner or ()) > 1:
        return False
    folded = text.casefold()
    return not any(known in folded for known in person.folded)


def _codec(original: Path, file: str, encoding: str) -> str:
    """In which the text can be written as it was, to the byte."""
    with original.open("rb") as stream, ExitStack() as until:
        for _ in lines(as_utf8(stream, file, encoding, until), file, 1):
            pass  # refuses what is no text
    for codec in (encoding, *CODECS):
        if _comes_back(original, codec):
            return codec
    raise SourceError(say("{file}: it cannot be written as it was", file=file))


def _comes_back(original: Path, codec: str) -> bool:
    with original.open("rb") as stream:
        try:
            read, write = codecs.getincrementaldecoder(codec)(), codecs.getincrementalencoder(codec)()
            sums = [hashlib.sha256(), hashlib.sha256()]
            while piece := stream.read(SAMPLE):
                sums[0].update(piece)
                sums[1].update(write.encode(read.decode(piece)))
            sums[1].update(write.encode(read.decode(b"", final=True), final=True))
        except (UnicodeError, LookupError):
            return False
    return sums[0].digest() == sums[1].digest()


def _customers(mapping: Mapping | None, contract: Source | None) -> Customers:
    if mapping is None or contract is None:
        return Customers(None, [])

    def origins(*kinds: Personal) -> list[str]:
        names = contract.personal(*kinds)
        return [one for name in names for one in (mapping.columns[name].source if name in mapping.columns else [name])]

    return Customers(origins("customer") or None, origins("another customer"))


def _of_csv(text: Iterable[str], read_as: Mapping) -> Iterator[Record]:
    header: list[str] = []
    taken: list[str] = []
    reader, begins = csv.reader(_kept(text, taken), delimiter=read_as.delimiter), 1
    for fields in reader:
        names = [*header, *map(str, range(len(header), len(fields)))]
        yield Record(begins, taken, dict(zip(names, fields, strict=False)))
        if not header and any(map(str.strip, fields)) and begins >= (read_as.header_line or 1):
            header = [name.lstrip("\ufeff").strip() for name in fields]
        begins = reader.line_num + 1
        taken.clear()


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _of_json(text: Iterable[str]) -> Iterator[Record]:
    for number, line in enumerate(text, start=1):
        try:
            row = json.loads(line)
        except ValueError:
            row = {}
        yield Record(number, [line], {name: str(value) for name, value in row.items()} if isinstance(row, dict) else {})


def _without(person: Person, record: Record, customers: Customers, delimiter: str, is_json: bool) -> str:
    """A record of somebody else, over as many lines as it was, so that those below keep their number."""
    text = "".join(record.text)
    after = {
        name: "" if name in customers.others and cell.strip() in person.originals else person.without(cell)
        for name, cell in record.cells.items()
    }
    changed = {cell: after[name] for name, cell in record.cells.items() if cell != after[name]}
    if not changed:
        return text
    return _in_json(text, changed) if is_json else _as_csv(after, delimiter) + _end(text)


def _in_json(line: str, changed: dict[str, str]) -> str:
    for before, after in changed.items():
        for ascii in (False, True):
            line = line.replace(json.dumps(before, ensure_ascii=ascii), json.dumps(after, ensure_ascii=ascii))
    return line


def _as_csv(cells: dict[str, str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow(cells.values())
    return line.getvalue()


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
