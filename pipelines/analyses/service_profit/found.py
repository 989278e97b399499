"""What a run found of the service-profit chain: figures of the units by quarter, and how they go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.analyses.part import Part
from pipelines.methods.lagged import Lagged


@dataclass(frozen=True)
class Figure:
    value: float
    n: int


@dataclass(frozen=True)
class Link:
    """Two KPIs, the one that is said to lead first."""

    leading: str
    following: str
    found: Part[Lagged]


class Pair(NamedTuple):
    unit: str
    period: str
    later: str
    leading: Figure
    following: Figure


@dataclass(frozen=True)
class Chain:
    dimension: str
    """Of the customers' answers, by the names of whose groups the units were found."""
    units: tuple[str, ...]
    without_customers: tuple[str, ...]
    """Units of the employee survey that no group of the dimension is called like."""
    without_employees: tuple[str, ...]
    """Groups of the dimension that no unit is called like."""
    periods: tuple[str, ...]
    figures: Mapping[str, tuple[tuple[Figure | None, ...], ...]]
    """KPI -> unit by unit its figure in each quarter; None where it was not evaluated."""
    links: tuple[Link, ...]

    def pairs(self, link: Link, lag: int) -> list[Pair]:
        first, then = self.figures[link.leading], self.figures[link.following]
        return [
            Pair(name, self.periods[at], self.periods[at + lag], one, other)
            for unit, name in enumerate(self.units)
            for at in range(len(self.periods) - lag)
            if (one := first[unit][at]) and (other := then[unit][at + lag])
        ]


@dataclass(frozen=True)
class ServiceProfit:
    chain: Part[Chain]
