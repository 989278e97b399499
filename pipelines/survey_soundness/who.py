"""Customers of the register at a period's end, by group, and how many of them answered in it."""

from __future__ import annotations

from functools import partial

import duckdb

from audit.wording import say
from pipelines.analyses.part import Part, part
from pipelines.measuring.lineage import Read, read_by
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.refused import Refused
from pipelines.methods.representativeness import Representativeness, representativeness
from pipelines.survey_soundness.reach import REACH

GROUPED = ("segment", "region", "key_customer")
REVENUE = "revenue"
MOST_GROUPS = 50
BY_COLUMN = "coalesce(cast(c.{} as varchar), '')"
BY_REVENUE = """
    case when s.customer_id is null then 'none' when s.above < 0.8 * s.whole then 'A'
         when s.above < 0.95 * s.whole then 'B' else 'C' end
"""
SPENT = """
    left join (
        select customer_id, value, sum(value) over () as whole,
            sum(value) over (order by value desc, customer_id rows unbounded preceding) - value as above
        from (
            select customer_id, sum(cast(amount as decimal(28, 4))) as value from orders
            where cast(ordered_at as date) between {start} and {end}
              and amount > 0 and amount < 1e15 and coalesce(status, '') <> 'cancelled'
            group by 1
        ) as o
    ) as s on s.customer_id = c.customer_id
"""
"""Pareto classes: A makes the first 80 % of the period's orders, B the next 15 %, C the rest."""


def who(connection: duckdb.DuckDBPyConnection, trust: Trust, period: Period) -> dict[str, Part[Representativeness]]:
    return {
        name: part(trust.doubt_about(_read(name), period), partial(_compared, connection, period, name))
        for name in (*GROUPED, REVENUE)
    }


def _read(dimension: str) -> Read:
    read = dict(read_by("survey_coverage"))
    if dimension == REVENUE:
        return read | {"orders": frozenset({"customer_id", "ordered_at", "amount"})}
    return read | {"customers": read["customers"] | {dimension}}


def _compared(connection: duckdb.DuckDBPyConnection, period: Period, dimension: str) -> Representativeness:
    rows = connection.execute(_query(period, dimension)).fetchall()
    if len(rows) > MOST_GROUPS:
        told = say(
            "the customers are in {count} groups; at most {most} are compared", count=len(rows), most=MOST_GROUPS
        )
        raise Refused(told)
    return representativeness({name: base for name, base, _ in rows}, {name: n for name, _, n in rows if n})


def _query(period: Period, dimension: str) -> str:
    bounds = {"start": f"date '{period.starts}'", "end": f"date '{period.ends}'"}
    named = (BY_REVENUE, SPENT.format(**bounds)) if dimension == REVENUE else (BY_COLUMN.format(dimension), "")
    counts = "count(*), count(*) filter (where c.answered)"
    return f"select {named[0]} as member, {counts} from {REACH} as c {named[1]} group by 1 order by 1"
