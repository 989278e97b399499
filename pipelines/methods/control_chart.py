"""XmR chart: what is ordinary from month to month, and what is a signal. Wheeler (1993), Understanding Variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

SPAN = 2.66
"""3 / 1.128: from the mean moving range of two to three standard deviations."""
RUN = 8


@dataclass(frozen=True)
class Chart:
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Signal:
    kind: Literal["point", "run"]
    first: int
    """Position of its first value, from 0."""
    last: int
    above: bool


def chart(baseline: Sequence[float]) -> Chart:
    """Limits from values of ordinary times, in order of time; at least two of them."""
    centre = sum(baseline) / len(baseline)
    moving = [abs(after - before) for before, after in pairwise(baseline)]
    span = SPAN * sum(moving) / len(moving)
    return Chart(centre, centre - span, centre + span)


def signals(limits: Chart, values: Sequence[float]) -> list[Signal]:
    """Values beyond the limits, and runs of eight or more on one side of the mean; a value on it ends a run."""
    beyond = [
        Signal("point", at, at, value > limits.high)
        for at, value in enumerate(values)
        if not limits.low <= value <= limits.high
    ]
    sides = groupby(range(len(values)), key=lambda at: (values[at] > limits.mean) - (values[at] < limits.mean))
    runs = [(side, list(run)) for side, run in sides]
    return beyond + [Signal("run", run[0], run[-1], side > 0) for side, run in runs if side and len(run) >= RUN]
