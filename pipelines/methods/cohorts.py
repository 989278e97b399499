"""Cohorts: customers by when they came, against how much later something is still so.

The usual triangle of cohort analysis. A period later is counted for each customer from the own first day, so that
all of a cohort were watched for as long, and no cell rests on a period that is not over. A cell counts only where
every customer of its cohort could be watched to the end of it; the others are empty, which is not zero. Intervals of
shares: Wilson (1927). The last line weighs each cohort by its customers, and in each column it has those cohorts only
that were watched as long: columns of it are not about the same customers. Limits: cohorts of different seasons differ
for that reason alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.methods.interval import wilson
from pipelines.methods.refused import Refused

LEAST = 5
"""Customers of a cohort, below which a cell has no share."""
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cell:
    """So many of so many, and the share in per cent with its interval; without them where there are too few."""

    count: int
    n: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Cohort:
    name: str
    n: int
    cells: tuple[Cell | None, ...]
    """After 1, 2, 3, … periods; None where not all could be watched for so long."""


@dataclass(frozen=True)
class Triangle:
    n: int
    cohorts: tuple[Cohort, ...]
    total: tuple[Cell | None, ...]


def stayed(completed: Counts) -> Counts:
    """From how many of each cohort completed exactly 0, 1, 2, … periods: how many completed at least 1, 2, …"""
    at_least: Counts = np.cumsum(completed[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return at_least


def triangle(names: Sequence[str], sizes: Counts, kept: Counts, watched: Counts) -> Triangle:
    """`kept` is cohorts × periods; `watched` says for how many periods all of a cohort could be watched."""
    if not len(names) or not sizes.sum():
        raise Refused(say("no customer came within the period, so there is no cohort"))
    periods = int(np.minimum(watched, kept.shape[1]).max(initial=0))
    if periods < 1:
        raise Refused(say("no cohort could be watched for one whole period yet"))
    seen = np.arange(periods) < watched[:, None]
    watched_of = np.where(seen, kept[:, :periods], 0)
    cohorts = tuple(
        Cohort(name, int(sizes[at]), _cells(watched_of[at], np.where(seen[at], sizes[at], 0)))
        for at, name in enumerate(names)
    )
    together = (seen * sizes[:, None]).sum(axis=0)
    return Triangle(int(sizes.sum()), cohorts, _cells(watched_of.sum(axis=0), together))


def _cells(counts: Counts, sizes: Counts) -> tuple[Cell | None, ...]:
    """Without anybody who was watched there is no cell."""
    safe = np.maximum(sizes, 1)
    share = 100 * counts / safe
    low, high = wilson(share, safe)
    told = sizes >= LEAST
    return tuple(
        Cell(int(count), int(n), *((float(share[at]), float(low[at]), float(high[at])) if told[at] else (None,) * 3))
        if n
        else None
        for at, (count, n) in enumerate(zip(counts, sizes, strict=True))
    )
