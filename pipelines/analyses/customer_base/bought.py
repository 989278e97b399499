"""Who orders again, and on how few customers revenue and complaints hang."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipelines.analyses.asked import Asked
from pipelines.analyses.customer_base.calendar import Calendar
from pipelines.analyses.customer_base.found import Buyer, Cohorts, Complained, Revenue
from pipelines.analyses.customer_base.stayed import undated
from pipelines.analyses.part import Part
from pipelines.measuring.lineage import Read
from pipelines.methods.cohorts import triangle
from pipelines.methods.concentration import concentration

MOST_BUYERS = 50
NOT_CANCELLED = "coalesce(status, '') <> 'cancelled'"
VALUED = f"amount > 0 and amount < 1e15 and {NOT_CANCELLED}"
"""As the KPIs on revenue count orders."""
ACCOUNTS = frozenset({"customer_id", "parent_id"})
ORDERS = frozenset({"order_id", "ordered_at", "customer_id", "status"})
PURCHASES: Read = {"customers": ACCOUNTS | {"customer_since"}, "orders": ORDERS}
REVENUE: Read = {"customers": frozenset({"parent_id"}), "orders": ORDERS | {"amount"}}
COMPLAINTS: Read = {
    "customers": frozenset({"parent_id"}),
    "complaints": frozenset({"complaint_id", "received_at", "customer_id"}),
}
AGAIN = """
with newcomers as (
    select coalesce(parent_id, customer_id) as buyer from customers
    group by 1 having min(customer_since) between $starts and $ends
), ordered as (
    select p.buyer, cast(p.ordered_at as date) as day,
        row_number() over (partition by p.buyer order by p.ordered_at, p.order_id) as place,
        min(cast(p.ordered_at as date)) over (partition by p.buyer) as first_day
    from purchases as p inner join newcomers as n on n.buyer = p.buyer
    where {kept} and cast(p.ordered_at as date) <= $ends
)
select {cohort}, case when place > 1 then {completed} else -1 end, count(distinct buyer)
from ordered where first_day >= $starts group by 1, 2 order by 1, 2
"""
SPENT = f"""
select buyer, count(*), cast(sum(cast(amount as decimal(28, 4))) as double) from purchases
where cast(ordered_at as date) between $starts and $ends and {VALUED} group by 1 order by 3 desc, 1
"""
COMPLAINED = """
select coalesce(c.parent_id, k.customer_id) as buyer, count(*) from complaints as k
left join customers as c on c.customer_id = k.customer_id
where cast(k.received_at as date) between $starts and $ends group by 1 order by 2 desc, 1
"""


def purchases(asked: Asked) -> Part[Cohorts]:
    return asked.part(PURCHASES, lambda: _purchases(asked), asked.period)


def revenue(asked: Asked) -> Part[Revenue]:
    return asked.part(REVENUE, lambda: _revenue(asked))


def complaints(asked: Asked) -> Part[Complained]:
    return asked.part(COMPLAINTS, lambda: _complaints(asked))


def _purchases(asked: Asked) -> Cohorts:
    """Of customers who came within the period, so that their first order on record is their first."""
    calendar = Calendar.over(asked.period.starts, asked.period.ends)
    query = AGAIN.format(
        kept=NOT_CANCELLED, cohort=calendar.cohort("first_day"), completed=calendar.completed("day", "first_day")
    )
    sizes = np.zeros(len(calendar.names), dtype=np.int64)
    again = np.zeros((len(calendar.names), calendar.most + 1), dtype=np.int64)
    for cohort, periods, count in asked.rows(query, starts=asked.period.starts, ends=asked.period.ends):
        if periods < 0:
            sizes[cohort] += count
        elif periods <= calendar.most:
            again[cohort, periods] += count
    return Cohorts(calendar.months, triangle(calendar.names, sizes, again, calendar.watched), undated(asked))


def _revenue(asked: Asked) -> Revenue:
    rows = _rows(asked, SPENT)
    found = concentration(np.array([value for _, _, value in rows], dtype=float))
    largest = (Buyer(buyer, orders, 100 * value / found.total) for buyer, orders, value in rows[:MOST_BUYERS])
    return Revenue(found, tuple(largest))


def _complaints(asked: Asked) -> Complained:
    rows = _rows(asked, COMPLAINED)
    named = np.array([count for buyer, count in rows if buyer is not None], dtype=float)
    return Complained(concentration(named), sum(count for buyer, count in rows if buyer is None))


def _rows(asked: Asked, query: str) -> list[tuple[Any, ...]]:
    return asked.rows(query, starts=asked.latest.starts, ends=asked.latest.ends)
