"""Do customers stay whose complaint was answered in time, and those whose was not?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.part import Part
from pipelines.analyses.value_base.found import KeptBy, Mending
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.methods.interval import wilson
from pipelines.methods.propagate import Known, propagate
from pipelines.methods.refused import Refused

LEAST = 20
"""Customers on either side."""
LATER = 182
"""Days after the complaint on which it is asked whether the customer is still one."""
BACK = 730
"""Days before the end of the run from which complaints count."""
PROMISED = 30
"""Days within which a complaint is to be closed where no day was promised."""
CASES: Read = {"complaints": frozenset({"customer_id", "received_at", "closed_at"})}
LEFT: Read = {"customers": frozenset({"customer_id", "left_on"})}
ORDERED: Read = {"orders": frozenset({"customer_id", "ordered_at", "status"})}
KEPT = {
    "register": f"coalesce(c.left_on > k.day + {LATER}, true)",
    "orders": f"""exists (
        select 1 from orders as o
        where o.customer_id = k.customer_id and coalesce(o.status, '') <> 'cancelled'
          and cast(o.ordered_at as date) > k.day and cast(o.ordered_at as date) <= k.day + {LATER}
    )""",
}
FROM = {
    "register": "inner join customers as c on c.customer_id = k.customer_id and coalesce(c.left_on > k.day, true)",
    "orders": "",
}
ASKED = """
select k.in_time, count(*), count(*) filter (where {kept})
from (
    select customer_id, cast(received_at as date) as day,
           coalesce(
               cast(closed_at as date) <= coalesce(due_on, cast(received_at as date) + {promised}), false
           ) as in_time
    from complaints
    where customer_id is not null
      and cast(received_at as date) between $ends - {back} and $ends - {later}
    qualify row_number() over (partition by customer_id order by received_at, complaint_id) = 1
) as k
{source}
group by 1
"""
"""The first complaint of each customer, so that nobody counts twice."""


def mending(asked: Asked) -> Part[Mending]:
    """By the register where it says who left; else by orders."""
    by_register = asked.part(CASES | LEFT, lambda: _found(asked, "register"), _period(asked))
    if by_register.result or not _register_is_silent(asked):
        return by_register
    return asked.part(CASES | ORDERED, lambda: _found(asked, "orders"), _period(asked))


def _register_is_silent(asked: Asked) -> bool:
    return asked.trust.doubt_about(LEFT, _period(asked)).not_evaluated is not None


def _period(asked: Asked) -> Period:
    return replace(asked.latest, starts=asked.latest.ends - dt.timedelta(days=BACK))


def _found(asked: Asked, by: KeptBy) -> Mending:
    query = ASKED.format(kept=KEPT[by], source=FROM[by], promised=PROMISED, back=BACK, later=LATER)
    counts = {bool(in_time): (int(n), int(kept)) for in_time, n, kept in asked.rows(query, ends=asked.latest.ends)}
    (late, late_kept), (early, early_kept) = counts.get(False, (0, 0)), counts.get(True, (0, 0))
    _refuse(early, late)
    one, other = _share(early_kept, early), _share(late_kept, late)
    gained = propagate(lambda m: m["in time"] - m["late"], {"in time": one, "late": other})
    return Mending(by, early, one, late, other, gained)


def _refuse(early: int, late: int) -> None:
    if early < LEAST:
        told = say("only {n} customers who complained were answered in time; at least {least} are needed",
                   n=early, least=LEAST)  # fmt: skip
        raise Refused(told)
    if late < LEAST:
        told = say("only {n} customers who complained were not answered in time; at least {least} are needed",
                   n=late, least=LEAST)  # fmt: skip
        raise Refused(told)


def _share(kept: int, of: int) -> Known:
    value = 100 * kept / of
    low, high = (float(bound[0]) for bound in wilson(np.array([value]), np.array([float(of)])))
    return Known(value, min(low, value), max(high, value))
