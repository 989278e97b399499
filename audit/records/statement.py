"""What a person must state before a record is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from audit.errors import RecordError

SHA256 = re.compile(r"[0-9a-f]{64}")
EARLIEST_ZONE = dt.timedelta(hours=14)


def stated(value: str, what: str, instead: str) -> str:
    """The text without outer blanks. Raises RecordError where there is none, or where it cannot be kept as text."""
    text = value.strip()
    if not text:
        raise RecordError(f"{what} is missing; write {instead}")
    return readable(text, what)


def readable(text: str, what: str) -> str:
    """Half characters cannot be written as UTF-8 and PostgreSQL keeps no NUL; both are refused everywhere."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise RecordError(f"{what} holds a character that is no text; remove it: {ascii(text)}")
    return text


def one_of(value: str, known: Iterable[str], what: str) -> str:
    if value not in (listed := tuple(known)):
        raise RecordError(f"'{value}' is no {what}; write one of: {', '.join(listed)}")
    return value


def day(value: dt.date | None, what: str, now: dt.datetime) -> None:
    """Raises RecordError for a day that nobody on Earth has reached: at UTC+14 it is tomorrow already."""
    if value is not None and value > (now + EARLIEST_ZONE).date():
        raise RecordError(f"{what} {value} lies in the future; write the day on which it was done")


def sha256_name(value: str) -> str:
    if value and not SHA256.fullmatch(value):
        raise RecordError(f"sha256 '{value}' is no name in the store; write its 64 hexadecimal digits")
    return value


def in_order(earlier: dt.date | None, later: dt.date | None, names: tuple[str, str]) -> None:
    """Raises RecordError, by the names of the two days, where the first one comes after the last one."""
    if earlier and later and earlier > later:
        first, last = names
        raise RecordError(f"{first} {earlier} is after {last} {later}; write the earlier day into {first}")
