"""One pass over a fact for many KPIs: rows are added up by slice and group, and periods from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pandas as pd
from sqlglot import exp

from audit.measurement import Kpi
from pipelines.measuring.added import combined
from pipelines.measuring.aggregates import Aggregate, Taken
from pipelines.measuring.cubes import cubes, margins
from pipelines.measuring.distinct import count, countings
from pipelines.measuring.groups import dimensions, groupings, member
from pipelines.measuring.passes import Pass, rowwise
from pipelines.measuring.periods import Period
from pipelines.measuring.slices import AFTER, FIRST, Slices
from pipelines.sql import literal, name

SPANS = "_spans"
VALUES_AT_ONCE = 10_000_000
CELL = ("number", "dimension", "member")


def lay_out(connection: duckdb.DuckDBPyConnection, periods: Sequence[Period], slices: Slices) -> None:
    """The table of the periods, numbered as they come."""
    rows = [
        f"({number}, {literal(p.grain)}, {literal(p.label)}, date '{p.starts}', date '{p.ends}', {first}, {after})"
        for number, (p, (first, after)) in enumerate((p, slices.span(p)) for p in periods)
    ]
    columns = f"number, grain, period, period_start, period_end, {FIRST}, {AFTER}"
    connection.execute(f"create or replace temp table {SPANS} as from (values {', '.join(rows)}) as p({columns})")


def figures(connection: duckdb.DuckDBPyConnection, all_: Sequence[Pass]) -> Iterator[tuple[Kpi, pd.DataFrame]]:
    """Of the passes over one fact: each KPI and its cells, with grain, period, by, group and its query's columns."""
    sliced = [one for one in all_ if not rowwise(one.kpis[0])]
    if sliced:
        connection.execute(f"create or replace temp table _cubes as {cubes(sliced)}")
    for one in all_:
        apart = rowwise(one.kpis[0])
        found = _row_by_row(connection, one) if apart else _slice_by_slice(connection, one, sliced)
        yield from ((taken.kpi, found[taken.kpi.name]) for taken in one.kpis)
    for made in ("_cubes", "_margins", "_rows"):
        connection.execute(f"drop table if exists {made}")


def _slice_by_slice(connection: duckdb.DuckDBPyConnection, one: Pass, all_: Sequence[Pass]) -> dict[str, pd.DataFrame]:
    connection.execute(f"create or replace temp table _margins as {margins(one, all_)}")
    found: dict[str, pd.DataFrame] = {}
    for mine in _alike(one):
        counted = _counted(connection, mine, one.slices)
        cells = connection.execute(_values(_by_slice(one, mine), mine, counted)).df()
        found |= {taken.kpi.name: _of(cells, taken) for taken in mine}
    return found


def _row_by_row(connection: duckdb.DuckDBPyConnection, one: Pass) -> dict[str, pd.DataFrame]:
    """
    Each grouping by itself, and of many rows few periods at a time: what has to keep every value would not fit into
    memory for all at once.
    """
    connection.execute(f"create or replace temp table _rows as {_rows(one)}")
    (rows, periods) = connection.execute(f"select (select count(*) from _rows), count(*) from {SPANS}").fetchall()[0]
    found: dict[str, pd.DataFrame] = {}
    for mine in _alike(one):
        numbers = range(0, periods, max(1, VALUES_AT_ONCE // max(1, rows * len(mine))))
        every = dict.fromkeys(["", *(grouping for taken in mine for grouping in groupings(taken.kpi))])
        queries = [_values(_by_row(mine, by, at, at + numbers.step), mine, []) for by in every for at in numbers]
        cells = pd.concat([connection.execute(query).df() for query in queries], ignore_index=True)
        found |= {taken.kpi.name: _of(cells, taken) for taken in mine}
    return found


def _alike(one: Pass) -> list[list[Taken]]:
    """KPIs whose periods are made of the same rows."""
    found: dict[str, list[Taken]] = {}
    for taken in one.kpis:
        found.setdefault(taken.member.condition.sql("duckdb"), []).append(taken)
    return list(found.values())


def _counted(connection: duckdb.DuckDBPyConnection, kpis: Sequence[Taken], slices: Slices) -> list[str]:
    """Tables with the figures of what is counted once."""
    every = list(enumerate(countings(kpis, slices)))
    for at, each in every:
        count(connection, each, SPANS, f"_counted{at}")
    return [f"_counted{at}" for at, _ in every]


def _by_slice(one: Pass, kpis: Sequence[Taken]) -> str:
    aggregates = {a.name: a for taken in kpis for a in (taken.passes, *taken.aggregates) if a.distinct is None}
    sums = [f"{combined(a, one.types).figure} as {name(text)}" for text, a in aggregates.items()]
    return f"""
        select {", ".join(CELL)}, {", ".join(sums)}
        from _margins inner join {SPANS} on {kpis[0].member.condition.sql("duckdb")} group by {", ".join(CELL)}"""


def _rows(one: Pass) -> str:
    """Every row of the fact that counts, with the slices of its dates in the place of the dates."""
    read = [tree for a in one.aggregates for tree in (a.function, a.filter) if tree is not None]
    columns = sorted({column.name for tree in read for column in tree.find_all(exp.Column)})
    return f"select {', '.join([*one.numbered.values(), *one.members.values(), *columns])} from {one.source}"


def _by_row(kpis: Sequence[Taken], grouping: str, first: int, after: int) -> str:
    aggregates = {a.name: a for taken in kpis for a in (taken.passes, *taken.aggregates)}
    columns = [f"{_in_full(a)} as {name(text)}" for text, a in aggregates.items()]
    return f"""
        select number, {literal(grouping)} as dimension, {member(grouping, "by ")} as member, {", ".join(columns)}
        from _rows inner join (from {SPANS} where number >= {first} and number < {after})
            on {kpis[0].member.condition.sql("duckdb")}
        group by {", ".join(["number", *(name(f"by {each}") for each in dimensions(grouping))])}"""


def _in_full(aggregate: Aggregate) -> str:
    conditions = [*([aggregate.filter] if aggregate.filter else []), *(b.condition for b in aggregate.bounds)]
    where = f" filter (where {exp.and_(*conditions).sql('duckdb')})" if conditions else ""
    return f"{aggregate.function.sql('duckdb')}{where}"


def _values(cells: str, kpis: Sequence[Taken], counted: Sequence[str]) -> str:
    """The columns of each KPI's query, from the figures of its aggregates."""
    columns = [
        f"{tree.sql('duckdb')} as {name(f'{taken.kpi.name}.{column}')}"
        for taken in kpis
        for column, tree in taken.columns.items()
    ]
    columns += [f"{name(taken.passes.name)} as {name(f'{taken.kpi.name}.passes')}" for taken in kpis]
    joined = [f"left join {table} using ({', '.join(CELL)})" for table in counted]
    return f"""
        select grain, period, cells.dimension as by, cells.member as "group", {", ".join(columns)}
        from ({cells}) as cells inner join {SPANS} using (number) {" ".join(joined)}"""


def _of(cells: pd.DataFrame, taken: Taken) -> pd.DataFrame:
    own = cells["by"].isin(["", *groupings(taken.kpi)]) & (cells[f"{taken.kpi.name}.passes"] > 0)
    columns = {f"{taken.kpi.name}.{column}": column for column in taken.columns}
    return cells.loc[own, ["grain", "period", "by", "group", *columns]].rename(columns=columns)
