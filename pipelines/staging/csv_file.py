"""Reads the records of a CSV file strictly: each knows the line of the file on which it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from audit.errors import SourceError
from pipelines.staging.text_file import lines_of, shown

# The module's own limit stops the whole file at the first long field; here only its record is rejected.
csv.field_size_limit(2**31 - 1)


class Record(NamedTuple):
    line: int
    ends: int
    """The last of its lines: a value in quotes may go over several."""
    fields: list[str]


@dataclass(frozen=True)
class CsvFile:
    header: Record
    records: list[Record]
    """All records below the header but the blank ones."""
    blank: int
    """Lines with nothing in them, or with delimiters alone."""
    lines: list[str]
    """The lines as they stand in the file, with their ends."""

    def text(self, record: Record) -> str:
        """The record as it stands in the file."""
        return "".join(self.lines[record.line - 1 : record.ends]).rstrip("\r\n")

    @property
    def cut_off(self) -> bool:
        """The last line has no line end: half of a download looks like this, and so do many whole files."""
        return not self.lines[-1].endswith(("\r", "\n"))


def read(text: str, file: str, delimiter: str) -> CsvFile:
    """Raises SourceError where quotes do not pair, so that nobody can tell where records end."""
    if delimiter in '"\r\n\0':
        raise SourceError(f"{file}: the mapping's delimiter cannot be {delimiter!r}; write ',' or ';' or a tab")
    lines = lines_of(text)
    everything = list(_records(lines, delimiter, file))
    filled = [record for record in everything if any(field.strip() for field in record.fields)]
    if not filled:
        raise SourceError(f"{file}: the file is empty; export it again, with a header line and at least one row")
    return CsvFile(filled[0], filled[1:], len(everything) - len(filled), lines)


def _records(lines: list[str], delimiter: str, file: str) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for fields in reader:
            yield Record(begins, reader.line_num, fields)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(f"{file}, line {begins}: {_told(str(error), begins, reader.line_num, lines)}") from None


def _told(error: str, begins: int, line: int, lines: list[str]) -> str:
    beginning = f"“{shown(lines[begins - 1].rstrip(), 40)}”"
    if "unexpected end" in error:
        return f"a quote is opened in {beginning} and never closed; close it, or write a quote inside a value twice"
    if "expected after" in error:
        where = "" if line == begins else f" in line {line}"
        return f"text follows a closing quote{where}, in the record {beginning}; write a quote inside a value twice"
    return f"the record {beginning} cannot be read: {error}; export the file again as CSV"
