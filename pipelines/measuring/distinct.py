"""How many different customers, ways or months there were, for every period and group at once and exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa
from sqlglot import exp

from pipelines.measuring.aggregates import Aggregate, Taken
from pipelines.measuring.bits import WORD, Numbers, counted
from pipelines.measuring.groups import columns_of, groupings, member
from pipelines.measuring.slices import Bound, Slices
from pipelines.sql import name

ROWS_AT_ONCE = 1 << 20
"""More are counted in parts, so that memory does not grow with them."""

NAMES = """select value, cast(row_number() over () as integer) as id
           from _seen where not is_place and value is not null"""


@dataclass(frozen=True)
class Counting:
    """Aggregates that count the different values of one expression, over one fact and one choice of its rows."""

    source: str
    value: exp.Expr
    member: Bound
    aggregates: Mapping[str, Aggregate]
    groupings: Sequence[str]
    slices: Slices

    @property
    def keys(self) -> dict[str, exp.Expr]:
        bounds = [self.member, *(bound for one in self.aggregates.values() for bound in one.bounds)]
        return dict(sorted((key, day) for bound in bounds for key, day in bound.keys.items()))

    @property
    def members(self) -> dict[str, str]:
        return columns_of(self.groupings)


def countings(kpis: Iterable[Taken], slices: Slices) -> list[Counting]:
    found: dict[tuple[str, str, str], Counting] = {}
    for taken in kpis:
        for one in taken.aggregates:
            if (value := one.distinct) is not None:
                place = taken.kpi.source, value.sql("duckdb"), taken.member.condition.sql("duckdb")
                former = found.get(place, Counting(taken.kpi.source, value, taken.member, {}, [""], slices))
                by = list(dict.fromkeys([*former.groupings, *groupings(taken.kpi)]))
                found[place] = replace(former, aggregates={**former.aggregates, one.name: one}, groupings=by)
    return list(found.values())


def count(connection: duckdb.DuckDBPyConnection, one: Counting, spans: str, table: str) -> None:
    """
    Into a table with number, dimension, member and a column for each aggregate. Each value has one bit for each
    aggregate and period: whether it occurs there. The bits of the rows of a group are put together for each value, and
    then counted. Values are numbered first, because numbers are compared faster than texts.
    """
    run = connection.execute
    (periods,) = run(f"select count(*) from {spans}").fetchall()[0]
    run(f"create or replace temp table _seen as {_seen(one)}")
    run(f"create or replace temp table _names as {NAMES}")
    run(f"create or replace temp table _places as {_places(one)}")
    run(f"create or replace temp table _met as {_met(one)}")
    run(f"create or replace temp table _words as {_words(one, spans, periods)}")
    connection.register("_found", pa.concat_tables(_found(connection, one, periods)))
    run(f"create or replace temp table {table} as from _found")
    connection.unregister("_found")
    for made in ("_seen", "_names", "_places", "_met", "_words"):
        run(f"drop table {made}")


def _found(connection: duckdb.DuckDBPyConnection, one: Counting, periods: int) -> list[pa.Table]:
    """For each grouping how many values there are in each group and period."""
    run = connection.execute
    places = run("select * from _places order by place").fetchnumpy()
    words = run("select * exclude (code, nth) from _words order by nth").fetchnumpy()
    members = [np.unique(places[f"member{at}"], return_inverse=True) for at in range(len(one.groupings))]
    found = [np.zeros((len(names), WORD * len(words)), dtype=np.int64) for names, _ in members]
    for met in _parts(connection):
        for counts, (_, groups) in zip(found, members, strict=True):
            counts += counted(met["id"], groups[met["place"]], len(counts), met["nth"], list(words.values()))
    used = periods * len(one.aggregates)
    return [
        _told(one, grouping, names, counts[:, :used].reshape(len(names), len(one.aggregates), periods))
        for grouping, counts, (names, _) in zip(one.groupings, found, members, strict=True)
    ]


def _parts(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Numbers]]:
    """The rows that count, sorted by value; all rows of a value are in one part."""
    (rows,) = connection.execute("select count(*) from _met").fetchall()[0]
    parts = -(-rows // ROWS_AT_ONCE)
    for part in range(parts):
        met = connection.execute(f"""
            select id, place, nth from _met inner join _words using (code) where id % {parts} = {part}""").fetchnumpy()
        if len(met["id"]):
            order = np.argsort(met["id"], kind="stable")
            yield {name: column[order] for name, column in met.items()}


def _told(one: Counting, grouping: str, members: Numbers, counts: Numbers) -> pa.Table:
    """`counts` are of group, aggregate and period."""
    periods = counts.shape[2]
    columns = {
        "number": np.tile(np.arange(periods, dtype=np.int32), len(members)),
        "dimension": pa.repeat(grouping, len(members) * periods),
        "member": pa.array(np.repeat(members, periods), pa.string()),
    }
    return pa.table(columns | {text: counts[:, at].ravel() for at, text in enumerate(one.aggregates)})


def _seen(one: Counting) -> str:
    """The different values, and the combinations of dimensions, found together because reading the fact is dear."""
    own = ", ".join([f"{one.value.sql('duckdb')} as value", *one.members.values()])
    return f"""select *, grouping(value) = 1 as is_place from (select {own} from {one.source})
               group by grouping sets ((value), ({", ".join(map(name, one.members))}))"""


def _places(one: Counting) -> str:
    """Every combination of dimensions, with the name of its group in each grouping."""
    named = ", ".join(f"{member(grouping, 'by ')} as member{at}" for at, grouping in enumerate(one.groupings))
    return f"select *, cast(row_number() over () - 1 as integer) as place, {named} from _seen where is_place"


def _met(one: Counting) -> str:
    """The rows that count: which value was met where, and when. `code` holds the slices and which filters it passes."""
    base, code = len(one.slices.cuts) + 2, "0::bigint"
    for day in one.keys.values():
        code = f"({code}) * {base} + coalesce({one.slices.number(day)} + 1, 0)"
    passed = [f"coalesce({a.filter.sql('duckdb')}, false)" if a.filter else "true" for a in one.aggregates.values()]
    for each in passed:
        code = f"({code}) * 2 + cast({each} as integer)"
    own = ", ".join([f"{code} as code", f"{one.value.sql('duckdb')} as value", *one.members.values()])
    same = " and ".join(f"r.{each} = p.{each}" for each in map(name, one.members)) or "true"
    return f"""
        select r.code, p.place, n.id
        from (select {own} from {one.source} where {" or ".join(passed)}) as r
        inner join _names as n on n.value = r.value inner join _places as p on {same}"""


def _words(one: Counting, spans: str, periods: int) -> str:
    """The bits of every code that occurs, in words of 64."""
    base, count, columns = len(one.slices.cuts) + 2, len(one.aggregates), []
    for at, key in enumerate(reversed(one.keys)):
        columns.append(f"nullif(code // {2**count * base**at} % {base}, 0) - 1 as {name(key)}")
    columns += [f"code // {2**at} % 2 = 1 as passed{count - 1 - at}" for at in range(count)]
    conditions = [
        " and ".join(f"({bound.condition.sql('duckdb')})" for bound in (one.member, *aggregate.bounds))
        for aggregate in one.aggregates.values()
    ]
    words = []
    for word in range(-(-periods * count // WORD)):
        bits = " | ".join(
            f"case when passed{at} and {condition} and (number + {at * periods}) // {WORD} = {word} "
            f"then 1::ubigint << cast((number + {at * periods}) % {WORD} as ubigint) else 0::ubigint end"
            for at, condition in enumerate(conditions)
        )
        words.append(f"bit_or({bits}) as word{word}")
    return f"""
        select code, cast(row_number() over () - 1 as integer) as nth, {", ".join(words)}
        from (select code, {", ".join(columns)} from (select distinct code from _met)) cross join {spans}
        group by code"""
