"""
Takes a person out of a file of text: their records become blank lines, so that all other rows keep their line.

What names the person in a record of somebody else is cut out of its cell.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from audit.errors import SourceError
from audit.source import Mapping, Personal, Source
from pipelines.personal.person import Person
from pipelines.staging import json_lines
from pipelines.staging.format import with_delimiter
from pipelines.staging.text_file import decode, lines_of


@dataclass(frozen=True)
class Cut:
    content: bytes | None
    """None where nothing had to be cut."""
    lines: tuple[int, ...]
    """Where a record of the person began."""


class Record(NamedTuple):
    line: int
    last: int
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
    content: bytes, file: str, mapping: Mapping | None, contract: Source | None, person: Person, lines: Iterable[int]
) -> Cut:
    """`lines` are known to be the person's. Raises SourceError for what is no text that can be written as it was."""
    read_as = with_delimiter(mapping or Mapping(source="unknown"), file)
    text, codec = _decoded(content, file, read_as.encoding)
    written, customers, known = lines_of(text), _customers(mapping, contract), set(lines)
    is_json = json_lines.looks_like(text)
    records = _of_json(written) if is_json else _of_csv(written, read_as)
    own = []
    for record in list(records):
        cells, here = record.cells.values(), slice(record.line - 1, record.last)
        if record.line in known or customers.are(person, record) or any(map(person.is_named_by, cells)):
            own.append(record.line)
            written[here] = [_end(line) for line in written[here]]
        elif (cells_after := _without(person, record, customers)) != record.cells:
            line = "".join(written[here])
            changed = {cell: cells_after[name] for name, cell in record.cells.items() if cell != cells_after[name]}
            line = _in_json(line, changed) if is_json else _as_csv(cells_after, read_as.delimiter) + _end(line)
            # it stays as many lines as it was, so that those below keep their number
            written[here] = [line, *[""] * (record.last - record.line)]
    after = "".join(written).encode(codec)
    return Cut(None if after == content else after, tuple(own))


def _decoded(content: bytes, file: str, encoding: str) -> tuple[str, str]:
    decode(content, file, encoding)  # refuses what is no text
    for codec in (encoding, "utf-8", "utf-16", "utf-16-be"):
        try:
            text = content.decode(codec)
            if text.encode(codec) == content:
                return text, codec
        except (UnicodeError, LookupError):
            continue
    raise SourceError(f"{file}: it cannot be written as it was")


def _customers(mapping: Mapping | None, contract: Source | None) -> Customers:
    if mapping is None or contract is None:
        return Customers(None, [])

    def origins(*kinds: Personal) -> list[str]:
        names = contract.personal(*kinds)
        return [one for name in names for one in (mapping.columns[name].source if name in mapping.columns else [name])]

    return Customers(origins("customer") or None, origins("another customer"))


def _of_csv(written: list[str], read_as: Mapping) -> Iterator[Record]:
    header: list[str] = []
    reader, begins = csv.reader(written, delimiter=read_as.delimiter), 1
    for fields in reader:
        names = [*header, *map(str, range(len(header), len(fields)))]
        yield Record(begins, reader.line_num, dict(zip(names, fields, strict=False)))
        if not header and any(map(str.strip, fields)) and begins >= (read_as.header_line or 1):
            header = [name.lstrip("\ufeff").strip() for name in fields]
        begins = reader.line_num + 1


def _of_json(written: list[str]) -> Iterator[Record]:
    for number, line in enumerate(written, start=1):
        try:
            row = json.loads(line)
        except ValueError:
            row = {}
        if isinstance(row, dict):
            yield Record(number, number, {name: str(value) for name, value in row.items()})


def _without(person: Person, record: Record, customers: Customers) -> dict[str, str]:
    return {
        name: "" if name in customers.others and cell.strip() in person.originals else person.without(cell)
        for name, cell in record.cells.items()
    }


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
