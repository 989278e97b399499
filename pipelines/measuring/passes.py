"""Which KPIs of a fact are found together, in one pass over its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from pipelines.measuring.aggregates import Aggregate, Taken
from pipelines.measuring.groups import columns_of, groupings
from pipelines.measuring.slices import Slices
from pipelines.sql import name


@dataclass(frozen=True)
class Pass:
    """KPIs of one fact that are found together."""

    kpis: tuple[Taken, ...]
    slices: Slices
    types: Mapping[str, str]
    """Of the columns of the fact."""

    @property
    def source(self) -> str:
        return self.kpis[0].kpi.source

    @cached_property
    def groupings(self) -> list[str]:
        return list(dict.fromkeys(["", *(one for taken in self.kpis for one in groupings(taken.kpi))]))

    @cached_property
    def aggregates(self) -> list[Aggregate]:
        """Those that are found row by row or slice by slice; equal values that count once are found apart."""
        every = [one for taken in self.kpis for one in (taken.passes, *taken.aggregates) if one.distinct is None]
        return list({one.name: one for one in every}.values())

    @cached_property
    def keys(self) -> dict[str, exp.Expr]:
        bounds = [taken.member for taken in self.kpis] + [b for one in self.aggregates for b in one.bounds]
        return dict(sorted((key, day) for bound in bounds for key, day in bound.keys.items()))

    @cached_property
    def numbered(self) -> dict[str, str]:
        """By key, SQL of the slice in which its day lies."""
        return {key: f"{self.slices.number(day)} as {name(key)}" for key, day in self.keys.items()}

    @cached_property
    def members(self) -> dict[str, str]:
        return columns_of(self.groupings)


def passes(kpis: Iterable[Taken], slices: Slices, types: Mapping[str, str]) -> list[Pass]:
    """KPIs go together where their rows lie in the same slices; those that need every single row go apart."""
    together: dict[tuple[object, ...], list[Taken]] = {}
    for taken in kpis:
        alone = Pass((taken,), slices, types)
        together.setdefault((rowwise(taken), *alone.keys), []).append(taken)
    return [Pass(tuple(all_), slices, types) for all_ in together.values()]


def rowwise(taken: Taken) -> bool:
    return any(not one.added and one.distinct is None for one in taken.aggregates)
