"""The months that are compared: a run's measurements of one KPI, for one group and for all others together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import pandas as pd

from audit.measurement import Kpi
from pipelines.methods.pooling import method, months_of, pooled

Span = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)
FEWEST = 3
"""Trusted months that each side must have."""
MOST = 12
"""A year on each side, so that seasons weigh the same; later, other things will have moved the figure too."""


@dataclass(frozen=True)
class Month:
    starts: dt.date
    ends: dt.date
    value: float | None
    """None where nothing was measured, or where it is not trusted."""
    n: int
    low: float | None
    high: float | None
    evaluated: bool
    """Whether the figure may stand alone."""
    usable: bool
    """Whether it may be compared: also a sound month with few records, where the months are taken together."""

    @property
    def whole(self) -> bool:
        return self.starts.day == 1 and (self.ends + DAY).day == 1


@dataclass(frozen=True)
class Compared:
    """The whole months of one side, the nearest to the action, in order of time."""

    months: tuple[Month, ...]

    @property
    def usable(self) -> tuple[Month, ...]:
        return tuple(month for month in self.months if month.usable)

    @property
    def evaluated(self) -> tuple[Month, ...]:
        return tuple(month for month in self.months if month.evaluated)

    @property
    def n(self) -> int:
        return sum(month.n for month in self.usable)

    @property
    def untrusted(self) -> int:
        return len(self.months) - len(self.usable)


def sides(months: Sequence[Month], done_on: dt.date) -> tuple[Compared, Compared]:
    """Before and after; the month in which the action was done belongs to neither."""
    whole = [month for month in months if month.whole]
    before = [month for month in whole if month.ends < done_on]
    after = [month for month in whole if month.starts >= done_on]
    return Compared(tuple(before[-MOST:])), Compared(tuple(after[:MOST]))


def own(found: pd.DataFrame, kpi: Kpi, by: str, group: str) -> tuple[Month, ...]:
    """Every month of the run, also those of which the group has no record. `found` has the columns of
    pipelines.measure.COLUMNS, in any order of rows."""
    measured = _months(found[(found["by"] == by) & (found["group"] == (group if by else ""))], kpi)
    known = {(month.starts, month.ends): month for month in measured}
    return tuple(known.get(span, Month(*span, None, 0, None, None, False, False)) for span in _spans(found))


def others(found: pd.DataFrame, kpi: Kpi, by: str, group: str) -> tuple[Month, ...]:
    """All other groups that state one, month by month as one figure."""
    parts: dict[Span, list[Month]] = {span: [] for span in _spans(found)}
    for month in _months(found[(found["by"] == by) & ~found["group"].isin(["", group])].sort_values("group"), kpi):
        parts[month.starts, month.ends].append(month)
    return tuple(_together(*span, [part for part in each if part.usable], kpi) for span, each in parts.items())


def _together(starts: dt.date, ends: dt.date, parts: Sequence[Month], kpi: Kpi) -> Month:
    n = sum(part.n for part in parts)
    if not parts:
        return Month(starts, ends, None, 0, None, None, False, False)
    if method(kpi) is None:
        value = sum(part.n * (part.value or 0.0) for part in parts) / n
        return Month(starts, ends, value, n, None, None, n >= kpi.least, True)
    side = pooled(months_of(parts), method(kpi))
    return Month(starts, ends, side.value, n, side.low, side.high, n >= kpi.least, True)


def _spans(found: pd.DataFrame) -> list[Span]:
    return sorted({(_day(row["starts"]), _day(row["ends"])) for row in found[["starts", "ends"]].to_dict("records")})


def _months(rows: pd.DataFrame, kpi: Kpi) -> list[Month]:
    return [_month(row, kpi) for row in rows.to_dict("records")]


def _month(row: dict[Any, Any], kpi: Kpi) -> Month:
    value, low, high = (_finite(row[name]) for name in ("value", "low", "high"))
    n, sound = int(row["n"]), not isinstance(row["not_evaluated_en"], str)
    few = n < kpi.least and method(kpi) is not None
    known = value is not None and n > 0
    return Month(_day(row["starts"]), _day(row["ends"]), value, n, low, high, known and sound, known and (sound or few))


def _finite(value: Any) -> float | None:
    return float(value) if value is not None and isfinite(value) else None


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
