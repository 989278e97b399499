"""Shares with their interval, of one count or of many groups."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipelines.analyses.commitments.found import By, Group, Share
from pipelines.methods.interval import wilson


def share(good: int, of: int) -> Share:
    return shares([(good, of)])[0]


def shares(counts: Iterable[tuple[int, int]]) -> list[Share]:
    pairs = list(counts)
    some = [(good, of) for good, of in pairs if of]
    if not some:
        return [Share(good, of, None, None, None) for good, of in pairs]
    good, of = np.array(some, dtype=float).T
    low, high = wilson(100 * good / of, of)
    found = iter(zip(100 * good / of, low, high, strict=True))
    return [Share(g, n, *map(float, next(found))) if n else Share(g, n, None, None, None) for g, n in pairs]


def groups(by: By, rows: Iterable[tuple[str, int, int]]) -> tuple[Group, ...]:
    """Of name, good and all; those with the smallest share first."""
    each = list(rows)
    found = shares((good, of) for _, good, of in each)
    made = [Group(by, name, held) for (name, _, _), held in zip(each, found, strict=True)]
    return tuple(sorted(made, key=lambda one: (one.held.share or 0.0, one.name)))
