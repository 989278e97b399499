"""Which columns of which sources a KPI reads: found in its SQL and in its model's, never in a list kept by hand."""

from __future__ import annotations

from functools import cache

import sqlglot
from sqlglot import exp

from audit.measurement import Kpi
from pipelines import definitions
from pipelines.measuring.facts import LINEAGE

Read = dict[str, frozenset[str]]
"""Source name -> its columns."""

PERIOD = ("period_start", "period_end")
"""Columns that every period brings to a KPI's query."""


@cache
def read_by(kpi_name: str) -> Read:
    """The columns that decide a KPI's value; the columns that only group it are not among them."""
    kpi = definitions.kpis()[kpi_name]
    wanted = columns_of(kpi) | {kpi.dated_by} | ({kpi.until} if kpi.until else set())
    return traced(kpi.source, wanted)


def columns_of(kpi: Kpi) -> set[str]:
    tree = sqlglot.parse_one(kpi.query, read="duckdb")
    return {column.name for column in tree.find_all(exp.Column)} - set(PERIOD)


def traced(table: str, columns: set[str]) -> Read:
    """Follow columns of a fact or model down to the sources. The model's own rows always count as read."""
    if table in definitions.sources():
        return {table: frozenset(columns - set(LINEAGE))}
    found: dict[str, set[str]] = {}
    for select in _branches(definitions.models()[table]):
        names = _tables(select)
        root = select.args["from_"].this
        found.setdefault(root.name, set())
        for projection in select.selects:
            if projection.alias_or_name in columns:
                _add(found, projection, names)
    return {source: frozenset(named - set(LINEAGE)) for source, named in found.items()}


def _branches(query: str) -> list[exp.Select]:
    tree = sqlglot.parse_one(query, read="duckdb")
    return [tree] if isinstance(tree, exp.Select) else [s for s in tree.find_all(exp.Select) if s.parent_select is None]


def _tables(select: exp.Select) -> dict[str, str]:
    """Alias -> source, joined sub-queries by the source that they read."""
    names = {table.alias_or_name: table.name for table in select.find_all(exp.Table)}
    for subquery in select.find_all(exp.Subquery):
        inner = subquery.find(exp.Table)
        if inner is not None:
            names[subquery.alias] = inner.name
    return names


def _add(found: dict[str, set[str]], projection: exp.Expr, names: dict[str, str]) -> None:
    for column in projection.find_all(exp.Column):
        found.setdefault(names[column.table], set()).add(column.name)
