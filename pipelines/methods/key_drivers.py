"""Key drivers: how much of the spread of satisfaction goes with each driver (LMG, which is Shapley's value of R²).

Lindeman, Merenda and Gold (1980); Groemping (2006, 2007). A driver's share is what it adds to R² of the linear
regression, averaged over all orders in which the drivers could come in: it is never negative, and the shares add up to
R². Only who answered everything counts (listwise). Intervals: percentiles of a bootstrap over respondents with a given
seed; of more than MOST respondents, each resample draws MOST and its distance from the figure is shrunk to the number
that there is (m out of n: Bickel, Götze and van Zwet, 1997). Assumptions: respondents are independent, and what they
say goes together in straight lines. Limits: what goes together need not cause; drivers that go closely together share
what they explain, which the variance inflation factor tells; the interval of a driver without any effect cannot
reach below 0, and so lies above it; any drivers explain some R² of few respondents, which the F test tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng

from audit.wording import say
from pipelines.methods.interval import ALPHA, Array
from pipelines.methods.refused import Refused
from pipelines.methods.subsets import lmg

MOST_DRIVERS = 12
LEAST = 30
LEAST_PER_DRIVER = 5
TIMES = 500
SEED = 9010
MOST = 2_000
"""Respondents that one resample draws at most."""
INFLATED = 5.0
"""From here on drivers are called close together: Sheather (2009); others say 10."""
AT_ONCE = 50


@dataclass(frozen=True)
class Driver:
    """`lmg` is its part of R², `share` the same in per cent of R², `effect` the standardised regression coefficient."""

    driver: str
    lmg: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    effect: float
    effect_low: float
    effect_high: float
    correlation: float
    vif: float
    """Variance inflation factor."""


@dataclass(frozen=True)
class KeyDrivers:
    n: int
    left_out: int
    """Respondents who left a driver or the outcome open."""
    r2: float
    r2_low: float
    r2_high: float
    drivers: tuple[Driver, ...]
    """In the order in which they were given."""
    close: tuple[str, ...]
    """Drivers that go so closely together with the others that their parts can hardly be told apart."""
    times: int
    drawn: int
    """Resamples, and respondents in each."""
    thin: bool
    """Fewer than 50 respondents and 8 for each driver: Green (1991) asks for as many to see a usual effect."""

    @property
    def p(self) -> float:
        """Chance of such an R² where no driver has anything to do with the outcome: the F test of the regression."""
        from scipy.stats import f

        count, rest = len(self.drivers), self.n - len(self.drivers) - 1
        return float(f.sf(self.r2 / count * rest / (1 - self.r2), count, rest)) if self.r2 < 1 else 0.0

    @property
    def shown(self) -> bool:
        """Whether the drivers explain more than any drivers would by chance."""
        return self.p < ALPHA


def key_drivers(
    names: Sequence[str], answers: Array, outcome: Array, seed: int = SEED, times: int = TIMES
) -> KeyDrivers:
    """`answers` are respondents × drivers and `outcome` one for each respondent, nan where there is no answer."""
    both = np.column_stack([answers, outcome])
    whole = both[~np.isnan(both).any(axis=1)]
    _refuse(names, whole)
    drawn = min(len(whole), MOST)
    resampled = _Resampled.of(whole, default_rng(seed), times, drawn)
    correlation, shrunk = correlations(whole), np.sqrt(drawn / len(whole))
    drivers = _drivers(names, correlation, resampled, shrunk)
    return KeyDrivers(
        len(whole),
        len(both) - len(whole),
        *_bounded(np.sum([one.lmg for one in drivers]), resampled.parts.sum(axis=1), shrunk),
        drivers,
        tuple(one.driver for one in drivers if one.vif >= INFLATED),
        times,
        drawn,
        len(whole) < 50 + 8 * len(names),
    )


def correlations(rows: Array) -> Array:
    """Of columns; of several tables at once where there are three axes."""
    centred = rows - rows.mean(axis=-2, keepdims=True)
    products = np.swapaxes(centred, -1, -2) @ centred
    spread = np.sqrt(np.diagonal(products, axis1=-2, axis2=-1))
    both = spread[..., :, None] * spread[..., None, :]
    return np.asarray(np.divide(products, both, out=np.zeros_like(products), where=both > 0))


def _refuse(names: Sequence[str], whole: Array) -> None:
    if not 2 <= len(names) <= MOST_DRIVERS:
        raise Refused(
            say(
                "{count} drivers were asked about; from 2 to {most} can be told apart, so take some together",
                count=len(names),
                most=MOST_DRIVERS,
            )
        )
    least = max(LEAST, LEAST_PER_DRIVER * len(names))
    if len(whole) < least:
        raise Refused(
            say(
                "{n} respondents judged every driver and the whole; at least {least} are needed",
                n=len(whole),
                least=least,
            )
        )
    flat = [
        name
        for name, column in zip([*names, ""], whole.T, strict=True)
        if np.ptp(column) <= 1e-9 * max(1.0, abs(column).max())
    ]
    if "" in flat:
        raise Refused(say("everybody is equally satisfied, so nothing can tell what moves it"))
    if flat:
        raise Refused(say("everybody judged {drivers} alike, so nothing can tell what it moves", drivers=flat[0]))
    if np.linalg.eigvalsh(correlations(whole)[:-1, :-1])[0] < 1e-10:
        raise Refused(say("one driver says the same as others together; leave one of them out"))


@dataclass(frozen=True)
class _Resampled:
    """Resamples × drivers."""

    parts: Array
    effects: Array

    @classmethod
    def of(cls, whole: Array, rng: Generator, times: int, drawn: int) -> _Resampled:
        """Some are made at once, so that memory stays small."""
        parts, effects = [], []
        for at in range(0, times, AT_ONCE):
            rows = rng.integers(len(whole), size=(min(AT_ONCE, times - at), drawn))
            correlation = correlations(whole[rows])
            parts.append(lmg(correlation))
            effects.append(_effects(correlation))
        return cls(np.concatenate(parts), np.concatenate(effects))


def _drivers(names: Sequence[str], correlation: Array, resampled: _Resampled, shrunk: float) -> tuple[Driver, ...]:
    parts, effects, inflation = lmg(correlation), _effects(correlation), _inflation(correlation)
    shares = 100 * parts / parts.sum()
    shares_again = 100 * resampled.parts / resampled.parts.sum(axis=1, keepdims=True)
    return tuple(
        Driver(
            name,
            *_bounded(parts[at], resampled.parts[:, at], shrunk),
            *_bounded(shares[at], shares_again[:, at], shrunk),
            *_bounded(effects[at], resampled.effects[:, at], shrunk, -np.inf),
            float(correlation[at, -1]),
            float(inflation[at]),
        )
        for at, name in enumerate(names)
    )


def _effects(correlation: Array) -> Array:
    """Standardised coefficients; where a resample leaves two drivers the same, the shortest that fit."""
    drivers, outcome = correlation[..., :-1, :-1], correlation[..., :-1, -1:]
    return np.asarray((np.linalg.pinv(drivers, hermitian=True) @ outcome)[..., 0])


def _inflation(correlation: Array) -> Array:
    return np.asarray(np.diag(np.linalg.inv(correlation[:-1, :-1])))


def _bounded(value: float, again: Array, shrunk: float, least: float = 0.0) -> tuple[float, float, float]:
    low, high = np.quantile(again, [ALPHA / 2, 1 - ALPHA / 2])
    return float(value), max(least, float(value + shrunk * (low - value))), float(value + shrunk * (high - value))
