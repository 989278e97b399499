"""
Takes a person out of a file of text: their records become blank lines, so that all other rows keep their line.

What names the person in a record of somebody else is cut out of its cell. One record is in memory at a time.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.source import Personal, Source
from audit.wording import say
from pipelines.personal.erased_records import Record, as_many_lines, blank, of_csv, of_json
from pipelines.personal.person import Person
from pipelines.staging import json_lines
from pipelines.staging.format import HEAD, with_delimiter
from pipelines.staging.header import plain
from pipelines.staging.text_file import SAMPLE, as_utf8, lines

CODECS = ("utf-8", "utf-16", "utf-16-be")
"""What a byte order mark may say in place of the mapping."""


@dataclass(frozen=True)
class Cut:
    changed: bool
    lines: tuple[int, ...]
    """Where a record of the person began."""


class Stays(Exception):
    """What names the person cannot be cut out of this file."""


@dataclass(frozen=True)
class Customers:
    """The columns of the file that hold customers; without a mapping, any column may, but not for a mere number."""

    owner: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    """Each column of the contract by the columns of the file that fill it."""

    def are(self, person: Person, record: Record) -> bool:
        """Where the record does not say whose it is, a cell that is the person's name or identifier does."""
        owner = _joined(record, self.owner)
        if owner in person.originals:
            return True
        if owner and not record.wider:
            return False
        apart = {name for names in self.others for name in names}
        told = (cell.text for cell in record.cells if not cell.nested and (cell.name not in apart or not cell.name))
        return any(person.is_identified_by(text) or (not owner and person.is_named_by(text)) for text in told)

    def mention(self, person: Person, record: Record) -> set[str]:
        """Columns in which the person is the customer behind another one."""
        return {name for names in self.others if _joined(record, names) in person.originals for name in names}


def _joined(record: Record, names: tuple[str, ...]) -> str | None:
    """None where the record has not all of these columns."""
    found = {cell.name: cell.text.strip() for cell in reversed(record.cells) if not cell.nested}
    return "/".join(found[name] for name in names) if names and all(name in found for name in names) else None


@dataclass(frozen=True)
class Cutting:
    person: Person
    customers: Customers
    known: frozenset[int]
    """Lines of the person."""
    was_read: bool
    """By a load, so that its records are those that are seen here."""

    def is_own(self, record: Record) -> bool:
        readable = record.told or self.was_read
        return record.line in self.known or (readable and self.customers.are(self.person, record))

    def is_clear(self, record: Record) -> bool:
        """Nothing of the person stands in the record, as one look tells where its texts are written as they are."""
        joined = [self.customers.owner, *self.customers.others]
        if record.line in self.known or not record.plain or any(len(names) > 1 for names in joined):
            return False
        folded = record.text.casefold()
        return not any(known in folded for known in self.person.folded)

    def without(self, record: Record) -> str:
        """A record of somebody else, over as many lines as it was. Raises Stays where the person is still in it."""
        before, mentioned = [cell.text for cell in record.cells], self.customers.mention(self.person, record)
        texts = ["" if cell.name in mentioned else self.person.without(cell.text) for cell in record.cells]
        left = as_many_lines(record.written(texts), record.text) if texts != before else record.text
        if not record.told and (left != record.text or self.person.stands_in(left)):
            if not self.was_read:
                raise Stays
            return blank(record.text)  # nobody could read it, so that nothing is taken from the others
        if self.person.stands_in(left):
            raise Stays
        return left


def cut(
    original: Path,
    into: Path,
    file: str,
    mapping: Mapping | None,
    contract: Source | None,
    person: Person,
    known: Iterable[int],
    was_read: bool = True,
) -> Cut:
    """
    Writes what is left. `known` are lines of the person; `file` is the name under which the original came; `was_read`:
    a load found its records. Raises SourceError for what is no text that can be written as it was, and Stays where
    something of the person would stay.
    """
    read_as = with_delimiter(mapping or Mapping(source="unknown"), file)
    codec = _codec(original, file, read_as.encoding)
    cutting = Cutting(person, _customers(mapping, contract), frozenset(known), was_read)
    changed, own = False, list[int]()
    with original.open(encoding=codec, newline="") as text, into.open("w", encoding=codec, newline="") as left:
        for record in _records(text, left, read_as):
            after = record.text
            if not cutting.is_clear(record):
                after = blank(record.text) if cutting.is_own(record) else cutting.without(record)
            if not after.strip() and record.text.strip():
                own.append(record.line)
            left.write(after)
            changed |= after != record.text
    return Cut(changed, tuple(own))


def _records(text: IO[str], left: IO[str], read_as: Mapping) -> Iterator[Record]:
    """From behind the byte order mark on, which belongs to no cell."""
    head = text.read(HEAD)
    mark = head[: head.startswith("\ufeff")]
    text.seek(0)
    left.write(text.read(len(mark)))
    return of_json(text) if json_lines.looks_like(head.removeprefix(mark)) else of_csv(text, read_as)


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
        return Customers()

    def origins(*kinds: Personal) -> tuple[tuple[str, ...], ...]:
        asked = contract.personal(*kinds)
        written = [mapping.columns[name].source if name in mapping.columns else (name,) for name in asked]
        return tuple(tuple(map(plain, names)) for names in written if names)

    return Customers(next(iter(origins("customer")), ()), origins("another customer"))
