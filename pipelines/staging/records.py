"""The records of a CSV text, one by one, exactly as Python's own strict reader finds them."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterable, Iterator

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say
from pipelines.staging.block import Written
from pipelines.staging.header import DELIMITERS
from pipelines.staging.table import Record
from pipelines.staging.text_file import shown

# The module's own limit stops the whole file at the first long field; here only its record is rejected.
csv.field_size_limit(2**31 - 1)


def written(lines: Iterable[str], delimiter: str, file: str, number: int = 1) -> Generator[Written]:
    """`number` is that of the first line. Raises SourceError where quotes do not pair: who knows where records end?"""
    taken: list[str] = []
    reader = csv.reader(_kept(lines, taken), delimiter=delimiter, strict=True)
    begins, parted = number, number > 1
    try:
        for fields in reader:
            parted = parted or len(fields) > 1
            ends = number - 1 + reader.line_num
            yield Written(Record(begins, ends, fields), "".join(taken))
            begins = ends + 1
            taken.clear()
    except csv.Error as error:
        other = "" if parted else _behind_quote("".join(taken), delimiter)
        why = _why(str(error), begins, number - 1 + reader.line_num, taken[0], other)
        raise SourceError(say("{file}, line {line}: {why}", file=file, line=str(begins), why=why)) from None


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _behind_quote(text: str, delimiter: str) -> str:
    """The other delimiter that stands behind the first quoted field, where one does: it seems to part the fields."""
    sign = re.escape(delimiter)
    found = re.match(rf'''(?:(?:"(?:[^"]|"")*+"|[^"{sign}][^{sign}]*+)?{sign})*+"(?:[^"]|"")*+"(.)''', text)
    return found[1] if found and found[1] in DELIMITERS else ""


def _why(error: str, begins: int, line: int, text: str, other: str) -> Text:
    beginning = shown(text.rstrip(), 40)
    if "expected after" in error and other:
        return say(
            "in the record “{beginning}” the fields seem to be parted by {sign}; "
            "write delimiter: {sign} in the mapping",
            beginning=beginning, sign=DELIMITERS[other],
        )  # fmt: skip
    if "unexpected end" in error:
        return say(
            "a quote is opened in “{beginning}” and never closed; close it, or write a quote inside a value twice",
            beginning=beginning,
        )
    if "expected after" in error and line == begins:
        return say(
            "text follows a closing quote, in the record “{beginning}”; write a quote inside a value twice",
            beginning=beginning,
        )
    if "expected after" in error:
        return say(
            "text follows a closing quote in line {line}, in the record “{beginning}”; "
            "write a quote inside a value twice",
            line=str(line), beginning=beginning,
        )  # fmt: skip
    return say(
        "the record “{beginning}” cannot be read: {error}; export the file again as CSV",
        beginning=beginning, error=error,
    )  # fmt: skip
