"""The records of a CSV text, one by one, exactly as Python's own strict reader finds them."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterable, Iterator

from audit.errors import SourceError
from pipelines.staging.block import Written
from pipelines.staging.table import Record
from pipelines.staging.text_file import shown

# The module's own limit stops the whole file at the first long field; here only its record is rejected.
csv.field_size_limit(2**31 - 1)


def written(lines: Iterable[str], delimiter: str, file: str, number: int = 1) -> Generator[Written]:
    """`number` is that of the first line. Raises SourceError where quotes do not pair: who knows where records end?"""
    taken: list[str] = []
    reader = csv.reader(_kept(lines, taken), delimiter=delimiter, strict=True)
    begins = number
    try:
        for fields in reader:
            ends = number - 1 + reader.line_num
            yield Written(Record(begins, ends, fields), "".join(taken))
            begins = ends + 1
            taken.clear()
    except csv.Error as error:
        told = _told(str(error), begins, number - 1 + reader.line_num, taken[0])
        raise SourceError(f"{file}, line {begins}: {told}") from None


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _told(error: str, begins: int, line: int, text: str) -> str:
    beginning = f"“{shown(text.rstrip(), 40)}”"
    if "unexpected end" in error:
        return f"a quote is opened in {beginning} and never closed; close it, or write a quote inside a value twice"
    if "expected after" in error:
        where = "" if line == begins else f" in line {line}"
        return f"text follows a closing quote{where}, in the record {beginning}; write a quote inside a value twice"
    return f"the record {beginning} cannot be read: {error}; export the file again as CSV"
