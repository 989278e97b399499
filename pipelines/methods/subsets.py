"""R² of an outcome on every subset of its drivers, and what each driver adds on average over all orders."""

from __future__ import annotations

from math import factorial

import numpy as np

from pipelines.methods.interval import Array

NOTHING_LEFT = 1e-10
"""Of a driver's own spread, where the others already say all of it: it then adds nothing."""


def r_squared(correlation: Array) -> Array:
    """Correlations of drivers and, last, the outcome, for one table or many at once → R² of each subset.

    Driver j is in subset s where bit j of s is set. One driver after the other is swept out of what is left of the
    table, once for the subsets with it and not for those without: 2^k subsets cost k steps.
    """
    left = correlation[..., None, :, :]
    for _driver in range(correlation.shape[-1] - 1):
        rest, pivot = left[..., 1:, 1:], left[..., :1, :1]
        explained = left[..., 1:, :1] * left[..., :1, 1:]
        without = np.divide(explained, pivot, out=np.zeros_like(explained), where=pivot > NOTHING_LEFT)
        left = np.concatenate([rest, rest - without], axis=-3)
    return np.asarray(1 - left[..., 0, 0])


def lmg(correlation: Array) -> Array:
    """For each driver what it adds to R², averaged over the orders in which drivers can come in."""
    explained, count = r_squared(correlation), correlation.shape[-1] - 1
    before = factorial(count)
    size = np.array([int(subset).bit_count() for subset in range(2**count)])
    weight = np.array([factorial(n) * factorial(count - 1 - n) / before for n in range(count)])
    found = []
    for driver in range(count):
        without = np.flatnonzero(~(np.arange(2**count) >> driver) & 1)
        added = explained[..., without | 1 << driver] - explained[..., without]
        found.append(added @ weight[size[without]])
    return np.stack(found, axis=-1)
