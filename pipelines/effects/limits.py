"""Limits of the months before an action, and what of the months after it is a signal: an XmR chart of two parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.methods.individuals_chart import Line, individual
from pipelines.methods.nelson import Signal, runs, signals

RUN = 8
"""Wheeler's number: after an action one looks for a change, and waits no ninth month for it."""


@dataclass(frozen=True)
class Chart:
    mean: float
    low: float
    high: float


def chart(baseline: Sequence[float]) -> Chart:
    """Limits from values of ordinary times, in order of time; at least two of them."""
    line = individual(baseline, [abs(after - before) for before, after in pairwise(baseline)])
    return Chart(line.centre, line.low, line.high)


def signals_after(limits: Chart, values: Sequence[float]) -> list[Signal]:
    """Values beyond the limits (Nelson's rule 1), and runs of eight or more on one side of the mean."""
    line = Line(limits.mean, limits.low, limits.high)
    distances = [line.distance(value) for value in values]
    return [*signals(values, distances, (1,)), *runs(distances, RUN)]
