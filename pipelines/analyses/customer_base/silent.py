"""Of which present customers nothing was heard or sold for months: no order, no answer, no complaint, no contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

import numpy as np

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.customer_base.found import MOST_LISTED, Band, Quiet, Silent, Unheard
from pipelines.analyses.part import Part, part
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import DAY, Period, rolling, window
from pipelines.methods.interval import wilson
from pipelines.methods.refused import Refused

KPI = "silent_customers"
LEAST = 30
BANDS = ((0, 3), (3, 6), (6, 12), (12, 24), (24, None))
"""Months; a usual way to look at ageing and nobody's criterion."""
SPENT: Read = {"orders": frozenset({"customer_id", "ordered_at", "amount", "status"})}
LAST = "clauselight_last_signs"
SIGNS = f"""
create or replace temp table {LAST} as
select customer_id, coalesce(max(segment), '') as segment, min(seen_on) as first_day, max(seen_on) as last_day
from customer_signs where seen_on <= $ends and (left_on is null or left_on > $ends) group by 1
"""
COUNTED = f"""
select {{member}}, count(*) filter (where last_day < $since), count(*) from {LAST} as l {{joined}}
where first_day < $since group by 1 order by 1
"""
SPENDING = """
left join (
    select customer_id, value, sum(value) over () as whole,
        sum(value) over (order by value desc, customer_id rows unbounded preceding) - value as above
    from (
        select customer_id, sum(cast(amount as decimal(28, 4))) as value from orders
        where cast(ordered_at as date) between $starts and $ends
          and amount > 0 and amount < 1e15 and coalesce(status, '') <> 'cancelled'
        group by 1
    ) as o
) as s on s.customer_id = l.customer_id
"""
SIZE = """
case when s.value is null then 'none' when s.above < 0.8 * s.whole then 'A' when s.above < 0.95 * s.whole then 'B'
     else 'C' end
"""
"""Pareto classes: A makes the first 80 % of the year's orders, B the next 15 %, C the rest."""
LINES = """
select t.customer_id, t.segment, t.last_day, t.share, min(s._load), arg_min(s._line, (s._load, s._line))
from ({listed}) as t inner join customer_signs as s on s.customer_id = t.customer_id and s.seen_on = t.last_day
group by 1, 2, 3, 4 order by t.share desc nulls last, t.last_day, t.customer_id
"""
SHARE = "100.0 * cast(sum(s.value) as double) / nullif(cast(max(s.whole) as double), 0)"


def silent(asked: Asked) -> Part[Silent]:
    months = asked.workspace.set_up.silent_after_months
    since, ends = window(months, asked.latest.ends)
    doubt = asked.trust.doubt(KPI, Period(rolling(months), "", since, ends))
    return part(doubt, lambda: _silent(asked, months, since))


def _silent(asked: Asked, months: int, since: dt.date) -> Silent:
    asked.rows(SIGNS, ends=asked.latest.ends)
    try:
        return _found(asked, months, since)
    finally:
        asked.rows(f"drop table {LAST}")


def _found(asked: Asked, months: int, since: dt.date) -> Silent:
    whole = _quiet(asked.rows(COUNTED.format(member="''", joined=""), since=since))
    n = whole[0].n if whole else 0
    if n < LEAST:
        raise Refused(
            say("only {n} customers were there before {day}; at least {least} are needed", n=n, day=since, least=LEAST)
        )
    year = Period(rolling(12), "", *window(12, since - DAY))
    sizes: Part[tuple[Quiet, ...]] = asked.part(SPENT, partial(_sizes, asked, since, year), year)
    priced = sizes.result is not None
    return Silent(
        months=months,
        since=since,
        whole=whole[0],
        bands=_bands(asked),
        segments=_quiet(asked.rows(COUNTED.format(member="segment", joined=""), since=since)),
        sizes=sizes,
        revenue_share=_revenue_share(asked, since, year) if priced else None,
        customers=_customers(asked, since, year, priced),
    )


def _bands(asked: Asked) -> tuple[Band, ...]:
    """Of all present customers, new ones included."""
    edges = [window(most, asked.latest.ends)[0] for _, most in BANDS if most is not None]
    day = {f"e{at}": edge for at, edge in enumerate(edges)}
    counts = ", ".join(f"count(*) filter (where last_day >= ${name})" for name in day)
    ((*up_to, n),) = asked.rows(f"select {counts}, count(*) from {LAST}", **day)
    each = np.diff([0, *up_to, n])
    share = 100 * each / n
    low, high = wilson(share, np.full(len(share), n))
    rows = zip(BANDS, each, share, low, high, strict=True)
    return tuple(Band(*ends, int(count), *map(float, shares)) for ends, count, *shares in rows)


def _sizes(asked: Asked, since: dt.date, year: Period) -> tuple[Quiet, ...]:
    query = COUNTED.format(member=SIZE, joined=SPENDING)
    return _quiet(asked.rows(query, since=since, starts=year.starts, ends=year.ends))


def _revenue_share(asked: Asked, since: dt.date, year: Period) -> float | None:
    where = "where l.last_day < $since"
    query = f"select {SHARE} from {LAST} as l {SPENDING} {where}"
    ((share,),) = asked.rows(query, since=since, starts=year.starts, ends=year.ends)
    return None if share is None else float(share)


def _customers(asked: Asked, since: dt.date, year: Period, priced: bool) -> tuple[Unheard, ...]:
    own = "100.0 * cast(s.value as double) / nullif(cast(s.whole as double), 0)"
    share, joined = (own, SPENDING) if priced else ("null", "")
    days = {"since": since} | ({"starts": year.starts, "ends": year.ends} if priced else {})
    listed = (
        f"select l.customer_id, l.segment, l.last_day, {share} as share from {LAST} as l {joined} "
        "where l.last_day < $since "
        f"order by share desc nulls last, l.last_day, l.customer_id limit {MOST_LISTED}"
    )
    return tuple(Unheard(*row) for row in asked.rows(LINES.format(listed=listed), **days))


def _quiet(rows: Sequence[tuple[str, int, int]]) -> tuple[Quiet, ...]:
    counts, n = (np.array([row[at] for row in rows], dtype=float) for at in (1, 2))
    if not len(n):
        return ()
    share = 100 * counts / n
    low, high = wilson(share, n)
    each = zip(rows, share, low, high, strict=True)
    return tuple(Quiet(*row, *map(float, figures)) for row, *figures in each)
