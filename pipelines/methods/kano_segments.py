"""Whether a feature is the same to each segment of customers: its class in each, and a test of the answers.

Pearson's chi-square over segments and classes, corrected by Holm (1979) for how many features are tested, 5 %. Cells
that expect few answers make it rough (Cochran's rule of thumb: below five), so it is a hint beside the classes, which
are each told with their own runner-up. Limits: segments of fewer than the least answers have no class and are not in
the test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipelines.methods.comparisons import holm
from pipelines.methods.kano import LEAST, Feature, classed
from pipelines.methods.kano_table import KanoClass
from pipelines.methods.refused import Refused

ALPHA = 0.05


@dataclass(frozen=True)
class InSegments:
    feature: str
    segments: tuple[tuple[str, Feature], ...]
    """Segment -> the feature in it, where enough gave both answers; by name."""
    thin: tuple[str, ...]
    """Segments with too few answers for a class of their own."""
    p: float | None
    """After Holm's correction; None where fewer than two segments have a class."""

    @property
    def classes_differ(self) -> bool:
        return len({each.kano_class for _, each in self.segments}) > 1

    @property
    def differ(self) -> bool:
        """By more than chance."""
        return self.p is not None and self.p < ALPHA


def in_segments(counts: Mapping[str, Mapping[str, Mapping[KanoClass, int]]], least: int = LEAST) -> list[InSegments]:
    """From feature -> segment -> class -> answers."""
    return _corrected([_one(feature, segments, least) for feature, segments in sorted(counts.items())])


def _one(feature: str, counts: Mapping[str, Mapping[KanoClass, int]], least: int) -> InSegments:
    found, thin = [], []
    for segment, each in sorted(counts.items()):
        try:
            found.append((segment, classed(feature, each, least)))
        except Refused:
            thin.append(segment)
    return InSegments(feature, tuple(found), tuple(thin), chi_square([each.counts for _, each in found]))


def chi_square(rows: Sequence[Mapping[KanoClass, int]]) -> float | None:
    """The probability of such a difference among like segments; None where there is nothing to compare."""
    from scipy.special import chdtrc

    table = np.array([list(row.values()) for row in rows], dtype=float).reshape(len(rows), -1)
    table = table[:, table.sum(axis=0) > 0]
    if len(table) < 2 or table.shape[1] < 2:
        return None if len(table) < 2 else 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    return float(chdtrc((len(table) - 1) * (table.shape[1] - 1), statistic))


def _corrected(found: list[InSegments]) -> list[InSegments]:
    tested = {each.feature: each.p for each in found if each.p is not None}
    corrected = dict(zip(tested, holm(list(tested.values())), strict=True))
    return [replace(each, p=corrected.get(each.feature)) for each in found]
