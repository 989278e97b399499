"""Whether the questions of a block hold together and apart from the others: composite reliability, AVE, HTMT."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from pipelines.methods.interval import Array
from pipelines.methods.path_model.result import Pair
from pipelines.methods.path_model.structure import Structure

ALPHA = 0.7
"""Nunnally and Bernstein (1994)."""
COMPOSITE = 0.7
EXTRACTED = 0.5
"""Fornell and Larcker (1981)."""
HTMT = 0.85
"""Henseler, Ringle and Sarstedt (2015), the stricter of their two limits."""


def composite(loadings: Array) -> float:
    """Composite reliability of standardised questions (Fornell and Larcker, 1981)."""
    common = loadings.sum() ** 2
    return float(common / (common + (1 - loadings**2).sum()))


def nearest(correlations: Array) -> Array:
    """Latent × latent -> the highest correlation of each with another, whichever way it runs."""
    others = np.abs(correlations) - 2 * np.eye(len(correlations))
    return np.asarray(others.max(axis=1, initial=-1).clip(0))


def htmt(correlation: Array, structure: Structure) -> Iterator[Pair]:
    """Of the correlations of the questions; blocks of one question have no monotrait correlation and no ratio."""
    rows = {name: np.flatnonzero(structure.of == at) for at, name in enumerate(structure.latents)}
    within = {name: _mean(correlation, own) for name, own in rows.items() if len(own) > 1}
    for one, other in combinations(within, 2):
        between = float(np.abs(correlation[np.ix_(rows[one], rows[other])]).mean())
        if within[one] * within[other] > 0:
            yield Pair(one, other, between / float(np.sqrt(within[one] * within[other])))


def _mean(correlation: Array, own: np.ndarray) -> float:
    upper = np.triu_indices(len(own), 1)
    return float(np.abs(correlation[np.ix_(own, own)])[upper].mean())
