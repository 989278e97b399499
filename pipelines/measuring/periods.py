"""The periods for which every KPI is measured: months, quarters, years, rolling months, and the audit period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    grain: str
    label: str
    starts: dt.date
    ends: dt.date
    """Last day, included."""


def periods(first: dt.date, last: dt.date, windows: set[int], fiscal_year_begins: int = 1) -> list[Period]:
    """All periods between two days, both included; a month, quarter or year at the edge is cut to them.

    `windows` are lengths in months: for each, the window that ends on the last day and the one before it. A fiscal year
    that begins with January is the year, and not measured twice.
    """
    found = [Period("audit_period", f"{first} to {last}", first, last)]
    for grain, months in (("month", 1), ("quarter", 3), ("year", 12)):
        found += [_cut(grain, start, months, first, last) for start in _starts(first, last, months)]
    if fiscal_year_begins != 1:
        found += [_cut("fiscal_year", start, 12, first, last) for start in _starts(first, last, 12, fiscal_year_begins)]
    for length in sorted(windows | {12}):
        found += _windows(length, first, last)
    return found


def window(length: int, ends: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the `length` months that end on a day."""
    return _plus(ends + DAY, -length), ends


def rolling(length: int) -> str:
    return f"rolling_{length}_months"


def rolling_months(grain: str) -> int | None:
    """The length that stands in the name of a rolling grain; None for every other grain."""
    found = re.fullmatch(r"rolling_(\d+)_months", grain)
    return int(found[1]) if found else None


def _windows(length: int, first: dt.date, last: dt.date) -> Iterator[Period]:
    """The series of full windows for the usual length, and always the latest and the one before."""
    month_ends = [_plus(start, 1) - DAY for start in _starts(first, last, 1)] if length == 12 else []
    latest = window(length, last)
    before = window(length, latest[0] - DAY)
    wanted = [window(length, end) for end in month_ends if end <= last and window(length, end)[0] >= first]
    for starts, ends in sorted({*wanted, latest, *([before] if before[1] >= first else [])}):
        yield Period(rolling(length), _ending(ends), starts, ends)


def _cut(grain: str, start: dt.date, months: int, first: dt.date, last: dt.date) -> Period:
    ends = _plus(start, months) - DAY
    label = {"month": f"{start:%Y-%m}", "quarter": f"{start.year}-Q{(start.month + 2) // 3}", "year": str(start.year)}
    label["fiscal_year"] = f"FY{ends.year}"
    return Period(grain, label[grain], max(start, first), min(ends, last))


def _starts(first: dt.date, last: dt.date, months: int, begins: int = 1) -> Iterator[dt.date]:
    """`begins` is the month with which a row of so many months begins."""
    start = _plus(first.replace(day=1), -((first.month - begins) % months))
    while start <= last:
        yield start
        start = _plus(start, months)


def _ending(day: dt.date) -> str:
    return f"{day:%Y-%m}" if (day + DAY).day == 1 else day.isoformat()


def _plus(day: dt.date, months: int) -> dt.date:
    """The same day some months later; a day that the month lacks becomes its last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (following - DAY).day))
