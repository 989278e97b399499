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


def named_by(table: str) -> set[str]:
    """The sources on which a fact or model rests in any way, those included that only group its rows."""
    if table in definitions.sources():
        return {table}
    tree = sqlglot.parse_one(definitions.models()[table], read="duckdb")
    return {one.name for one in tree.find_all(exp.Table)} & definitions.sources().keys()


@cache
def rooted_in(table: str) -> frozenset[str]:
    """The sources of which at least one needs rows, or the fact or model has none either; others are joined to them."""
    if table in definitions.sources():
        return frozenset({table})
    return _roots(sqlglot.parse_one(definitions.models()[table], read="duckdb"))


def _roots(tree: exp.Expr) -> frozenset[str]:
    if isinstance(tree, exp.Table):
        return rooted_in(tree.name)
    return frozenset().union(*(_roots(select.args["from_"].this) for select in _branches(tree)))


def traced(table: str, columns: set[str]) -> Read:
    """Follow columns of a fact or model down to the sources. The model's own rows always count as read."""
    if table in definitions.sources():
        return {table: frozenset(columns - set(LINEAGE))}
    found: dict[str, set[str]] = {}
    for select in _branches(sqlglot.parse_one(definitions.models()[table], read="duckdb")):
        _trace(select, columns, found)
    return {source: frozenset(named - set(LINEAGE)) for source, named in found.items()}


def _branches(tree: exp.Expr) -> list[exp.Select]:
    """The selects of a union, or the one that there is."""
    if isinstance(tree, exp.Select):
        return [tree]
    if isinstance(tree, exp.Subquery):
        return _branches(tree.this)
    assert isinstance(tree, exp.SetOperation)
    return [*_branches(tree.this), *_branches(tree.expression)]


def _trace(select: exp.Select, columns: set[str], found: dict[str, set[str]]) -> None:
    root = select.args["from_"].this
    relations = {one.alias_or_name: one for one in [root, *(join.this for join in select.args.get("joins") or [])]}
    _follow(root, set(), found)
    wanted = [projection for projection in select.selects if projection.alias_or_name in columns]
    for part in [*wanted, *([where] if (where := select.args.get("where")) else [])]:
        for column in part.find_all(exp.Column):
            _follow(relations[column.table or root.alias_or_name], {column.name}, found)


def _follow(relation: exp.Expr, columns: set[str], found: dict[str, set[str]]) -> None:
    if isinstance(relation, exp.Table):
        found.setdefault(relation.name, set()).update(columns)
        return
    for select in _branches(relation):
        _trace(select, columns, found)
