"""Proposes the formats in which all dates or times of a column can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from audit.source import Column
from pipelines.staging.cell import moment
from pipelines.suggesting.reading import Option, Values, option, reads_all, side_by_side, telling

DAYS = (
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y",
    "%d/%m/%y", "%m/%d/%y", "%Y%m%d", "%Y年%m月%d日", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%b/%y", "%d %B %Y",
    "%b %d, %Y", "%B %d, %Y", "%d %m %Y",
)  # fmt: skip
TIMES = (
    "", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "T%H:%M", "T%H:%M:%S", "T%H:%M:%SZ", " %H:%M:%S.%f",
    "T%H:%M:%S.%fZ", ", %H:%M", " %H.%M",
)  # fmt: skip
OFFSETS = ("T%H:%M:%S%z", " %H:%M:%S %z", " %H:%M:%S%z", "T%H:%M:%S.%f%z", " %H:%M:%S.%f%z", "T%H:%M%z", " %H:%M %z")
"""Proposed where no other way reads all values: a Z alone is read as text, and moved with a time zone."""
PLAIN = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
"""As times are read where no format is declared."""
SAMPLE = 40
WORTH = 0.5
"""Share of the values that a format must read, to be offered where none reads all of them."""
MOST = 3


def options(values: Values, column: Column) -> list[Option]:
    """
    Those that read all values; the contract's own way stands alone where it does. Where nothing reads all of them,
    those that read most. None where the values are no dates at all.
    """
    if reads_all(values, column, {}):
        return [option(values, column, {})]
    near = _fitting_most(values)
    fitting = [{"format": format} for format in near if reads_all(values, column, {"format": format})]
    if fitting := [way for way in fitting if "%z" not in way["format"]] or fitting:
        return side_by_side(values, column, fitting)
    nearest = [option(values, column, written) for written in [{}, *({"format": format} for format in near)]]
    worth = [found for found in nearest if found.unread <= (1 - WORTH) * values.total()]
    return sorted(worth, key=lambda found: found.unread)[:MOST]


def of_the_clock(values: Values, column: Column, format: str | None) -> str | None:
    """
    The format of these texts where they have an hour; None of days alone, also of days that are written as midnight:
    moved to another zone they would be the day before. A time zone needs one.
    """
    found = format or _plain(values, column)
    return found if found and ("%H" in found or "%I" in found) and any(_in_the_day(values, found)) else None


def _plain(values: Values, column: Column) -> str | None:
    found = min((option(values, column, {"format": plain}) for plain in PLAIN), key=lambda one: one.unread)
    return str(found.written["format"]) if found.unread <= (1 - WORTH) * values.total() else None


def _in_the_day(texts: Iterable[str], format: str) -> Iterator[bool]:
    """Whether each is a time after midnight."""
    moments = (moment(text.strip(), (format,)) for text in texts)
    return (isinstance(at, dt.datetime) and at.time() != dt.time() for at in moments)


def _fitting_most(values: Values) -> list[str]:
    """Formats that read at least half of a sample; trying all of them on every value would take long."""
    sample = telling(values)[:SAMPLE]
    found = [format for format in _formats() if sum(_fits(sample, format)) >= WORTH * len(sample)]
    return found if sample else []


def _fits(texts: Iterable[str], format: str) -> Iterator[bool]:
    for text in texts:
        try:
            dt.datetime.strptime(text, format)
            # without this, 2026123 would be the 3rd of December, or the 23rd of January
            yield format != "%Y%m%d" or len(text) == 8
        except ValueError:
            yield False


def _formats() -> Iterator[str]:
    yield from (day + time for times in (TIMES, OFFSETS) for day in DAYS for time in times)
