"""Respondents drawn again and again: the means and covariances of every draw, without the draws themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng

from pipelines.methods.interval import Array

AT_ONCE = 4_000_000
"""Draws that are counted together."""
ROWS = 20_000
"""Respondents whose products of answers are held together."""


@dataclass(frozen=True)
class Moments:
    """Of one sample or more: the first axis, where there is one, is the sample. Covariances divide by n."""

    means: Array
    covariances: Array

    @property
    def deviations(self) -> Array:
        return np.asarray(np.sqrt(np.einsum("...ii->...i", self.covariances)))

    @property
    def correlations(self) -> Array:
        """nan where a question has one answer only."""
        spread = self.deviations
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.covariances / (spread[..., :, None] * spread[..., None, :]))


def moments(answers: Array) -> Moments:
    """Of respondents × questions."""
    centred = answers - answers.mean(axis=0)
    return Moments(answers.mean(axis=0), centred.T @ centred / len(answers))


def resampled(answers: Array, resamples: int, seed: int) -> Moments:
    """Each resample draws as many respondents as there are, each time from all of them."""
    n, rng = len(answers), default_rng(seed)
    centre = answers.mean(axis=0)
    each = max(1, AT_ONCE // n)
    parts = [_parts(answers - centre, rng.integers(n, size=(min(each, resamples - at), n)))
             for at in range(0, resamples, each)]  # fmt: skip
    sums = np.concatenate(parts) / n
    k = answers.shape[1]
    upper, shifts = np.triu_indices(k), sums[:, :k]
    covariances = np.zeros((resamples, k, k))
    covariances[:, upper[0], upper[1]] = covariances[:, upper[1], upper[0]] = sums[:, k:]
    covariances -= shifts[:, :, None] * shifts[:, None, :]
    flat = np.einsum("bii->bi", covariances) <= 1e-9 * np.var(answers, axis=0)
    covariances[np.broadcast_to(flat[:, :, None] | flat[:, None, :], covariances.shape)] = 0
    return Moments(centre + shifts, covariances)


def _parts(centred: Array, drawn: np.ndarray) -> Array:
    """Resamples × (sums of the answers, sums of their products)."""
    n, k = centred.shape
    counts = np.stack([np.bincount(each, minlength=n) for each in drawn]).astype(float)
    a, b = np.triu_indices(k)
    total = np.zeros((len(drawn), k + len(a)))
    for at in range(0, n, ROWS):
        rows = centred[at : at + ROWS]
        total += counts[:, at : at + ROWS] @ np.hstack([rows, rows[:, a] * rows[:, b]])
    return total
