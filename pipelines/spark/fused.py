"""Queries put together where one pass over the facts can answer them: each costs Spark half a second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

COMMON = ("grain", "period", "dimension", "member")
"""Columns that say which cell a row is; the others are a figure's own."""


def fused(queries: Mapping[str, exp.Select]) -> list[tuple[exp.Select, tuple[str, ...]]]:
    """Each query with the names of those that it answers; their columns are found under `column_of`."""
    alike: dict[str, list[str]] = {}
    for name, query in queries.items():
        alike.setdefault(_pass(name, query), []).append(name)
    return [(_together(queries, names), tuple(names)) for names in alike.values()]


def column_of(place: int, column: str) -> str:
    """What a column of the query at this place among those put together is called."""
    return f"figure_{place}_{column}"


def _pass(name: str, query: exp.Select) -> str:
    """What must be equal. Those that count distinct values are apart: Spark reads the rows once more for each."""
    if any(isinstance(one.this, exp.Distinct) for one in query.find_all(exp.Count)):
        return name
    parts = [query.args.get(part) for part in ("from_", "where", "group")]
    return "; ".join(part.sql("duckdb") for part in parts if part) + str(_cells(query))


def _together(queries: Mapping[str, exp.Select], names: Iterable[str]) -> exp.Select:
    every = [queries[name] for name in names]
    whole = every[0].copy()
    own = [
        exp.alias_(one.unalias().copy(), column_of(place, one.alias))
        for place, query in enumerate(every)
        for one in query.selects
        if one.alias_or_name not in COMMON
    ]
    whole.set("expressions", [*own, *_cells(whole)])
    return whole


def _cells(query: exp.Select) -> list[exp.Expr]:
    return [one for one in query.selects if one.alias_or_name in COMMON]
