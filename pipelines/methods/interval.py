"""95 % intervals for the figures that have one. Arrays in, two arrays out: lower and upper bound."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from audit.measurement import Interval

Array = NDArray[np.float64]
Bounds = tuple[Array, Array]
ALPHA = 0.05
Z = 1.959963984540054
"""97.5 % point of the standard normal distribution."""
ALIKE = 1e-6
"""Of the mean: a deviation as small as that is what rounding leaves of none."""


def wilson(value: Array, n: Array) -> Bounds:
    """Share of n records, in per cent. Wilson (1927), by statsmodels."""
    return wilson_of(np.rint(value * n / 100), n)


def wilson_of(count: Array, n: Array) -> Bounds:
    """The same of a count, which is not whole where n is an effective size. Where none or all are counted, one bound is
    the share itself, which rounding must not miss."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = (100 * np.asarray(bound) for bound in proportion_confint(count, n, alpha=ALPHA, method="wilson"))
    return np.where((n > 0) & (count == 0), 0.0, low), np.where((n > 0) & (count == n), 100.0, high)


def nps(promoters: Array, detractors: Array, n: Array) -> Bounds:
    """Net promoter score in points. Adjusted Wald: 3/4, 3/2 and 3/4 answers are added to promoters, passives and
    detractors, which keeps its promise where n is small; clipped to [-100, 100]."""
    size = n + 3
    up, down = (promoters + 0.75) / size, (detractors + 0.75) / size
    half = Z * np.sqrt((up + down - (up - down) ** 2) / size)
    return np.maximum(-100.0, 100 * (up - down - half)), np.minimum(100.0, 100 * (up - down + half))


def mean(value: Array, deviation: Array, n: Array) -> Bounds:
    """Mean of n answers with their sample standard deviation. Student (1908): t with n - 1 degrees of freedom. Answers
    that are all alike do not tell how far chance reaches: they have no interval (nan), as one answer alone has none."""
    from scipy.stats import t

    with np.errstate(invalid="ignore", divide="ignore"):
        half = t.ppf(1 - ALPHA / 2, n - 1) * deviation / np.sqrt(n)
        half = np.where(deviation > ALIKE * abs(value), half, np.nan)
    return value - half, value + half


def poisson(events: Array, n: Array) -> Bounds:
    """Events per 1,000 units of exposure. Garwood (1936): exact, from the chi-square distribution."""
    from scipy.stats import chi2

    low = np.where(events > 0, chi2.ppf(ALPHA / 2, 2 * np.maximum(events, 1)) / 2, 0.0)
    high = chi2.ppf(1 - ALPHA / 2, 2 * (events + 1)) / 2
    return 1000 * low / n, 1000 * high / n


def garwood(value: Array) -> Bounds:
    """A count of events. Garwood (1936), as above."""
    return poisson(value, np.full(len(value), 1000.0))


def dobson(units: Array, squares: Array, events: Array, exposure: Array) -> Bounds:
    """Units per million, where units come in lots. Dobson et al. (1991): the exact interval of the number of lots,
    stretched by the size of a lot; `squares` is the sum of the squared lots. Without any, a lot counts as one unit."""
    low, high = garwood(events)
    size = np.sqrt(np.where(events > 0, squares, 1.0) / np.maximum(events, 1))
    bounds = (units + size * (bound - events) for bound in (low, high))
    lowest, highest = (1e6 * bound / exposure for bound in bounds)
    return np.maximum(0.0, lowest), highest


def newcombe(value: Array, good: Array, n: Array, other_good: Array, other_n: Array) -> Bounds:
    """Size of the difference of two shares, in points. Newcombe (1998), method 10: from both Wilson intervals."""
    share, other = 100 * good / n, 100 * other_good / other_n
    (low, high), (other_low, other_high) = wilson(share, n), wilson(other, other_n)
    least = share - other - np.hypot(share - low, other_high - other)
    most = share - other + np.hypot(high - share, other - other_low)
    straddles = (least <= 0) & (most >= 0)
    return np.where(straddles, 0.0, np.minimum(abs(least), abs(most))), np.maximum(abs(least), abs(most))


METHODS: dict[Interval, tuple[Callable[..., Bounds], tuple[str, ...]]] = {
    "wilson": (wilson, ("value", "n")),
    "nps": (nps, ("promoters", "detractors", "n")),
    "mean": (mean, ("value", "deviation", "n")),
    "poisson": (poisson, ("events", "n")),
    "garwood": (garwood, ("value",)),
    "dobson": (dobson, ("units", "squares", "events", "exposure")),
    "newcombe": (newcombe, ("value", "late_good", "late", "early_good", "early")),
}
"""What each method is, and which columns of a KPI's query it reads."""
