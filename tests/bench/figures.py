"""Medians over the rounds, and ratios round by round, because the machine is never the same twice."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from tests.bench.cases import COMPARED, PEAK_TARGETS, Compared
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


def peaks(found: Measurements) -> list[Ratio]:
    """In gigabytes, against what may be held at once."""
    asked = [
        Compared(f"peak memory of {title}, GB", case, case, "peak", target=most / 1e9)
        for case, (title, most) in PEAK_TARGETS.items()
        if case in found.runs
    ]
    return [_in_gigabytes(found, each) for each in asked]


def _in_gigabytes(found: Measurements, compared: Compared) -> Ratio:
    each = [run.peak / 1e9 for run in found.runs[compared.over]]
    return Ratio(compared, median(each), min(each), max(each))
