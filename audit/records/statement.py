"""What a person must state before a record is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from audit.errors import RecordError
from audit.text import Text
from audit.wording import say

SHA256 = re.compile(r"[0-9a-f]{64}")
EARLIEST_ZONE = dt.timedelta(hours=14)


def stated(value: str, what: str | Text, instead: str | Text) -> str:
    """The text without outer blanks. Raises RecordError where there is none, or where it cannot be kept as text."""
    text = value.strip()
    if not text:
        raise RecordError(say("{what} is missing; write {instead}", what=what, instead=instead))
    return readable(text, what)


def readable(text: str, what: str | Text) -> str:
    """Half characters cannot be written as UTF-8 and PostgreSQL keeps no NUL; both are refused everywhere."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise RecordError(
            say("{what} holds a character that is no text; remove it: {text}", what=what, text=ascii(text))
        )
    return text


def one_of(value: str, known: Iterable[str], what: str | Text) -> str:
    if value not in (listed := tuple(known)):
        raise RecordError(
            say("'{value}' is no {what}; write one of: {known}", value=value, what=what, known=", ".join(listed))
        )
    return value


def day(value: dt.date | None, what: str | Text, now: dt.datetime) -> None:
    """Raises RecordError for a day that nobody on Earth has reached: at UTC+14 it is tomorrow already."""
    if value is not None and value > (now + EARLIEST_ZONE).date():
        raise RecordError(
            say("{what} {day} lies in the future; write the day on which it was done", what=what, day=value.isoformat())
        )


def sha256_name(value: str) -> str:
    if value and not SHA256.fullmatch(value):
        raise RecordError(say("sha256 '{value}' is no name in the store; write its 64 hexadecimal digits", value=value))
    return value


def in_order(earlier: dt.date | None, later: dt.date | None, names: tuple[str, str]) -> None:
    """Raises RecordError, by the names of the two days, where the first one comes after the last one."""
    if earlier and later and earlier > later:
        first, last = names
        raise RecordError(
            say(
                "{first} {earlier} is after {last} {later}; write the earlier day into {first}",
                first=first,
                earlier=earlier.isoformat(),
                last=last,
                later=later.isoformat(),
            )
        )
