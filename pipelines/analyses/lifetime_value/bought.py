"""When each customer bought and for how much, out of the orders: one row for each customer, in order of pseudonyms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.analyses.asked import Asked
from pipelines.methods.interval import Array

TABLE = "bought_by_customer"
HELD_OUT = 365
"""Days that are held out at most; never more than a third of the records."""
COUNTED = "cast(ordered_at as date) <= $ends and coalesce(status, '') <> 'cancelled'"
BOUGHT = f"""
create or replace temp table {TABLE} as
with days as (
    select customer_id, cast(ordered_at as date) as day,
           sum(cast(amount as decimal(28, 4))) filter (where amount > 0 and amount < 1e15) as spent
    from orders
    where {COUNTED}
    group by 1, 2
), since as (
    select *, min(day) over (partition by customer_id) as first from days
)
select row_number() over (order by s.customer_id) - 1 as place, s.customer_id,
       count(*) - 1 as frequency, max(day) - min(first) as recency, $ends - min(first) as age, max(day) as last_on,
       count(spent) filter (where day > first) as times,
       coalesce(cast(sum(spent) filter (where day > first) as double), 0) as total,
       count(*) filter (where day <= $cut) - 1 as frequency_before,
       coalesce(max(day) filter (where day <= $cut) - min(first), 0) as recency_before,
       $cut - min(first) as age_before,
       count(*) filter (where day > $cut) as after,
       any_value(c.left_on) as left_on, any_value(c.key_customer) as key_customer,
       any_value(c.customer_since) as customer_since
from since as s
left join customers as c on c.customer_id = s.customer_id
group by s.customer_id
"""
"""Several orders of a day are one purchase."""


@dataclass(frozen=True)
class Bought:
    begins: dt.date
    cut: dt.date
    frequency: Array
    recency: Array
    age: Array
    times: Array
    mean: Array
    frequency_before: Array
    recency_before: Array
    age_before: Array
    after: Array
    gone: NDArray[np.bool_]
    key: NDArray[np.bool_]
    before: NDArray[np.bool_]


@contextmanager
def bought(asked: Asked) -> Iterator[Bought | None]:
    """None where there is no order. The table that it rests on stays as long as the context."""
    ends = asked.period.ends
    ((begins,),) = asked.rows(f"select min(cast(ordered_at as date)) from orders where {COUNTED}", ends=ends)
    if begins is None:
        yield None
        return
    cut = ends - dt.timedelta(days=min(HELD_OUT, (ends - begins).days // 3))
    asked.rows(BOUGHT, ends=ends, cut=cut)
    try:
        yield _read(asked, begins, cut)
    finally:
        asked.rows(f"drop table {TABLE}")


def customers(asked: Asked, places: Sequence[int]) -> dict[int, tuple[str, dt.date]]:
    """Pseudonym and last purchase of those that stand in these places."""
    rows = asked.rows(
        f"select place, customer_id, last_on from {TABLE} where list_contains($places, place)", places=places
    )
    return {int(at): (str(customer), last_on) for at, customer, last_on in rows}


def _read(asked: Asked, begins: dt.date, cut: dt.date) -> Bought:
    before = ("frequency_before", "recency_before", "age_before")
    names = ("frequency", "recency", "age", "times", "total", *before, "after")
    numbers = ", ".join(f"cast({name} as double) as {name}" for name in names)
    query = (
        f"select {numbers}, coalesce(left_on <= $ends, false) as gone, coalesce(key_customer, false) as key, "
        f"coalesce(customer_since < $begins, false) as earlier from {TABLE} order by place"
    )
    given = {"ends": asked.period.ends, "begins": begins}
    found: dict[str, Any] = asked.connection.execute(query, given).fetchnumpy()
    times = np.asarray(found["times"])
    mean = np.divide(found["total"], times, out=np.zeros(len(times)), where=times > 0)
    own = {name: np.asarray(found[name]) for name in names if name not in ("total", "times")}
    gone, key, earlier = (np.asarray(found[name], dtype=bool) for name in ("gone", "key", "earlier"))
    return Bought(begins=begins, cut=cut, times=times, mean=mean, gone=gone, key=key, before=earlier, **own)
