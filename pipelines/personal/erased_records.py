"""One record of a file of text: its cells by their place, and how it is written again with other texts in some of them.

Two columns may have one name, or none, so that a name never stands for a cell.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from audit.mapping import Mapping
from pipelines.staging.header import plain
from pipelines.staging.text_file import lines_of

TOKEN = re.compile(
    r'(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")(?P<key>\s*:)?|(?P<number>-?[0-9][0-9.eE+-]*)|(?P<open>[{\[])|(?P<close>[}\]])'
)
"""What a line of JSON is made of, but for blanks, commas and words such as null."""


class Cell(NamedTuple):
    name: str | None
    """Of its column, as mappings find it; None where it has none, and where the cell is itself a name."""
    text: str
    nested: bool = False
    """It stands in a list or in an object within the record."""


@dataclass(frozen=True)
class OfCsv:
    line: int
    text: str
    """Its lines, with their ends."""
    fields: list[str]
    header: list[str] | None
    """The names of the columns; None for what stands above them."""
    delimiter: str
    told = True
    """It can be read, so that its cells tell whose it is."""

    @cached_property
    def cells(self) -> list[Cell]:
        names = [name or None for name in self.header or []]
        names += [None] * (len(self.fields) - len(names))
        return [Cell(name, field) for name, field in zip(names, self.fields, strict=False)]

    @property
    def wider(self) -> bool:
        """It has more cells than the header, so that they may have moved from their columns."""
        return self.header is not None and len(self.fields) > len(self.header)

    @property
    def plain(self) -> bool:
        """Its texts stand in it as they are, so that one look finds them."""
        return '"' not in self.text

    def written(self, texts: Sequence[str]) -> str:
        """The record with these texts in its cells."""
        line = io.StringIO()
        # the line end is the writer's sign to put a cell that holds one in quotes
        csv.writer(line, delimiter=self.delimiter, lineterminator="\r\n").writerow(texts)
        return line.getvalue().removesuffix("\r\n") + end(self.text)


class Token(NamedTuple):
    begins: int
    ends: int
    cell: Cell


@dataclass(frozen=True)
class OfJson:
    line: int
    text: str
    wider = False

    @cached_property
    def told(self) -> bool:
        try:
            return isinstance(json.loads(self.text), dict)
        except (ValueError, RecursionError):
            return not self.text.strip()

    @property
    def cells(self) -> list[Cell]:
        return [token.cell for token in self._tokens]

    @property
    def plain(self) -> bool:
        return "\\" not in self.text

    def written(self, texts: Sequence[str]) -> str:
        """All between the texts stays: how numbers are written, the order of names, blanks."""
        pieces, at = list[str](), 0
        ascii = self.text.isascii() or "\\u" in self.text
        for token, text in zip(self._tokens, texts, strict=True):
            if text != token.cell.text:
                pieces += [self.text[at : token.begins], json.dumps(text, ensure_ascii=ascii)]
                at = token.ends
        return "".join([*pieces, self.text[at:]])

    @cached_property
    def _tokens(self) -> list[Token]:
        """Texts and numbers, at any depth, under the name that the outermost object gives them; names themselves."""
        found, depth = list[Token](), 0
        name: str | None = None
        for token in TOKEN.finditer(self.text):
            depth += bool(token["open"]) - bool(token["close"])
            written = token["text"] or token["number"]
            if written is None:
                continue
            text = _decoded(written)
            if token["key"] and depth == 1:
                name = plain(text)
            cell = Cell(None if token["key"] else name, text, bool(token["key"]) or depth > 1)
            found.append(Token(token.start(), token.start() + len(written), cell))
        return found


def _decoded(written: str) -> str:
    """A number as it is written; a text that is no JSON after all as it stands there."""
    try:
        return str(json.loads(written)) if written.startswith('"') else written
    except ValueError:
        return written[1:-1]


Record = OfCsv | OfJson


def of_csv(text: Iterable[str], read_as: Mapping) -> Iterator[OfCsv]:
    header: list[str] | None = None
    taken: list[str] = []
    reader, begins = csv.reader(_kept(text, taken), delimiter=read_as.delimiter), 1
    for fields in reader:
        if header is None and any(map(str.strip, fields)) and begins >= (read_as.header_line or 1):
            header = [plain(name) for name in fields]
        yield OfCsv(begins, "".join(taken), fields, header, read_as.delimiter)
        begins = reader.line_num + 1
        taken.clear()


def of_json(text: Iterable[str]) -> Iterator[OfJson]:
    for number, line in enumerate(text, start=1):
        yield OfJson(number, line)


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def blank(text: str) -> str:
    """As many lines, with nothing in them."""
    return "".join(map(end, lines_of(text)))


def as_many_lines(after: str, before: str) -> str:
    """A name that is cut out may have filled more than one line; those below keep their number."""
    lost = lines_of(before)[: len(lines_of(before)) - len(lines_of(after))]
    return after + "".join(map(end, lost))


def end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
