"""One common factor behind several questions, by maximum likelihood: Jöreskog (1967), as R's factanal does it."""

from __future__ import annotations

import numpy as np

from pipelines.methods.interval import Array

LEAST_UNIQUE = 0.005
"""Below it a question would be the factor itself (a Heywood case): the model does not fit."""


def one_factor(correlation: Array) -> tuple[Array, Array] | None:
    """Loadings (their sum is positive) and unique variances of the questions; None where the model does not hold."""
    from scipy.optimize import minimize

    if len(correlation) < 3 or np.linalg.eigvalsh(correlation)[0] < 1e-8:
        return None
    start = (1 - 0.5 / len(correlation)) / np.diag(np.linalg.inv(correlation))
    bounds = [(LEAST_UNIQUE, 1.0)] * len(correlation)
    best = minimize(
        _loss, start, (correlation,), "L-BFGS-B", jac=True, bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-9}
    )
    unique = np.asarray(best.x, dtype=float)
    if unique.min() <= LEAST_UNIQUE * 1.001:
        return None
    loadings = _loadings(unique, correlation)
    return (loadings if loadings.sum() >= 0 else -loadings), unique


def _scaled(unique: Array, correlation: Array) -> Array:
    return np.asarray(correlation / np.sqrt(np.outer(unique, unique)))


def _loadings(unique: Array, correlation: Array) -> Array:
    values, vectors = np.linalg.eigh(_scaled(unique, correlation))
    return np.asarray(np.sqrt(unique) * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)))


def _loss(unique: Array, correlation: Array) -> tuple[float, Array]:
    """What maximum likelihood makes small, and its slope; the loadings are put in at their best."""
    rest = np.linalg.eigvalsh(_scaled(unique, correlation))[:-1]
    loadings = _loadings(unique, correlation)
    off = loadings**2 + unique - np.diag(correlation)
    return float(np.sum(rest - np.log(rest)) - len(rest)), off / unique**2
