"""Whether two figures of the same units move together, at once or some periods later: correlations with intervals.

For the service-profit chain (Heskett, Jones, Loveman, Sasser and Schlesinger, 1994). Pearson's correlation of all pairs
of unit and period; Spearman's rank correlation beside it (interval by Bonett and Wright, 2000); then apart: within the
units (each less its own mean: does a unit that rises see the other figure rise?) and between them (their means: do
units that stand higher stand higher in both?). Intervals: Fisher (1921). Pairs of one unit are alike, so that n pairs
tell less than n: n is divided by 1 + (m - 1) a b, where m pairs belong to a unit and a and b are the intraclass
correlations of both figures (Donald and Donner, 1987). P-values are corrected for the number of lags by Holm (1979).
Assumptions: units do not share customers; a figure of one period stands for the whole of it. Limits: a correlation is
no cause: what moves all units alike (a season, a price) looks like one; units are few; figures from few answers scatter
and pull every correlation towards zero; neighbouring periods are alike, which the interval within units does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import NDArray

from audit.text import Text
from audit.wording import say
from pipelines.methods.comparisons import holm
from pipelines.methods.interval import ALPHA, Array, Z
from pipelines.methods.refused import Refused

Units = NDArray[np.int64]
"""To which unit each pair belongs."""
LAGS = (0, 1, 2, 3, 4)
LEAST_UNITS = 4
LEAST_BETWEEN = 5
"""Units whose means alone make a correlation; one less and nearly every interval is from -1 to 1."""
LEAST_PAIRS = 10


@dataclass(frozen=True)
class Correlation:
    """`n` is how many independent pairs it counts as; bounds and p are None where that is too few."""

    value: float
    n: float
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True)
class Lag:
    """`because` says why there is nothing at this lag."""

    lag: int
    pairs: int
    units: int
    because: Text | None = None
    pearson: Correlation | None = None
    spearman: Correlation | None = None
    within: Correlation | None = None
    between: Correlation | None = None
    adjusted: float | None = None
    """The p-value of `pearson`, corrected for the number of lags."""

    @property
    def clear(self) -> bool:
        return self.adjusted is not None and self.adjusted < ALPHA


@dataclass(frozen=True)
class Lagged:
    lags: tuple[Lag, ...]

    @property
    def strongest(self) -> Lag:
        """Among those that were worked out, the surest."""
        known = [each for each in self.lags if each.pearson]
        return min(known, key=lambda each: (1.0 if each.adjusted is None else each.adjusted, each.lag))


def lagged(leading: Array, following: Array, lags: Sequence[int] = LAGS) -> Lagged:
    """Both are units × periods, nan where a figure is not known. Raises Refused where no lag has enough pairs."""
    found = [_at(leading, following, lag) for lag in lags]
    if all(each.because for each in found):
        raise Refused(found[0].because or say("no lag was asked for"))
    p = [(at, each.pearson.p) for at, each in enumerate(found) if each.pearson and each.pearson.p is not None]
    corrected = dict(zip([at for at, _ in p], holm([value for _, value in p]), strict=True))
    return Lagged(tuple(_with(each, corrected.get(at)) for at, each in enumerate(found)))


def _with(lag: Lag, adjusted: float | None) -> Lag:
    return Lag(**{**vars(lag), "adjusted": adjusted})


def _at(leading: Array, following: Array, lag: int) -> Lag:
    periods = leading.shape[1] - lag
    first, then = leading[:, : max(periods, 0)], following[:, lag : lag + max(periods, 0)]
    unit, place = np.nonzero(~np.isnan(first) & ~np.isnan(then))
    x, y = first[unit, place], then[unit, place]
    pairs, units = len(x), len(set(unit.tolist()))
    if because := _thin(x, y, pairs, units):
        return Lag(lag, pairs, units, because)
    n = pairs / _design(x, y, unit)
    within, between = _within(x, y, unit), _between(x, y, unit)
    return Lag(lag, pairs, units, None, _fisher(_r(x, y), n), _ranked(x, y, n), within, between)


def _thin(x: Array, y: Array, pairs: int, units: int) -> Text | None:
    if units < LEAST_UNITS:
        return say("only {units} units have both figures; at least {least} are needed", units=units, least=LEAST_UNITS)
    if pairs < LEAST_PAIRS:
        return say(
            "only {pairs} pairs of unit and period have both figures; at least {least} are needed",
            pairs=pairs,
            least=LEAST_PAIRS,
        )
    if _flat(x) or _flat(y):
        return say("one of the figures is the same everywhere, so that nothing can go with it")
    return None


def _flat(values: Array) -> bool:
    return bool(np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())))


def _r(x: Array, y: Array) -> float:
    a, b = x - x.mean(), y - y.mean()
    return float(np.clip(np.sum(a * b) / sqrt(float(np.sum(a**2) * np.sum(b**2))), -1, 1))


def _fisher(value: float, n: float, spread: float = 1.0) -> Correlation:
    """`spread` is the variance of the transformed correlation beyond that of Pearson's."""
    if n <= 3.0 + 1e-9:
        return Correlation(value, n, None, None, None)
    if abs(value) >= 1 - 1e-12:
        return Correlation(value, n, value, value, 0.0)
    from scipy.stats import norm

    error = sqrt(spread / (n - 3))
    centre = atanh(value)
    p = float(2 * norm.sf(abs(centre) / error))
    return Correlation(value, n, tanh(centre - Z * error), tanh(centre + Z * error), p)


def _ranked(x: Array, y: Array, n: float) -> Correlation:
    from scipy.stats import rankdata

    value = _r(rankdata(x), rankdata(y))
    return _fisher(value, n, 1 + value**2 / 2)


def _within(x: Array, y: Array, unit: Units) -> Correlation | None:
    """Each unit's own mean takes one pair away."""
    a, b = x - _means(x, unit), y - _means(y, unit)
    n = len(x) - len(set(unit.tolist())) + 1
    return None if _flat(a) or _flat(b) or n < LEAST_PAIRS / 2 else _fisher(_r(a, b), n)


def _between(x: Array, y: Array, unit: Units) -> Correlation | None:
    known = sorted(set(unit.tolist()))
    a, b = (np.array([values[unit == each].mean() for each in known]) for values in (x, y))
    return None if len(known) < LEAST_BETWEEN or _flat(a) or _flat(b) else _fisher(_r(a, b), len(known))


def _means(values: Array, unit: Units) -> Array:
    counts, sums = np.bincount(unit), np.bincount(unit, weights=values)
    return np.asarray((sums / np.maximum(counts, 1))[unit])


def _design(x: Array, y: Array, unit: Units) -> float:
    """How many pairs are worth one that is independent; never less than one."""
    size = float(np.sum(np.bincount(unit) ** 2)) / len(x)
    return 1 + (size - 1) * _alike(x, unit) * _alike(y, unit)


def _alike(values: Array, unit: Units) -> float:
    """Intraclass correlation by analysis of variance, from 0 to 1."""
    counts = np.bincount(unit)
    counts = counts[counts > 0]
    means, n, k = _means(values, unit), len(values), len(counts)
    if n <= k:
        return 1.0
    among = float(np.sum((means - values.mean()) ** 2)) / (k - 1)
    inside = float(np.sum((values - means) ** 2)) / (n - k)
    size = (n - float(np.sum(counts**2)) / n) / (k - 1)
    whole = among + (size - 1) * inside
    return min(1.0, max(0.0, (among - inside) / whole)) if whole > 0 else 0.0
