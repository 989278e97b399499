"""Weights that make those who answered look like the population, one margin after the other.

Iterative proportional fitting: Deming and Stephan (1940). Design effect and effective number of answers: Kish (1965).
Weights are cut at five times their mean, as in the American National Election Studies (DeBell and Krosnick, 2009).
Assumes that within a group those who answered are like those who did not. Limits: it cannot speak for a group in
which nobody answered, and refuses; it mends only what the margins show; the interval by the effective number is an
approximation. A weighted figure stands beside the one that was measured, and never in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.interval import ALPHA, Array, wilson_of
from pipelines.methods.refused import Refused

LEAST = 30
MOST = 5.0
"""Times the mean weight."""
ROUNDS = 1_000
CLOSE = 1e-12


@dataclass(frozen=True)
class Weights:
    """One weight for each cell; over all answers their mean is 1."""

    weights: tuple[float, ...]
    rounds: int
    trimmed: int
    """Answers whose weight was cut."""
    off: float
    """How far a margin still lies from the population's, in points: above 0 only where weights were cut."""
    n: int
    design_effect: float
    effective: float
    """Answers of a plain random sample that would tell as much."""


@dataclass(frozen=True)
class Weighted:
    value: float
    low: float
    high: float


def rake(
    cells: Sequence[tuple[str, ...]], counts: Sequence[int], margins: Sequence[Mapping[str, float]], most: float = MOST
) -> Weights:
    """Cell i holds counts[i] answers, from group cells[i][d] of margin d. A margin is group -> its customers."""
    n = np.array(counts, dtype=float)
    _refuse(cells, n, margins)
    wanted = [{name: size / sum(margin.values()) for name, size in margin.items()} for margin in margins]
    inside = [_membership(cells, at, margin) for at, margin in enumerate(margins)]
    shares = [np.array(list(margin.values())) for margin in wanted]
    weights, rounds = _fitted(n, inside, shares)
    cut = np.minimum(weights, most)
    trimmed = int(n[weights > most].sum())
    weights = cut * n.sum() / (cut * n).sum()
    off = max(
        float(np.abs(at @ (weights * n) / n.sum() - share).max()) for at, share in zip(inside, shares, strict=True)
    )
    effect = float(n.sum() * (n * weights**2).sum() / (n * weights).sum() ** 2)
    return Weights(
        tuple(map(float, weights)), rounds, trimmed, 100 * off, int(n.sum()), effect, float(n.sum()) / effect
    )


def weighted_share(good: Sequence[int], counts: Sequence[int], found: Weights) -> Weighted:
    """In per cent, with Wilson's interval at the effective number of answers."""
    weights = np.array(found.weights)
    value = 100 * float((weights * good).sum() / (weights * counts).sum())
    low, high = wilson_of(np.array([value / 100 * found.effective]), np.array([found.effective]))
    return Weighted(value, float(low[0]), float(high[0]))


def weighted_mean(sums: Sequence[float], squares: Sequence[float], counts: Sequence[int], found: Weights) -> Weighted:
    """From the sums of the scores and of their squares in each cell; Student's t at the effective number of answers."""
    from scipy.stats import t

    weights = np.array(found.weights)
    total, n = (weights * counts).sum(), found.effective
    value = float((weights * sums).sum() / total)
    variance = max(0.0, float((weights * squares).sum() / total) - value**2) * n / (n - 1)
    half = float(t.ppf(1 - ALPHA / 2, n - 1)) * (variance / n) ** 0.5
    return Weighted(value, value - half, value + half)


def _refuse(cells: Sequence[tuple[str, ...]], n: Array, margins: Sequence[Mapping[str, float]]) -> None:
    if n.sum() < LEAST:
        raise Refused(say("only {n} answers can be weighted; at least {least} are needed", n=int(n.sum()), least=LEAST))
    if not margins:
        raise Refused(say("there is no group to weight by"))
    for at, margin in enumerate(margins):
        answered = {cell[at] for cell, count in zip(cells, n, strict=True) if count > 0}
        empty = sorted(name for name, size in margin.items() if size > 0 and name not in answered)
        if empty:
            raise Refused(say("nobody of {groups} answered, and no weight can speak for them", groups=", ".join(empty)))
        strange = sorted(name for name in answered if not margin.get(name, 0) > 0)
        if strange:
            raise Refused(say("answers came from {groups}, who are not among the customers", groups=", ".join(strange)))


def _membership(cells: Sequence[tuple[str, ...]], at: int, margin: Mapping[str, float]) -> Array:
    return np.array([[float(cell[at] == name) for cell in cells] for name in margin])


def _fitted(n: Array, inside: Sequence[Array], shares: Sequence[Array]) -> tuple[Array, int]:
    weights, total = np.ones(len(n)), n.sum()
    for rounds in range(1, ROUNDS + 1):
        for at, share in zip(inside, shares, strict=True):
            now = at @ (weights * n) / total
            weights = weights * (at.T @ np.divide(share, now, out=np.zeros_like(share), where=now > 0))
        off = [np.abs(at @ (weights * n) / total - share).max() for at, share in zip(inside, shares, strict=True)]
        if max(off) < CLOSE:
            return weights, rounds
    raise Refused(say("the margins cannot be met together: too many combinations of the groups have no answer at all"))
