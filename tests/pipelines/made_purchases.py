"""Customers drawn from the very models that are fitted: BG/NBD for when they buy, Gamma-Gamma for how much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TRUE = {"r": 0.7, "alpha": 60.0, "a": 0.9, "b": 3.0}
SPENT = {"p": 3.0, "q": 5.0, "v": 90.0}


@dataclass(frozen=True)
class Drawn:
    frequency: Array
    recency: Array
    age: Array
    after: Array
    """Purchases within `days` after the end."""
    alive: NDArray[np.bool_]
    mean: Array


def drawn(rng: np.random.Generator, n: int, longest: int = 730, days: float = 0.0) -> Drawn:
    """Days in whole numbers would round; these are exact."""
    rate, gone = rng.gamma(TRUE["r"], 1 / TRUE["alpha"], n), rng.beta(TRUE["a"], TRUE["b"], n)
    age = rng.uniform(30, longest, n)
    times, last, after, now, alive = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    at_end = np.ones(n, dtype=bool)
    going = alive.copy()
    while going.any():
        now = now + rng.exponential(1 / np.maximum(rate, 1e-12))
        inside, later = going & (now <= age), going & (now > age) & (now <= age + days)
        times, last, after = times + inside, np.where(inside, now, last), after + later
        stops = rng.random(n) < gone
        at_end &= ~(inside & stops)
        going = (inside | later) & ~stops
    own = rng.gamma(SPENT["q"], 1 / SPENT["v"], n)  # the rate of each customer's gamma distribution of spending
    many = np.maximum(times, 1)
    return Drawn(times, last, age, after, at_end, rng.gamma(SPENT["p"] * many, 1 / own) / many)
