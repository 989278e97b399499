"""A KPI's query for every period and group at once: the period and the grouping sets are added to its own tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlglot
from sqlglot import exp

from audit.measurement import Kpi, Rows
from pipelines.measuring.groups import dimensions, member
from pipelines.measuring.periods import Period
from pipelines.sql import literal, name

KEY = "by "
MEMBERSHIP: dict[Rows, str] = {
    "dated in the period": "cast(f.{dated} as date) between p.period_start and p.period_end",
    "standing at its start": "cast(f.{dated} as date) < p.period_start "
    "and (f.{until} is null or cast(f.{until} as date) >= p.period_start)",
    "dated up to its end": "cast(f.{dated} as date) <= p.period_end",
}


def grouped(kpi: Kpi, groupings: Sequence[str], periods: Sequence[Period]) -> exp.Select:
    """
    Every period and group in one query: columns grain, period, dimension (or pair of them; "" for the whole), member,
    value, n, … The figures of a run are these, though they are found by `one_pass` where they follow from slices.
    """
    named = list(dict.fromkeys(one for grouping in groupings for one in dimensions(grouping)))
    tree = _own(kpi).from_(_fact(kpi, periods, named), dialect="duckdb")
    tree = tree.select("grain", "period", *_which(groupings), append=True, dialect="duckdb")
    sets = [", ".join(["grain", "period", *map(_key, dimensions(grouping))]) for grouping in ("", *groupings)]
    return _with_sets(tree, ", ".join(f"({columns})" for columns in sets))


def for_one(kpi: Kpi, period: Period, grouping: str = "", group: str = "") -> exp.Select:
    """The query of one figure, as a person can paste it into a DuckDB shell that has the sources as views."""
    tree = _over_periods(kpi, [period])
    return tree.where(_is(grouping, group), dialect="duckdb") if grouping else tree


def rows_of(kpi: Kpi, period: Period, grouping: str = "", group: str = "") -> exp.Select:
    """The rows behind one figure, before anything is counted."""
    own = _own(kpi)
    columns = "* exclude (grain, period, period_start, period_end)"
    tree = sqlglot.select(columns, dialect="duckdb").from_(_fact(kpi, [period]), dialect="duckdb")
    if where := own.args.get("where"):
        tree = tree.where(where.this, dialect="duckdb")
    return tree.where(_is(grouping, group), dialect="duckdb") if grouping else tree


def _own(kpi: Kpi) -> exp.Select:
    tree = sqlglot.parse_one(kpi.query, read="duckdb")
    assert isinstance(tree, exp.Select)
    return tree


def _over_periods(kpi: Kpi, periods: Sequence[Period]) -> exp.Select:
    return _own(kpi).from_(_fact(kpi, periods), dialect="duckdb")


def _key(dimension: str) -> str:
    """The column by which rows are grouped: a row without a value is in one group with those of an empty text."""
    return name(KEY + dimension)


def _fact(kpi: Kpi, periods: Sequence[Period], keyed: Sequence[str] = ()) -> exp.Expression:
    member = MEMBERSHIP[kpi.rows].format(dated=kpi.dated_by, until=kpi.until)
    listed = ", ".join(f"('{p.grain}', '{p.label}', {_day(p.starts)}, {_day(p.ends)})" for p in periods)
    keys = "".join(f", coalesce(cast({name(one)} as varchar), '') as {_key(one)}" for one in keyed)
    joined = (
        f"select f.*, p.*{keys} from {kpi.source} as f "
        f"inner join (values {listed}) as p(grain, period, period_start, period_end) on {member}"
    )
    fact: exp.Expression = sqlglot.parse_one(f"from ({joined}) as {kpi.source}", read="duckdb").args["from_"].this
    return fact


def _with_sets(tree: exp.Select, sets: str) -> exp.Select:
    sample = sqlglot.parse_one(f"select 1 group by grouping sets ({sets})", read="duckdb")
    tree.set("group", sample.args["group"])
    return tree


def _which(groupings: Sequence[str]) -> list[str]:
    """By what a row is grouped, and the name of its group; a pair comes before the dimensions that it holds."""
    found = []
    for column, told in (("dimension", literal), ("member", lambda grouping: member(grouping, KEY))):
        cases = [
            f"when {' and '.join(f'grouping({_key(each)}) = 0' for each in dimensions(one))} then {told(one)}"
            for one in sorted(groupings, key=lambda grouping: -len(dimensions(grouping)))
        ]
        found.append(f"case {' '.join(cases)} else '' end as {column}" if cases else f"'' as {column}")
    return found


def _is(grouping: str, group: str) -> str:
    return f"{member(grouping)} = {literal(group)}"


def _day(day: dt.date) -> str:
    return f"date '{day.isoformat()}'"
