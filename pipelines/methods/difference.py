"""How far two figures lie apart, with a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isnan, nan, sqrt

from pipelines.methods.interval import ALPHA, Z
from pipelines.methods.pooling import Side

MOST_ALIKE = 0.9


@dataclass(frozen=True)
class Difference:
    """`value` is the later figure less the earlier; bounds are nan where nothing tells how far chance reaches."""

    value: float
    low: float
    high: float


def difference(before: Side, after: Side) -> Difference:
    """
    Two means: Welch (1947). Other figures: both intervals joined by MOVER, Zou and Donner (2008), which for shares is
    Newcombe (1998), method 10. Where the months scatter more than chance explains, the interval is stretched by that:
    McCullagh and Nelder (1989), section 4.5, with Student's t because the months are few; and where they drift.
    """
    one, other = (Difference(side.value, side.low, side.high) for side in (after, before))
    plain = _welch(before, after) or _joined(one, other)
    wider = _scatter(before, after) * _memory(before, after)
    down, up = (wider * abs(bound - plain.value) for bound in (plain.low, plain.high))
    return Difference(plain.value, plain.value - down, plain.value + up)


def beyond(own: Difference, others: Difference) -> Difference:
    """Difference in differences: what changed here beyond what changed elsewhere, by the same method."""
    return _joined(own, others)


def _joined(one: Difference, other: Difference) -> Difference:
    """one - other, from the intervals of both."""
    value = one.value - other.value
    low = value - hypot(one.value - one.low, other.high - other.value)
    return Difference(value, low, value + hypot(one.high - one.value, other.value - other.low))


def _welch(before: Side, after: Side) -> Difference | None:
    from scipy.stats import t

    if before.error is None or after.error is None:
        return None
    value, squares = after.value - before.value, (before.error**2, after.error**2)
    if isnan(before.low) and isnan(after.low):  # on either side everything is alike
        return Difference(value, nan, nan)
    freedom = sum(squares) ** 2 / (squares[0] ** 2 / before.freedom + squares[1] ** 2 / after.freedom)
    half = float(t.ppf(1 - ALPHA / 2, freedom)) * sqrt(sum(squares))
    return Difference(value, value - half, value + half)


def _scatter(before: Side, after: Side) -> float:
    from scipy.stats import t

    freedom = before.months + after.months - 2
    scatter = (before.scatter + after.scatter) / freedom
    return max(1.0, float(t.ppf(1 - ALPHA / 2, freedom)) / Z * sqrt(scatter)) if scatter > 1 else 1.0


def _memory(before: Side, after: Side) -> float:
    """Months that are like their neighbours tell less than as many independent ones: Bayley and Hammersley (1946).
    The likeness of few months comes out too low by about one month's share for each side: Kendall (1954)."""
    both = (before.residuals, after.residuals)
    squares = sum(each**2 for side in both for each in side)
    products = sum(one * following for side in both for one, following in pairwise(side))
    if products <= 0:
        return 1.0
    likeness = min(products / squares + 2 / (before.months + after.months), MOST_ALIKE)
    return sqrt((1 + likeness) / (1 - likeness))
