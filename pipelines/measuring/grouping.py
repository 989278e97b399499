"""A KPI's query for every period and group at once: the period and the grouping sets are added to its own tree."""

from __future__ import annotations

import datetime as dt

import sqlglot
from sqlglot import exp

from audit.measurement import Kpi, Rows
from pipelines.measuring.periods import Period

MEMBERSHIP: dict[Rows, str] = {
    "dated in the period": "cast(f.{dated} as date) between p.period_start and p.period_end",
    "standing at its start": "cast(f.{dated} as date) < p.period_start "
    "and (f.{until} is null or cast(f.{until} as date) >= p.period_start)",
    "dated up to its end": "cast(f.{dated} as date) <= p.period_end",
}


def grouped(kpi: Kpi, dimensions: list[str], periods: list[Period]) -> exp.Select:
    """One pass over the fact: columns grain, period, dimension (which one, "" for the whole), group, value, n, …"""
    tree = _over_periods(kpi, periods)
    for name in ("grain", "period"):
        tree = tree.select(name, append=True, dialect="duckdb")
    tree = tree.select(_which(dimensions), _group(dimensions), append=True, dialect="duckdb")
    sets = ", ".join(["(grain, period)", *(f"(grain, period, {name})" for name in dimensions)])
    return _with_sets(tree, sets)


def for_one(kpi: Kpi, period: Period, dimension: str = "", group: str = "") -> exp.Select:
    """The query of one figure, as a person can paste it into a DuckDB shell that has the sources as views."""
    tree = _over_periods(kpi, [period])
    return tree.where(_is(dimension, group), dialect="duckdb") if dimension else tree


def rows_of(kpi: Kpi, period: Period, dimension: str = "", group: str = "") -> exp.Select:
    """The rows behind one figure, before anything is counted."""
    own = _own(kpi)
    columns = "* exclude (grain, period, period_start, period_end)"
    tree = sqlglot.select(columns, dialect="duckdb").from_(_fact(kpi, [period]), dialect="duckdb")
    if where := own.args.get("where"):
        tree = tree.where(where.this, dialect="duckdb")
    return tree.where(_is(dimension, group), dialect="duckdb") if dimension else tree


def _own(kpi: Kpi) -> exp.Select:
    tree = sqlglot.parse_one(kpi.query, read="duckdb")
    assert isinstance(tree, exp.Select)
    return tree


def _over_periods(kpi: Kpi, periods: list[Period]) -> exp.Select:
    return _own(kpi).from_(_fact(kpi, periods), dialect="duckdb")


def _fact(kpi: Kpi, periods: list[Period]) -> exp.Expression:
    member = MEMBERSHIP[kpi.rows].format(dated=kpi.dated_by, until=kpi.until)
    listed = ", ".join(f"('{p.grain}', '{p.label}', {_day(p.starts)}, {_day(p.ends)})" for p in periods)
    joined = (
        f"select f.*, p.* from {kpi.source} as f "
        f"inner join (values {listed}) as p(grain, period, period_start, period_end) on {member}"
    )
    fact: exp.Expression = sqlglot.parse_one(f"from ({joined}) as {kpi.source}", read="duckdb").args["from_"].this
    return fact


def _with_sets(tree: exp.Select, sets: str) -> exp.Select:
    sample = sqlglot.parse_one(f"select 1 group by grouping sets ({sets})", read="duckdb")
    tree.set("group", sample.args["group"])
    return tree


def _which(dimensions: list[str]) -> str:
    cases = " ".join(f"when grouping({name}) = 0 then '{name}'" for name in dimensions)
    return f"case {cases} else '' end as dimension" if cases else "'' as dimension"


def _group(dimensions: list[str]) -> str:
    texts = ", ".join(f"cast({name} as varchar)" for name in dimensions)
    return f"coalesce({texts}, '') as member" if texts else "'' as member"


def _is(dimension: str, group: str) -> str:
    quoted = group.replace("'", "''")
    return f"coalesce(cast({dimension} as varchar), '') = '{quoted}'"


def _day(day: dt.date) -> str:
    return f"date '{day.isoformat()}'"
