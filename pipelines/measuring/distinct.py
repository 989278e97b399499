"""How many different customers, ways or months there were, for every period and group at once and exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
from sqlglot import exp

from pipelines.measuring.aggregates import Aggregate, Taken
from pipelines.measuring.groups import dimensions, groupings, member
from pipelines.measuring.slices import Bound, Slices
from pipelines.sql import literal, name

WORD = 64
SET_BITS = """select cast(value as utinyint) as value, bit from range(256) as v(value), range(8) as b(bit)
              where (value >> bit) & 1 = 1"""
"""Which bits are set in each value of a byte."""


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
    def dimensions(self) -> list[str]:
        return list(dict.fromkeys(one for grouping in self.groupings for one in dimensions(grouping)))


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
    run(f"create or replace temp table _names as {_names(one)}")
    run(f"create or replace temp table _places as {_places(one)}")
    run(f"create or replace temp table _met as {_met(one)}")
    run(f"create or replace temp table _words as {_words(one, spans, periods)}")
    run(f"create or replace temp table _set_bits as {SET_BITS}")
    bits = periods * len(one.aggregates)
    parts = [f"({_bits(at, bits)})" for at in range(len(one.groupings))]
    columns = [
        f"coalesce(max(counted) filter (where bit // {periods} = {at}), 0) as {name(text)}"
        for at, text in enumerate(one.aggregates)
    ]
    run(f"""create or replace temp table {table} as
            select cast(bit % {periods} as integer) as number, dimension, member, {", ".join(columns)}
            from ({" union all ".join(parts)}) group by all""")
    for made in ("_names", "_places", "_met", "_words", "_set_bits"):
        run(f"drop table {made}")


def _names(one: Counting) -> str:
    return f"""select value, cast(row_number() over () as integer) as id
               from (select distinct {one.value.sql("duckdb")} as value from {one.source}) where value is not null"""


def _places(one: Counting) -> str:
    """Every combination of dimensions, with the number of its group in each grouping."""
    own = ", ".join(_dimensions(one)) or "'' as nothing"
    named = [
        f"{literal(grouping)} as dimension{at}, {member(grouping, 'by ')} as member{at}, "
        f"cast(dense_rank() over (order by {member(grouping, 'by ')}) as integer) as group{at}"
        for at, grouping in enumerate(one.groupings)
    ]
    return f"""select *, cast(row_number() over () as integer) as place, {", ".join(named)}
               from (select distinct {own} from {one.source})"""


def _met(one: Counting) -> str:
    """The rows that count: which value was met where, and when. `code` holds the slices and which filters it passes."""
    base, code = len(one.slices.cuts) + 2, "0::bigint"
    for day in one.keys.values():
        code = f"({code}) * {base} + coalesce({one.slices.number(day)} + 1, 0)"
    passed = [f"coalesce({a.filter.sql('duckdb')}, false)" if a.filter else "true" for a in one.aggregates.values()]
    for each in passed:
        code = f"({code}) * 2 + cast({each} as integer)"
    own = ", ".join([f"{code} as code", f"{one.value.sql('duckdb')} as value", *_dimensions(one)])
    same = " and ".join(f"r.{each} = p.{each}" for each in _named(one)) or "true"
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
        select code, {", ".join(words)}
        from (select code, {", ".join(columns)} from (select distinct code from _met)) cross join {spans}
        group by code"""


def _bits(at: int, bits: int) -> str:
    """
    Of one grouping: in each group, how many values have each bit. Many have the same bits and are counted first; then
    it is counted how often each byte has each of its 256 values, which is a third of the work of adding up every bit.
    """
    words = range(-(-bits // WORD))
    merged = ", ".join(f"bit_or(word{word}) as word{word}" for word in words)
    bytes_ = range(-(-bits // 8))
    each = ", ".join(
        f"cast((word{k // 8} >> {k % 8 * 8}::ubigint) & 255::ubigint as utinyint) as byte{k}" for k in bytes_
    )
    which = " ".join(f"when grouping(byte{k}) = 0 then {k}" for k in bytes_)
    return f"""
        select g.dimension, g.member, g.bit, coalesce(f.counted, 0) as counted
        from (
            select distinct group{at}, dimension{at} as dimension, member{at} as member, unnest(range({bits})) as bit
            from _places) as g
        left join (
            select group{at}, 8 * place + bit as bit, cast(sum(alike) as bigint) as counted
            from (
                select group{at}, case {which} end as place, coalesce({", ".join(f"byte{k}" for k in bytes_)}) as value,
                    sum(alike) as alike
                from (
                    select group{at}, alike, {each}
                    from (
                        select group{at}, {", ".join(f"word{word}" for word in words)}, count(*) as alike
                        from (select group{at}, id, {merged} from _met inner join _words using (code)
                              inner join _places using (place) group by all)
                        group by all))
                group by grouping sets ({", ".join(f"(group{at}, byte{k})" for k in bytes_)}))
            inner join _set_bits using (value)
            group by all) as f using (group{at}, bit)"""


def _dimensions(one: Counting) -> Iterator[str]:
    return (f"coalesce(cast({each} as varchar), '') as {name(f'by {each}')}" for each in one.dimensions)


def _named(one: Counting) -> Iterator[str]:
    return (name(f"by {each}") for each in one.dimensions)
