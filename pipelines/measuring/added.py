"""Aggregates that add up: what is kept of each slice, and how the figure of a period follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from pipelines.measuring.aggregates import Aggregate, filtered, floating
from pipelines.sql import name


@dataclass(frozen=True)
class Combined:
    parts: dict[str, str]
    """Part -> how two of them become one."""
    figure: str
    """From the parts of all slices of a period."""


def parts_of(aggregate: Aggregate, types: Mapping[str, str]) -> dict[str, str]:
    """Part -> how it comes from rows."""
    return {sql: sql for sql in map(_sql, _parts(aggregate, types))}


def combined(aggregate: Aggregate, types: Mapping[str, str]) -> Combined:
    parts, function = [_sql(part) for part in _parts(aggregate, types)], aggregate.function
    inexact = not isinstance(function, exp.Count) and floating(function, types)
    how = type(function).__name__.lower() if isinstance(function, exp.Min | exp.Max) else "sum"
    again = {part: _again(part, how, inexact and how == "sum") for part in parts}
    where = exp.and_(*(bound.condition for bound in aggregate.bounds)).sql("duckdb") if aggregate.bounds else ""
    found = [f"{again[part]} filter (where {where})" if where else again[part] for part in parts]
    if isinstance(function, exp.Count):
        return Combined(again, f"coalesce(cast({found[0]} as bigint), 0)")
    if isinstance(function, exp.Avg):
        return Combined(again, f"cast({found[0]} as double) / nullif(cast({found[1]} as double), 0)")
    return Combined(again, found[0])


def _again(part: str, how: str, inexact: bool) -> str:
    """Floating numbers are added in the order of their size, so that threads cannot change the last digit."""
    return f"sum({name(part)} order by {name(part)})" if inexact else f"{how}({name(part)})"


def _parts(aggregate: Aggregate, types: Mapping[str, str]) -> list[exp.Expr]:
    function = aggregate.function
    if isinstance(function, exp.Avg):
        summed: exp.Expr = exp.Sum(this=function.this.copy())
        functions = [_in_order(summed, types), exp.Count(this=function.this.copy())]
    else:
        functions = [_in_order(function, types) if isinstance(function, exp.Sum) else function.copy()]
    return [filtered(one, aggregate.filter) for one in functions]


def _in_order(summed: exp.Expr, types: Mapping[str, str]) -> exp.Expr:
    if not floating(summed, types):
        return summed.copy()
    value = summed.this
    return exp.Sum(this=exp.Order(this=value.copy(), expressions=[exp.Ordered(this=value.copy())]))


def _sql(tree: exp.Expr) -> str:
    return tree.sql("duckdb")
