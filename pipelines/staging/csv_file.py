"""Reads the records of a CSV file strictly: each knows the line of the file on which it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from audit.errors import SourceError
from pipelines.staging.table import Record, Table, is_blank
from pipelines.staging.text_file import lines_of, shown

# The module's own limit stops the whole file at the first long field; here only its record is rejected.
csv.field_size_limit(2**31 - 1)


def read(text: str, file: str, delimiter: str, header_line: int | None = None) -> Table:
    """Raises SourceError where quotes do not pair, so that nobody can tell where records end."""
    if delimiter in '"\r\n\0':
        raise SourceError(f"{file}: the mapping's delimiter cannot be {delimiter!r}; write ',' or ';' or a tab")
    lines = lines_of(text)
    everything = [one for one in _records(lines, delimiter, file) if one.line >= (header_line or 1)]
    filled = [record for record in everything if not is_blank(record.fields)]
    if not filled:
        raise SourceError(f"{file}: the file is empty; export it again, with a header line and at least one row")
    if header_line and filled[0].line != header_line:
        raise SourceError(f"{file}: no record begins in line {header_line}; correct the mapping's 'header_line:'")
    return Table(filled[0], filled[1:], len(everything) - len(filled), len(lines), lines)


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
