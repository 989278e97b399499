"""A million customers who buy, stop and spend as the models say, by numpy alone; days are whole ones, as in orders."""

from __future__ import annotations

import numpy as np

Columns = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
DAYS = 365.0


def buyers(count: int) -> Columns:
    """Repeat purchases, days from the first to the last, days since the first, and the mean value of a purchase."""
    rng = np.random.default_rng(2005)
    rate, stops = rng.gamma(0.7, 1 / 60, count), rng.beta(0.9, 3.0, count)
    age = rng.integers(30, 730, count).astype(float)
    times, last, now, going = np.zeros(count), np.zeros(count), np.zeros(count), np.ones(count, dtype=bool)
    while going.any():
        now = now + rng.exponential(1 / np.maximum(rate, 1e-12))
        going = going & (now <= age)
        times, last = times + going, np.where(going, now, last)
        going &= rng.random(count) >= stops
    many = np.maximum(times, 1)
    spent = rng.gamma(3.0 * many, 1 / rng.gamma(5.0, 1 / 90, count)) / many
    return times, np.minimum(np.ceil(last), age), age, spent
