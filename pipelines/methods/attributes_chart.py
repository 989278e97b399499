"""
Control charts of counts: shares of records (p), events per unit (u) and events alone (c). Shewhart (1931); limits three
standard deviations of the binomial or Poisson distribution around the centre line, for each point by its own n.

Assumptions: every record of a period has the same chance, and one does not depend on another. In thousands of records
that is never quite so, and the limits become too narrow: Laney (2002), Improved Control Charts for Attributes, Quality
Engineering 14(4), widens them by how much neighbours differ beyond chance. That is done where a test says so.
Limits: where fewer than five events, or fewer than five others, are to be expected in a point, the normal distribution
is a bad likeness. Limits are then those of the exact distribution, with the same chance of a false alarm on each side,
and no run is looked for: most points of so skewed a figure lie on one side of its mean.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.methods.interval import ALPHA, Array, Bounds

RANGE_OF_TWO = 1.128
"""d2: the mean range of two values, in standard deviations."""
FEWEST_EVENTS = 5.0
BEYOND = 0.0013498980316301
"""Chance of a value above three standard deviations of a normal distribution."""


def centre(kind: str, values: Sequence[float], sizes: Sequence[int]) -> float:
    """All records as if they were of one period; a plain count has no size."""
    return float(np.average(values, weights=None if kind == "c" else sizes))


def expected(kind: str, middle: float, size: float, per: float) -> float:
    """Events, or for a share the rarer of its two sides, that a point of this size should have."""
    if kind == "p":
        return min(middle, per - middle) * size / per
    return middle * size / per if kind == "u" else middle


def rare(kind: str, values: Sequence[float], sizes: Sequence[int], per: float) -> bool:
    """Whether the normal distribution is a bad likeness of points like these."""
    if not values:
        return False
    return expected(kind, centre(kind, values, sizes), sum(sizes) / len(sizes), per) < FEWEST_EVENTS


def deviations(kind: str, middle: float, sizes: Array, per: float) -> Array:
    """Of each point, in the figure's unit: a share is in `per` of a hundred, a rate in events for `per` units."""
    if kind == "p":
        return np.sqrt(max(middle * (per - middle), 0.0) / sizes)
    return np.sqrt(per * middle / sizes) if kind == "u" else np.full(len(sizes), np.sqrt(middle))


def exact(kind: str, middle: float, sizes: Array, per: float, records: float) -> Bounds:
    """Lowest and highest value that is still ordinary at each point. Where no event was seen in all the records that
    the centre rests on, half of one is taken, or the first would be a signal."""
    from scipy.stats import binom, poisson

    least = 0.5 / records * (1 if kind == "c" else per)
    if kind == "p":
        chance = min(max(middle, least), per - least) / per
        return per * binom.ppf(BEYOND, sizes, chance) / sizes, per * binom.isf(BEYOND, sizes, chance) / sizes
    units = sizes / per if kind == "u" else np.ones(len(sizes))
    mean = max(middle, least) * units
    return poisson.ppf(BEYOND, mean) / units, poisson.isf(BEYOND, mean) / units


def stretch(steps: Sequence[float]) -> float:
    """Laney's factor, at least 1: the mean moving range over that of chance alone; 1 where neighbours differ no more
    than chance explains. `steps` lie between neighbours, in standard deviations of each point."""
    if len(steps) < 3 or not overdispersed(steps):
        return 1.0
    return max(1.0, sum(map(abs, steps)) / len(steps) / RANGE_OF_TWO)


def overdispersed(steps: Sequence[float]) -> bool:
    """By the mean square successive difference, which a drift hardly touches: von Neumann et al. (1941). Of k steps it
    is spread like chi-square with 2 k² / (3 k - 1) degrees of freedom. The largest step is left out, for it may be the
    very shift that the chart is to find; so chance is taken for scatter a little less often than agreed."""
    from scipy.stats import chi2

    squares = sorted(step**2 for step in steps)[:-1]
    k = len(squares)
    freedom = 2 * k**2 / (3 * k - 1)
    observed = sum(squares) / k / 2
    return bool(freedom * observed > chi2.ppf(1 - ALPHA, freedom))
