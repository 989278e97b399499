"""Which of several means lie below nothing by more than chance explains, all of them looked at together.

Student's t of each mean, corrected for their number by Holm (1979): of five dimensions that are all as good as expected
one would look short by chance in up to one survey of eight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.methods.comparisons import holm
from pipelines.methods.interval import ALPHA


class Mean(NamedTuple):
    """Of `n` respondents; `high` ends its 95 % interval by Student's t, None where there is none."""

    value: float
    high: float | None
    n: int


def clearly_below(means: Sequence[Mean]) -> list[bool]:
    """One for each; a mean without an interval is never clearly below, and counts for nothing in the correction."""
    p = {at: _p(mean.value, mean.high, mean.n) for at, mean in enumerate(means) if mean.high is not None}
    sure = {at for at, adjusted in zip(p, holm(list(p.values())), strict=True) if adjusted < ALPHA}
    return [at in sure and mean.value < 0 for at, mean in enumerate(means)]


def _p(value: float, high: float, n: int) -> float:
    """Two-sided."""
    from scipy.stats import t

    deviation = (high - value) / float(t.ppf(1 - ALPHA / 2, n - 1))
    return 2 * float(t.sf(abs(value) / deviation, n - 1))
