"""Medians over the rounds, and ratios round by round, because the machine is never the same twice."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from tests.bench.cases import COMPARED, PEAK_TARGET, Compared
from tests.bench.rounds import Measurements


@dataclass(frozen=True)
class Ratio:
    compared: Compared
    median: float
    lowest: float
    highest: float

    @property
    def reached(self) -> bool:
        target = self.compared.target
        assert target is not None
        return self.median >= target if self.compared.at_least else self.median <= target


def medians(found: Measurements, case: str) -> dict[str, float]:
    runs = found.runs[case]
    names = ("wall", "cpu", "whole_wall", "whole_cpu", "peak")
    return {name: median(getattr(run, name) for run in runs) for name in names}


def ratios(found: Measurements) -> list[Ratio]:
    """Of the cases that were measured in the same rounds, all of them."""
    return [_ratio(found, each) for each in COMPARED if {each.over, each.under} <= found.runs.keys()]


def _ratio(found: Measurements, compared: Compared) -> Ratio:
    pairs = zip(found.runs[compared.over], found.runs[compared.under], strict=True)
    each = [getattr(over, compared.figure) / getattr(under, compared.figure) for over, under in pairs]
    return Ratio(compared, median(each), min(each), max(each))


def peak_ratio(found: Measurements) -> Ratio | None:
    """Of the load, against what it may hold."""
    if "load" not in found.runs:
        return None
    each = [run.peak / PEAK_TARGET for run in found.runs["load"]]
    asked = Compared("peak memory of the load, GB", "load", "load", "peak", target=1.0)
    return Ratio(asked, median(each), min(each), max(each))
