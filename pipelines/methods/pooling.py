"""Several months as one figure with its 95 % interval, and how far the months scatter beyond what chance explains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import nan, sqrt
from typing import Protocol

import numpy as np

from audit.measurement import Interval, Kpi
from pipelines.methods.interval import ALPHA, Array, Bounds, Z, mean, nps, poisson, wilson


@dataclass(frozen=True)
class Months:
    """One entry for each month: the figure as it was measured, its records, and its 95 % interval (or nan)."""

    value: Array
    n: Array
    low: Array
    high: Array
    standing: bool = field(default=False, kw_only=True)
    """Whether a month counts the records of the months before again, as where all on record up to its end count."""

    def __len__(self) -> int:
        return len(self.value)

    @property
    def records(self) -> int:
        return int(np.max(self.n) if self.standing else np.sum(self.n))


class Figure(Protocol):
    """As it was measured for one month."""

    @property
    def value(self) -> float | None: ...
    @property
    def n(self) -> int: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


@dataclass(frozen=True)
class Side:
    """Several months as one figure, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int
    months: int
    scatter: float = 0.0
    """Chi-square of the months around it; 0 where the interval rests on the months themselves."""
    residuals: tuple[float, ...] = ()
    """How far each month lies off, in order of time; weighted by its records where those are counted."""
    error: float | None = None
    """Standard error with `freedom` degrees of freedom, where the figure is a mean."""
    freedom: int = 0


def method(kpi: Kpi) -> Interval | None:
    """How records of several months are taken together; None where they cannot be, as with a median, or where the
    same customers stand in many months."""
    together = kpi.interval in COUNTED or kpi.interval == "mean"
    return kpi.interval if together and not standing(kpi) else None


def standing(kpi: Kpi) -> bool:
    """Whether the same records count again in each month."""
    return kpi.rows != "dated in the period"


def months_of(figures: Sequence[Figure], standing: bool = False) -> Months:
    columns = ([getattr(each, name) for each in figures] for name in ("value", "n", "low", "high"))
    arrays = (np.array([nan if one is None else float(one) for one in column], dtype=float) for column in columns)
    return Months(*arrays, standing=standing)


def pooled(months: Months, method: Interval | None) -> Side:
    """All records as if they were of one month, where the figure allows that; else the months are the observations."""
    if method in COUNTED:
        return _counted(months, *COUNTED[method](months))
    return _of_answers(months) if method == "mean" else _of_months(months)


def _counted(months: Months, bounds: Bounds, variance: float) -> Side:
    value = _value(months)
    scatter, residuals = _scatter(months, value, variance), _residuals(months, value)
    return Side(value, *_one(bounds), int(np.sum(months.n)), len(months), scatter, residuals)


def _value(months: Months) -> float:
    return float(np.sum(months.value * months.n) / np.sum(months.n))


def _scatter(months: Months, value: float, variance: float) -> float:
    """`variance` is that of one record."""
    return float(np.sum(months.n * (months.value - value) ** 2) / variance) if variance > 0 else 0.0


def _residuals(months: Months, value: float) -> tuple[float, ...]:
    return tuple(float(each) for each in np.sqrt(months.n) * (months.value - value))


def _share(months: Months) -> tuple[Bounds, float]:
    value = _value(months)
    return wilson(np.array([value]), np.array([np.sum(months.n)])), value * (100 - value)


def _rate(months: Months) -> tuple[Bounds, float]:
    events = np.rint(np.sum(months.value * months.n) / 1000)
    return poisson(np.array([events]), np.array([np.sum(months.n)])), 1000 * _value(months)


def _nps(months: Months) -> tuple[Bounds, float]:
    """Promoters and detractors, found again from score and interval: its centre is the score of n + 3 answers."""
    balance, size = np.rint(months.value / 100 * months.n), months.n + 3
    centre = balance / size
    half = np.maximum(months.high / 100 - centre, centre - months.low / 100)  # the bound that was not clipped
    either = (half / Z) ** 2 * size**2 + centre**2 * size - 1.5
    promoters, detractors = np.sum(np.rint((either + balance) / 2)), np.sum(np.rint((either - balance) / 2))
    n = np.sum(months.n)
    up, down = promoters / n, detractors / n
    return nps(*(np.array([part]) for part in (promoters, detractors, n))), float(1e4 * (up + down - (up - down) ** 2))


COUNTED: dict[Interval | None, Callable[[Months], tuple[Bounds, float]]] = {
    "wilson": _share,
    "poisson": _rate,
    "nps": _nps,
}
"""Figures from counts: their interval over all months, and the variance of one record."""


def _of_answers(months: Months) -> Side:
    """Total variance: within the months, found again from their intervals, and between them."""
    from scipy.stats import t

    value, several = _value(months), months.n > 1
    # a month whose answers are all alike has no interval, and no variance
    n, half = months.n[several], np.nan_to_num(months.high - months.low)[several] / 2
    within = float(np.sum((n - 1) * n * (half / t.ppf(1 - ALPHA / 2, n - 1)) ** 2))
    between = float(np.sum(months.n * (months.value - value) ** 2))
    total, freedom = int(np.sum(months.n)), int(np.sum(n - 1))
    scatter = _scatter(months, value, within / freedom if freedom else 0.0)
    return _of_mean(
        value, sqrt((within + between) / (total - 1)), total, Side(value, 0, 0, total, len(months), scatter)
    )


def _of_months(months: Months) -> Side:
    """Mean of the months, each counted once."""
    value, records = float(np.mean(months.value)), months.records
    deviation = float(np.std(months.value, ddof=1))
    residuals = tuple(float(each) for each in months.value - value)
    return _of_mean(value, deviation, len(months), Side(value, 0, 0, records, len(months), 0.0, residuals))


def _of_mean(value: float, deviation: float, size: int, side: Side) -> Side:
    low, high = _one(mean(np.array([value]), np.array([deviation]), np.array([size])))
    return replace(side, low=low, high=high, error=deviation / sqrt(size), freedom=size - 1)


def _one(bounds: Bounds) -> tuple[float, float]:
    return float(bounds[0][0]), float(bounds[1][0])
