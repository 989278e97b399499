"""Every customer's answers of a period, counted once for all that asks about them; and the customers of its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipelines.measuring.periods import Period

ANSWERED = "clauselight_answered"
"""One row for each customer who answered: scored, good, total, squares (of satisfaction), recommends."""
REACH = "clauselight_reach"
"""One row for each customer at the period's end, with the same figures where he or she answered."""
STANDING = "c.customer_since <= {end} and (c.left_on is null or c.left_on > {end})"


@contextmanager
def counted(connection: duckdb.DuckDBPyConnection, period: Period) -> Iterator[None]:
    connection.execute(
        f"create or replace temp table {ANSWERED} as select customer_id, count(satisfaction) as scored, "
        "count(*) filter (where satisfaction >= 4) as good, sum(satisfaction) as total, "
        "sum(satisfaction * satisfaction) as squares, count(recommend) as recommends "
        f"from survey_responses where {within(period, 'answered_on')} group by 1"
    )
    connection.execute(
        f"create or replace temp table {REACH} as select c.customer_id, c.segment, c.region, c.key_customer, "
        "a.customer_id is not null as answered, coalesce(a.scored, 0) as scored, a.good, a.total, a.squares, "
        f"coalesce(a.recommends, 0) as recommends from customers as c left join {ANSWERED} as a "
        f"on a.customer_id = c.customer_id where {standing(period)}"
    )
    yield
    connection.execute(f"drop table {ANSWERED}; drop table {REACH}")


def standing(period: Period) -> str:
    """The customers `c` of whom a survey of the period should speak, as in the KPI survey_coverage."""
    return STANDING.format(end=f"date '{period.ends}'")


def within(period: Period, column: str) -> str:
    return f"{column} between date '{period.starts}' and date '{period.ends}'"
