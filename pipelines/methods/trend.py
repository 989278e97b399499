"""
Whether a figure rises or falls over time: Mann (1945), Kendall (1975), with the slope of Theil (1950) and Sen (1968).

Assumptions: any shape of rise or fall, any distribution. Neighbours that are alike tell less than as many independent
points: the variance of Kendall's score is stretched by (1 + r) / (1 - r), Bayley and Hammersley (1946), r being the
likeness of neighbours once the slope is taken out, which in short series comes out too low, Kendall (1954).
Limits: what returns every year looks like a rise or fall wherever the series does not hold whole years; see `seasonal`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import numpy as np

from pipelines.methods.difference import MOST_ALIKE
from pipelines.methods.interval import ALPHA
from pipelines.methods.nelson import Distances

FEWEST = 10
MOST_EXACT = 30
"""Points up to which the p-value is exact where no two are equal and neighbours are independent."""
CYCLES = 2
"""Full years from which a season can be told from chance."""


@dataclass(frozen=True)
class Trend:
    score: int
    """Kendall's S: pairs that rise less pairs that fall."""
    tau: float
    """S as a share of all pairs that are not equal, from -1 to 1."""
    p: float
    """Two-sided."""
    slope: float
    """Median slope of all pairs, in the figure's unit for each period."""
    low: float
    high: float
    """95 % interval of the slope."""
    points: int
    stretch: float
    """Of the variance, because neighbours are alike; 1 where they are not."""
    seasonal: bool
    """The figure returns with the seasons, so a trend must be read with care."""

    def clear(self, alpha: float = ALPHA) -> bool:
        return self.p < alpha


def trend(values: Distances, cycle: int = 0) -> Trend | None:
    """`values` in order of time, None where a period is not known; `cycle` periods make a year, 0 where none do.
    None for fewer than ten known values."""
    places = [at for at, value in enumerate(values) if value is not None]
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return None
    pairs = list(combinations(zip(places, known, strict=True), 2))
    score = sum(_side(later - earlier) for (_, earlier), (_, later) in pairs)
    slopes = np.sort([(later - earlier) / (at - before) for (before, earlier), (at, later) in pairs])
    slope = float(np.median(slopes))
    rest = {at: value - slope * at for at, value in zip(places, known, strict=True)}
    stretch, variance = likeness(rest), variance_of(known)
    low, high = _bounds(slopes, variance * stretch)
    return Trend(
        score, _tau(score, known), _p(score, variance * stretch, known, stretch), slope, low, high, len(known), stretch,
        seasonal(rest, cycle),
    )  # fmt: skip


def variance_of(values: Sequence[float]) -> float:
    """Of Kendall's score where there is no trend, fewer for values that are equal: Kendall (1975)."""
    groups = [len(values), *(-count for count in Counter(values).values())]
    return sum((1 if t > 0 else -1) * abs(t) * (abs(t) - 1) * (2 * abs(t) + 5) for t in groups) / 18


def likeness(rest: dict[int, float]) -> float:
    """Of neighbours, as the factor by which they stretch a variance; at least 1."""
    middle = sum(rest.values()) / len(rest)
    off = {at: value - middle for at, value in rest.items()}
    squares = sum(each**2 for each in off.values())
    products = sum(each * off[at + 1] for at, each in off.items() if at + 1 in off)
    if products <= 0 or squares == 0:
        return 1.0
    alike = min(products / squares + 2 / len(rest), MOST_ALIKE)
    return (1 + alike) / (1 - alike)


def seasonal(rest: dict[int, float], cycle: int) -> bool:
    """Whether the months (or quarters) of a year differ more than chance explains: Kruskal and Wallis (1952)."""
    from scipy.stats import kruskal

    if cycle < 2 or max(rest) - min(rest) + 1 < CYCLES * cycle:
        return False
    seasons = [[value for at, value in rest.items() if at % cycle == season] for season in range(cycle)]
    if min(map(len, seasons)) < CYCLES or len(set(rest.values())) == 1:
        return False
    return bool(kruskal(*seasons).pvalue < ALPHA)


def _p(score: int, variance: float, values: Sequence[float], stretch: float) -> float:
    from scipy.stats import kendalltau, norm

    if stretch == 1 and len(set(values)) == len(values) and len(values) <= MOST_EXACT:
        return float(kendalltau(range(len(values)), values, method="exact").pvalue)
    if variance <= 0:
        return 1.0
    return float(2 * norm.sf(max(abs(score) - 1, 0) / sqrt(variance)))


def _tau(score: int, values: Sequence[float]) -> float:
    pairs = len(values) * (len(values) - 1) / 2
    equal = sum(count * (count - 1) / 2 for count in Counter(values).values())
    return score / sqrt(pairs * (pairs - equal)) if pairs > equal else 0.0


def _bounds(slopes: np.ndarray, variance: float) -> tuple[float, float]:
    """Sen's interval: as many slopes away from the middle as the score may lie off by chance."""
    from scipy.stats import norm

    half = float(norm.ppf(1 - ALPHA / 2)) * sqrt(max(variance, 0.0))
    first = max(round((len(slopes) - half) / 2) - 1, 0)
    last = min(round((len(slopes) + half) / 2), len(slopes) - 1)
    return float(slopes[first]), float(slopes[last])


def _side(value: float) -> int:
    return int(value > 0) - int(value < 0)
