"""One pass over a fact for many KPIs: rows are added up by slice and group, and periods from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd
from sqlglot import exp

from audit.measurement import Kpi
from pipelines.measuring.added import combined, parts_of
from pipelines.measuring.aggregates import Aggregate, Taken
from pipelines.measuring.distinct import count, countings
from pipelines.measuring.groups import dimensions, groupings, member
from pipelines.measuring.periods import Period
from pipelines.measuring.slices import AFTER, FIRST, Slices
from pipelines.sql import literal, name

SPANS = "_spans"
VALUES_AT_ONCE = 10_000_000
CELL = ("number", "dimension", "member")


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

    @property
    def groupings(self) -> list[str]:
        return list(dict.fromkeys(["", *(one for taken in self.kpis for one in groupings(taken.kpi))]))

    @property
    def dimensions(self) -> list[str]:
        return list(dict.fromkeys(one for grouping in self.groupings for one in dimensions(grouping)))

    @property
    def aggregates(self) -> list[Aggregate]:
        """Those that are found row by row or slice by slice; equal values that count once are found apart."""
        every = [one for taken in self.kpis for one in (taken.passes, *taken.aggregates) if one.distinct is None]
        return list({one.name: one for one in every}.values())

    @property
    def keys(self) -> dict[str, exp.Expr]:
        bounds = [taken.member for taken in self.kpis] + [b for one in self.aggregates for b in one.bounds]
        return dict(sorted((key, day) for bound in bounds for key, day in bound.keys.items()))


def passes(kpis: Iterable[Taken], slices: Slices, types: Mapping[str, str]) -> list[Pass]:
    """KPIs go together where their rows lie in the same slices; those that need every single row go apart."""
    together: dict[tuple[object, ...], list[Taken]] = {}
    for taken in kpis:
        alone = Pass((taken,), slices, types)
        together.setdefault((rowwise(taken), *alone.keys), []).append(taken)
    return [Pass(tuple(all_), slices, types) for all_ in together.values()]


def rowwise(taken: Taken) -> bool:
    return any(not one.added and one.distinct is None for one in taken.aggregates)


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
        connection.execute(f"create or replace temp table _cubes as {_cubes(sliced)}")
    for one in all_:
        apart = rowwise(one.kpis[0])
        found = _row_by_row(connection, one) if apart else _slice_by_slice(connection, one, sliced)
        yield from ((taken.kpi, found[taken.kpi.name]) for taken in one.kpis)
    for made in ("_cubes", "_margins", "_rows"):
        connection.execute(f"drop table if exists {made}")


def _slice_by_slice(connection: duckdb.DuckDBPyConnection, one: Pass, all_: Sequence[Pass]) -> dict[str, pd.DataFrame]:
    connection.execute(f"create or replace temp table _margins as {_margins(one, all_)}")
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


def _cubes(all_: Sequence[Pass]) -> str:
    """The rows of the fact added up by slices and dimensions at once: of every pass, because reading them is dear."""
    parts = {text: sql for one in all_ for a in one.aggregates for text, sql in parts_of(a, one.types).items()}
    keys = {key: f"{one.slices.number(day)} as {name(key)}" for one in all_ for key, day in one.keys.items()}
    dims = {f"by {each}": sql for one in all_ for each, sql in zip(one.dimensions, _dimensions(one), strict=True)}
    sets = [", ".join(map(name, [*one.keys, *(f"by {each}" for each in one.dimensions)])) for one in all_]
    return f"""
        select {", ".join(map(name, [*keys, *dims]))}, grouping({", ".join(map(name, keys))}) as pass,
            {", ".join(f"{sql} as {name(text)}" for text, sql in parts.items())}
        from (select *, {", ".join([*keys.values(), *dims.values()])} from {all_[0].source})
        group by grouping sets ({", ".join(f"({columns})" for columns in sets)})"""


def _number(one: Pass, all_: Sequence[Pass]) -> int:
    """By which the cube of a pass is told from those of others: a bit for each key that it lacks."""
    every = list(dict.fromkeys(key for each in all_ for key in each.keys))
    return sum((key not in one.keys) << at for at, key in enumerate(reversed(every)))


def _margins(one: Pass, all_: Sequence[Pass]) -> str:
    """The cube of a pass added up for each grouping."""
    parts = {
        text: again for aggregate in one.aggregates for text, again in combined(aggregate, one.types).parts.items()
    }
    keys = [name(key) for key in one.keys]
    columns = [*keys, *_which(one.groupings), *(f"{again} as {name(text)}" for text, again in parts.items())]
    return f"""select {", ".join(columns)} from _cubes where pass = {_number(one, all_)}
               group by {_sets(keys, one.groupings)}"""


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
    return f"select {', '.join([*_keys(one), *_dimensions(one), *columns])} from {one.source}"


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


def _keys(one: Pass) -> Iterator[str]:
    return (f"{one.slices.number(day)} as {name(key)}" for key, day in one.keys.items())


def _dimensions(one: Pass) -> Iterator[str]:
    return (f"coalesce(cast({one_} as varchar), '') as {name(f'by {one_}')}" for one_ in one.dimensions)


def _which(wanted: Sequence[str]) -> Iterator[str]:
    """Of a row of grouping sets: by what it is grouped, and the name of its group."""
    grouped = sorted(wanted, key=lambda grouping: -len(dimensions(grouping)))
    for column, told in (("dimension", literal), ("member", lambda grouping: member(grouping, "by "))):
        cases = " ".join(f"when {_grouped(one)} then {told(one)}" for one in grouped if one)
        yield f"case {cases} else '' end as {column}" if cases else f"'' as {column}"


def _grouped(grouping: str) -> str:
    return " and ".join(f"grouping({name(f'by {one}')}) = 0" for one in dimensions(grouping))


def _sets(keys: Sequence[str], wanted: Sequence[str]) -> str:
    sets = [", ".join([*keys, *(name(f"by {one}") for one in dimensions(grouping))]) for grouping in wanted]
    return f"grouping sets ({', '.join(f'({columns})' for columns in sets)})"
