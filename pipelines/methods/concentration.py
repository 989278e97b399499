"""How much hangs on few: which share of the customers brings how much of the whole.

Pareto (1896) and Lorenz (1905); that a fifth brings four fifths is a rule of thumb, so the measured share is told.
Gini (1912), 0 where all bring the same, near 1 where one brings everything. The intervals take the customers as a
draw from all who could have bought: Gini by Davidson (2009), shares of the top by their influence functions (Beach
and Davidson, 1983), the share of customers that brings four fifths by the slope of the curve there. Assumptions: no
amount is negative, customers do not depend on each other. Limits: the intervals are for large numbers; where one
customer brings more than a fifth, or few are counted, they are too narrow. Whoever is given counts, with nothing too.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, isfinite, log

import numpy as np

from audit.wording import say
from pipelines.methods.interval import Array, Z
from pipelines.methods.refused import Refused

LEAST = 30
MOST_OF_ALL, TOP = 0.8, 0.2
"""Four fifths, and a fifth: the shares that the rule of thumb names."""
ROUNDING = 1e-12


@dataclass(frozen=True)
class Share:
    """With its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Concentration:
    """Shares in per cent."""

    n: int
    total: float
    needed: Share
    """Share of the customers, from the top, that brings at least four fifths."""
    needed_count: int
    top: Share
    """What the top fifth of them, rounded up to whole customers, brings."""
    top_count: int
    largest: float
    gini: Share
    curve: tuple[float, ...]
    """What the top 0, 1, 2, … 100 % of the customers bring, rounded up to whole customers."""


def concentration(amounts: Array) -> Concentration:
    """From what each customer brought."""
    if not np.isfinite(amounts).all() or (amounts < 0).any():
        raise Refused(say("an amount is negative or no number, so shares of the whole have no meaning"))
    sizes, some = np.sort(amounts)[::-1], int((amounts > 0).sum())
    if some < LEAST:
        raise Refused(say("only {n} customers brought anything; at least {least} are needed", n=some, least=LEAST))
    n, running = len(sizes), np.cumsum(sizes) / sizes.sum()
    needed = int(np.searchsorted(running, MOST_OF_ALL - ROUNDING)) + 1
    top = ceil(TOP * n - ROUNDING)
    return Concentration(
        n=n,
        total=float(sizes.sum()),
        needed=_per_cent(_bounded(needed / n, _spread(sizes, needed) * float(sizes.mean() / sizes[needed - 1]))),
        needed_count=needed,
        top=_per_cent(_bounded(float(running[top - 1]), _spread(sizes, top))),
        top_count=top,
        largest=100 * float(running[0]),
        gini=gini(sizes),
        curve=_curve(running),
    )


def gini(sizes: Array) -> Share:
    """Between 0 and 1."""
    ordered, n = np.sort(sizes), len(sizes)
    ranks = (2 * np.arange(1, n + 1) - 1) / n
    value = float((ranks * ordered).sum() / ordered.sum() - 1)
    influence = ordered * (ranks - value - 1) - 2 * np.cumsum(ordered) / n
    return _bounded(value, float(influence.std() / ordered.mean() / np.sqrt(n)))


def _spread(sizes: Array, count: int) -> float:
    """Standard error of what the top `count` bring."""
    edge, mean = sizes[count - 1], sizes.mean()
    share = sizes[:count].sum() / sizes.sum()
    influence = np.maximum(sizes - edge, 0) - share * sizes
    return float(influence.std() / mean / np.sqrt(len(sizes)))


def _bounded(share: float, error: float) -> Share:
    """On the scale of log odds, which keeps the interval between 0 and 1; a share of 0 or 1 has none."""
    if not 0 < share < 1 or not isfinite(error):
        return Share(share, share, share)
    odds, half = log(share / (1 - share)), Z * error / (share * (1 - share))
    low, high = (1 / (1 + exp(sign * half - odds)) for sign in (1, -1))
    return Share(share, low, high)


def _per_cent(share: Share) -> Share:
    return Share(100 * share.value, 100 * share.low, 100 * share.high)


def _curve(running: Array) -> tuple[float, ...]:
    """At whole customers, so that its fifth is the one that is told."""
    n, brought = len(running), np.concatenate([[0.0], running])
    return tuple(float(100 * brought[ceil(at * n / 100 - ROUNDING)]) for at in range(101))
