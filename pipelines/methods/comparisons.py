"""
Which of several groups, or periods, differ from all the others together; corrected for how many are looked at.

Each is held against the rest by the difference of two figures (see difference), in the way in which the figure gets its
interval. Of twenty groups that do not differ at all, one would look as if it did: p-values are adjusted by Holm (1979),
so that with 95 % confidence no group is named wrongly; or, when asked, by Benjamini and Hochberg (1995), so that of
those that are named at most 5 % are named wrongly.
Assumptions: groups do not share records. Limits: intervals are those of one comparison, without the correction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan, nan
from typing import Literal, NamedTuple

from audit.measurement import Interval
from pipelines.methods.difference import Difference, beyond, difference
from pipelines.methods.interval import ALPHA, Z
from pipelines.methods.pooling import Months, Side, pooled

Correction = Literal["holm", "benjamini-hochberg"]


class Part(NamedTuple):
    """One group, or period, and all others together, month by month."""

    own: Months
    rest: Months


@dataclass(frozen=True)
class Compared:
    name: str
    own: Side
    rest: Side
    difference: Difference
    """Own less rest, with the 95 % interval of this comparison alone."""
    p: float
    """nan where nothing varies on either side, which then counts as no comparison."""
    adjusted: float

    @property
    def differs(self) -> bool:
        return self.adjusted < ALPHA


def compare(parts: Mapping[str, Part], method: Interval | None, correction: Correction = "holm") -> list[Compared]:
    """The surest difference first. A figure that is no count needs two months or more on either side."""
    found = {name: _against(part, method) for name, part in parts.items()}
    known = {name: p for name, (*_, p) in found.items() if not isnan(p)}
    adjusted = dict(zip(known, ADJUST[correction](list(known.values())), strict=True))
    rows = [Compared(name, *each, adjusted.get(name, nan)) for name, each in found.items()]
    return sorted(rows, key=lambda row: (adjusted.get(row.name, inf), known.get(row.name, inf), row.name))


def holm(p: Sequence[float]) -> list[float]:
    """Holm (1979): the smallest times all, the next times one fewer, never below the one before."""
    order, adjusted, largest = sorted(range(len(p)), key=p.__getitem__), [0.0] * len(p), 0.0
    for place, at in enumerate(order):
        largest = max(largest, min((len(p) - place) * p[at], 1.0))
        adjusted[at] = largest
    return adjusted


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg (1995): each times all over its place, never above the one after."""
    order, adjusted, smallest = sorted(range(len(p)), key=p.__getitem__), [0.0] * len(p), 1.0
    for place, at in reversed(list(enumerate(order, 1))):
        smallest = min(smallest, len(p) / place * p[at])
        adjusted[at] = smallest
    return adjusted


def _against(part: Part, method: Interval | None) -> tuple[Side, Side, Difference, float]:
    own, rest = pooled(part.own, method), pooled(part.rest, method)
    few = min(len(part.own), len(part.rest)) < 2
    # with one month there is no scatter of months to widen it by
    apart = (
        beyond(*(Difference(side.value, side.low, side.high) for side in (own, rest))) if few else difference(rest, own)
    )
    return own, rest, apart, p_of(apart, inf if few else _freedom(own, rest))


def p_of(apart: Difference, freedom: float = inf) -> float:
    """Two-sided, found again from the interval: below .05 exactly where the interval leaves out zero; nan where it has
    no width, as nothing then tells how far chance reaches."""
    from scipy.stats import norm, t

    half = apart.value - apart.low if apart.value > 0 else apart.high - apart.value
    if half <= 0:
        return 1.0 if apart.value == 0 else nan
    if freedom == inf:
        return float(2 * norm.sf(Z * abs(apart.value) / half))
    return float(2 * t.sf(t.ppf(1 - ALPHA / 2, freedom) * abs(apart.value) / half, freedom))


def _freedom(own: Side, rest: Side) -> float:
    """Of the interval: Welch's for means; that of the months where their scatter made it wider."""
    months = own.months + rest.months - 2
    if own.error is not None and rest.error is not None:
        squares = own.error**2, rest.error**2
        if any(squares):
            return float(sum(squares) ** 2 / (squares[0] ** 2 / own.freedom + squares[1] ** 2 / rest.freedom))
    return months if own.scatter + rest.scatter > months else inf


ADJUST: dict[Correction, Callable[[Sequence[float]], list[float]]] = {
    "holm": holm,
    "benjamini-hochberg": benjamini_hochberg,
}
