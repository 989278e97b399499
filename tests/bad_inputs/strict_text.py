"""
Bytes to records, strictly and slowly: written from the words of docs/data.md, and sharing nothing with the program.

A record ends at CR, LF or CRLF outside of quotes. A field is quoted when its first character is a quote; a quote within
is written twice; behind the closing one comes a delimiter or the end of the record, and nothing else.
"""

from __future__ import annotations

import codecs
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
BREAKS = ("\n", "\r", "\r\n")
PAGES = ("<!doctype", "<html", "<head", "<?xml")


class MustRefuse(Exception):
    """Nobody can say what the rows of this file are."""


class OtherFormat(Exception):
    """It is no CSV file: JSON, which another oracle reads."""


@dataclass
class Record:
    line: int
    fields: list[str] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        return all(not text.strip() for text in self.fields)


def decoded(content: bytes, encoding: str = "utf-8") -> str:
    """A byte order mark is the file's own declaration, and one that contradicts the mapping's is no file to trust."""
    marked = next((name for name, mark in MARKS.items() if content.startswith(mark)), None)
    declared = codecs.lookup(encoding).name
    if marked and declared not in ("utf-8", marked, marked.removesuffix("-le").removesuffix("-be")):
        raise MustRefuse(f"marked {marked}, declared {encoding}")
    try:
        text = content.decode(marked or declared)
    except UnicodeDecodeError as error:
        raise MustRefuse(f"not {encoding} at byte {error.start}") from None
    text = text[1:] if text[:1] == "\ufeff" else text
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise MustRefuse("NUL or half a character")
    if text.lstrip().lower().startswith(PAGES):
        raise MustRefuse("a web page")
    if text.lstrip()[:1] in ("{", "["):
        raise OtherFormat
    return text


class At(enum.Enum):
    START, PLAIN, QUOTED, CLOSED = range(4)
    """In a field: before its first character, in plain text, inside quotes, behind a quote that may have closed it."""


def records(text: str, delimiter: str) -> Iterator[Record]:
    line, at, value, record = 1, At.START, list[str](), Record(1)
    for sign in _signs(text, delimiter):
        broken = sign in BREAKS
        if at is At.QUOTED:
            at = At.CLOSED if sign == '"' else at
            value += [] if sign == '"' else [sign]
        elif sign == delimiter or broken:
            record.fields.append("".join(value))
            at, value = At.START, []
            if broken:
                yield record
                record = Record(line + 1)
        elif at is At.CLOSED:
            if sign != '"':
                raise MustRefuse(f"line {line}: text behind a closing quote")
            at = At.QUOTED
            value.append(sign)
        elif at is At.START and sign == '"':
            at = At.QUOTED
        else:
            at = At.PLAIN
            value.append(sign)
        line += broken
    if at is At.QUOTED:
        raise MustRefuse(f"line {record.line}: a quote is never closed")
    if text and not text.endswith(("\r", "\n")):
        yield Record(record.line, [*record.fields, "".join(value)])


def physical_lines(text: str) -> int:
    breaks = sum(sign in BREAKS for sign in _signs(text, ","))
    return breaks + bool(text and not text.endswith(("\r", "\n")))


def _signs(text: str, delimiter: str) -> Iterator[str]:
    """Quotes, delimiters and line ends one by one, CR and LF in a row as one; all between them in one piece."""
    special = re.escape(f'"\r\n{delimiter}')
    return (found[0] for found in re.finditer(f"\r\n|[{special}]|[^{special}]+", text))
