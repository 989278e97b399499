"""Maximum likelihood over logarithms of parameters: L-BFGS-B, then Newton's steps; the curvature gives the errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from audit.text import Text
from audit.wording import say
from pipelines.methods.interval import Array, Z
from pipelines.methods.refused import Refused

Likelihood = Callable[[Array], tuple[float, Array]]
"""Logarithms -> the mean log-likelihood, and its slopes."""
FURTHEST = 14.0
"""How far a logarithm may go: beyond, a parameter is as good as nought or without bound."""
FLAT = 1e-7
"""Slope of the mean log-likelihood that counts as none."""
LOOSE = 1e-7
"""Curvature, of the mean log-likelihood, below which the data does not hold a direction."""
STEP = 1e-4
NEWTON = 6


@dataclass(frozen=True)
class Curvature:
    """`covariance` of the logarithms, in directions that the data holds; `firm` where it holds all of them."""

    covariance: Array
    firm: bool

    @property
    def errors(self) -> list[float | None]:
        return [float(np.sqrt(each)) if self.firm else None for each in np.diag(self.covariance)]


@dataclass(frozen=True)
class Estimate:
    """`low` to `high` is the 95 % interval; none where the data cannot tell the value from others."""

    name: str
    value: float
    low: float | None
    high: float | None
    error: float | None


def most_likely(likelihood: Likelihood, start: Array, what: Text, n: int) -> tuple[Array, Curvature]:
    """Of n customers. Raises Refused, saying of what, where there is no maximum within bounds."""
    from scipy.optimize import minimize

    def turned(log: Array) -> tuple[float, Array]:
        value, slopes = likelihood(log)
        return -value, -slopes

    bounds = [(-FURTHEST, FURTHEST)] * len(start)
    options = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7, "maxcor": 20}
    found = minimize(turned, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    log, slopes, curved = _refined(likelihood, found.x)
    if not np.isfinite(log).all() or np.abs(slopes).max() > FLAT * 100:
        raise Refused(say("no model of {what} was found that fits best; the data does not look like it", what=what))
    return log, _curvature(curved, n)


def _refined(likelihood: Likelihood, log: Array) -> tuple[Array, Array, Array]:
    """By Newton's steps, as long as they help."""
    value, slopes = likelihood(log)
    curved = _curved(likelihood, log)
    for _ in range(NEWTON):
        if np.abs(slopes).max() < 1e-12 or np.linalg.eigvalsh(curved)[0] < LOOSE:
            break
        to = log + np.linalg.solve(curved, slopes)
        better, less = likelihood(to)
        if not better >= value - 1e-13 or np.abs(less).max() >= np.abs(slopes).max():
            break
        log, value, slopes = to, better, less
    return log, slopes, _curved(likelihood, log)


def _curved(likelihood: Likelihood, log: Array) -> Array:
    """Minus the second derivatives, from differences of the slopes."""
    rows = [(likelihood(log - move)[1] - likelihood(log + move)[1]) / (2 * STEP) for move in STEP * np.eye(len(log))]
    return np.asarray((np.array(rows) + np.array(rows).T) / 2)


def _curvature(curved: Array, n: int) -> Curvature:
    values, vectors = np.linalg.eigh(curved)
    held = values > LOOSE
    kept = vectors[:, held]
    return Curvature(kept / (n * values[held]) @ kept.T, bool(held.all()))


def estimates(names: tuple[str, ...], log: Array, curvature: Curvature) -> list[Estimate]:
    found = []
    for name, at, error in zip(names, log, curvature.errors, strict=True):
        value = float(np.exp(at))
        ends = (float(np.exp(at - Z * error)), float(np.exp(at + Z * error)), value * error) if error else (None,) * 3
        found.append(Estimate(name, value, *ends))
    return found
