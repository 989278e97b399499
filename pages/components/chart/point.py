"""One period of a figure as the screens show it: value, interval, records, and why it is held back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from audit.quantity import Unit
from pages.components.chart import period
from pages.components.words import _, figure, language


@dataclass(frozen=True)
class Point:
    unit: Unit
    grain: str
    starts: dt.date
    ends: dt.date
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    """None where the figure is hidden from whoever looks."""
    because: str
    """Why it is not evaluated; empty where it is."""
    warning: str
    period: str = ""
    """Its name in the measurements."""

    @property
    def name(self) -> str:
        return period.label(self.grain, self.starts, self.ends, self.period)

    @property
    def when(self) -> str:
        return period.when(self.grain, self.starts, self.ends, self.period)

    @property
    def evaluated(self) -> bool:
        return self.value is not None and not self.because

    @property
    def hidden(self) -> bool:
        return self.n is None

    @property
    def bounded(self) -> bool:
        return self.evaluated and self.low is not None and self.high is not None

    @property
    def is_part(self) -> bool:
        return period.is_part(self.grain, self.starts, self.ends)

    @property
    def ends_a_month(self) -> bool:
        return period.ends_a_month(self.ends)

    @property
    def said(self) -> str:
        return figure(self.value, self.unit, self.low, self.high)

    @property
    def count(self) -> str:
        return "–" if self.n is None else f"{self.n:,}"

    @property
    def hover(self) -> str:
        return f"{self.said}, n = {self.count}"


def points(measurements: pd.DataFrame) -> list[Point]:
    """The rows of one group and grain, oldest first."""
    return [_point(row) for row in measurements.sort_values("ends").to_dict("records")]


def in_view(found: Sequence[Point]) -> list[Point]:
    """Rolling windows that end within a month stand between the others; only the latest of them is of interest."""
    return [p for p in found if not p.grain.startswith("rolling") or p.ends_a_month or p is found[-1]]


def aligned(group: Sequence[Point], whole: Sequence[Point]) -> list[Point]:
    """A group's points on the axis of the whole: a period without records is an empty one, not a missing one."""
    known = {(point.starts, point.ends): point for point in group}
    return [known.get((each.starts, each.ends)) or _empty(each) for each in whole]


def _empty(like: Point) -> Point:
    because = _("there are no records in the period")
    return replace(like, value=None, low=None, high=None, n=0, because=because, warning="")


def _point(row: dict[Any, Any]) -> Point:
    because, warning = (_text(row[f"{name}_{language()}"]) for name in ("not_evaluated", "warning"))
    value, low, high = (_number(row[name]) for name in ("value", "low", "high"))
    n = None if pd.isna(row["n"]) else int(row["n"])
    starts, ends = _day(row["starts"]), _day(row["ends"])
    return Point(row["unit"], row["grain"], starts, ends, value, low, high, n, because, warning, row["period"])


def _number(value: Any) -> float | None:
    """Infinity stands for "longer than can be known" and is no height on a chart."""
    return float(value) if value is not None and math.isfinite(value) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
