"""Importance against performance: which drivers to work on first (Martilla and James, 1977).

Each driver is a point: how much it matters, and how well it is done, both with a 95 % interval. Two lines cut the map
into four: at the means of the drivers, each counted once, or at the middle of the scale; which is stated. A driver
whose interval crosses a line is not clear, for more answers could place it on the other side. Importance is stated
where customers were asked how much a driver matters, derived where it follows from the answers (key drivers); the two
often differ, which is itself worth knowing (Oliver, 1997). Limits: lines at means always leave some driver on the
poor side, however good all are; the lines are taken as known exactly; customers tend to call everything important.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.wording import say
from pipelines.methods.refused import Refused

Quadrant = Literal["concentrate here", "keep up", "low priority", "possible overkill", "not clear"]
Lines = Literal["means", "middle"]
BY_SIDE: dict[tuple[bool, bool], Quadrant] = {
    (True, False): "concentrate here",
    (True, True): "keep up",
    (False, False): "low priority",
    (False, True): "possible overkill",
}
"""Whether it matters much, whether it is done well."""


@dataclass(frozen=True)
class Estimate:
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Judged:
    """One driver before it is placed."""

    driver: str
    importance: Estimate
    performance: Estimate


@dataclass(frozen=True)
class Placed:
    driver: str
    importance: Estimate
    performance: Estimate
    quadrant: Quadrant
    nearest: Quadrant
    """Where its point lies, whatever the intervals say."""


@dataclass(frozen=True)
class ImportancePerformance:
    lines: Lines
    importance_line: float
    performance_line: float
    drivers: tuple[Placed, ...]
    """In the order in which they were given."""


def importance_performance(
    judged: Sequence[Judged], lines: Lines = "means", middle: tuple[float, float] = (50.0, 50.0)
) -> ImportancePerformance:
    """`middle` are the middles of the scales of importance and performance, for lines that are drawn there."""
    if len(judged) < 2:
        told = say("{n} drivers have both importance and performance; at least two are needed", n=len(judged))
        raise Refused(told)
    named = [one.driver for one in judged]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise Refused(say("the driver {driver} stands there twice; give each a name of its own", driver=twice[0]))
    cut = _means(judged) if lines == "means" else middle
    return ImportancePerformance(lines, *cut, tuple(_placed(judged, *cut)))


def _means(judged: Sequence[Judged]) -> tuple[float, float]:
    importance, performance = ([getattr(one, axis).value for one in judged] for axis in ("importance", "performance"))
    return sum(importance) / len(importance), sum(performance) / len(performance)


def _placed(judged: Sequence[Judged], importance: float, performance: float) -> Iterator[Placed]:
    for one in judged:
        nearest = BY_SIDE[one.importance.value >= importance, one.performance.value >= performance]
        clear = _clear(one.importance, importance) and _clear(one.performance, performance)
        yield Placed(one.driver, one.importance, one.performance, nearest if clear else "not clear", nearest)


def _clear(found: Estimate, line: float) -> bool:
    return found.high < line or found.low > line
