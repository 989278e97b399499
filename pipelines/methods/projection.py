"""
Where a figure will stand when its period ends: the months to come, from the months so far, with an interval of 80 %.

Model: the local level (Harvey 1989, section 2.3; Durbin and Koopman 2012, chapter 2). Each month is a level plus noise,
whose variance is that of one record over its records, so that shares, rates and means pool their counts; the level
wanders from month to month. How much it wanders is not known: the forecast is a mean over the candidates in DRIFTS,
each weighted by its restricted likelihood (Harville 1974), and each a Student t with as many degrees of freedom as
there are months less one, exact for a known drift (Harville 1985; Handcock and Stein 1993).

Limits: a trend is not prolonged, it widens the interval; a season counts as noise; records to come are as many as they
were. At least FEWEST months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audit.errors import SourceError
from audit.wording import say

Array = NDArray[np.float64]
FEWEST = 6
DRIFTS = tuple(float(a * a / (1 - a)) for a in np.arange(0, 1, 0.1))
"""Variance of a month's step over that of a typical month's noise. They stand for the smoothing constants 0, 0.1 …
0.9 of exponential smoothing, each as likely as the others before the data is seen."""
HALVINGS = 60


@dataclass(frozen=True)
class Months:
    """One entry for each month that counts, in order of time; `at` counts months, so that a gap is a gap."""

    at: Array
    value: Array
    size: Array
    """Records; all 1 where each month weighs the same."""


@dataclass(frozen=True)
class Ahead:
    """What is still to come, and the weight of each part in the sum that is asked for."""

    at: Array
    size: Array
    weight: Array


@dataclass(frozen=True)
class Projection:
    """The weighted sum of what is to come, with its 80 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Given:
    """The same for one drift: a Student t around `value`."""

    value: float
    scale: float
    likelihood: float
    """Logarithm, up to a constant that all drifts share."""


def project(months: Months, ahead: Ahead, least: float = 0.0) -> Projection:
    """
    `least` is the variance of one record as it is known otherwise, below which no estimate goes. Raises SourceError
    where there are too few months, or where they do not vary and `least` is 0.
    """
    if len(months.at) < FEWEST:
        raise SourceError(say("only {count} months; at least {least} are needed", count=len(months.at), least=FEWEST))
    if least <= 0 and np.ptp(months.value) == 0:
        raise SourceError(say("the months do not vary, so how far chance reaches cannot be told"))
    found = [given(months, ahead, drift, least) for drift in DRIFTS]
    logs = np.array([each.likelihood for each in found])
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    values, scales = np.array([each.value for each in found]), np.array([each.scale for each in found])
    low, high = (_quantile(share, values, scales, shares, len(months.at) - 1) for share in (0.1, 0.9))
    return Projection(float(shares @ values), low, high)


def given(months: Months, ahead: Ahead, drift: float, least: float = 0.0) -> Given:
    """Generalised least squares for the level, and the best linear unbiased prediction from it."""
    own, cross, theirs = _covariances(months, ahead, drift)
    ones, weight = np.ones(len(months.at)), ahead.weight
    inverse = np.linalg.inv(own)
    information = float(ones @ inverse @ ones)
    level = float(ones @ inverse @ months.value) / information
    rest, link = months.value - level, cross @ weight
    free = len(ones) - 1
    square = float(rest @ inverse @ rest)
    lacking = weight.sum() - float(ones @ inverse @ link)
    spread = float(weight @ theirs @ weight - link @ inverse @ link) + lacking**2 / information
    likelihood = -0.5 * (np.linalg.slogdet(own)[1] + np.log(information) + free * np.log(max(square, least * free)))
    value = weight.sum() * level + float(link @ inverse @ rest)
    return Given(value, float(np.sqrt(max(square / free, least) * max(spread, 0.0))), float(likelihood))


def _covariances(months: Months, ahead: Ahead, drift: float) -> tuple[Array, Array, Array]:
    """Of the months, between them and what is to come, and of that; in units of the variance of one record."""
    step = drift / float(np.mean(months.size))
    start = months.at[0]
    then, later = months.at - start, ahead.at - start
    own = step * np.minimum.outer(then, then) + np.diag(1 / months.size)
    theirs = step * np.minimum.outer(later, later) + np.diag(1 / ahead.size)
    return own, step * np.minimum.outer(then, later), theirs


def _quantile(share: float, values: Array, scales: Array, shares: Array, free: int) -> float:
    """Of the mixture, by bisection between the outermost of its parts."""
    from scipy.special import stdtr, stdtrit

    each = values + scales * stdtrit(free, share)
    low, high = float(each.min()), float(each.max())
    if low == high:
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            below = float(shares @ stdtr(free, (middle - values) / np.where(scales > 0, scales, 1e-300)))
        low, high = (middle, high) if below < share else (low, middle)
    return (low + high) / 2
