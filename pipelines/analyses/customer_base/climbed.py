"""On which step of the loyalty ladder customers stand on the last day, and where they stood twelve months before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from audit.text import Text
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.customer_base.found import Climbed
from pipelines.analyses.part import Part
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import DAY, Period, rolling, window
from pipelines.methods.ladder import PROMOTER, SEVERAL, Known, Place, Step, ladder, step_of
from pipelines.methods.refused import Refused

READ: Read = {
    "customers": frozenset({"customer_id", "parent_id", "customer_since", "left_on"}),
    "orders": frozenset({"order_id", "ordered_at", "customer_id", "status"}),
}
ANSWERED: Read = {"survey_responses": frozenset({"response_id", "answered_on", "customer_id", "recommend"})}
TOUCHES: dict[str, str] = {
    "survey_responses": "answered_on",
    "complaints": "received_at",
    "interactions": "occurred_at",
}
DAYS = ("then", "now")
STANDING = """
case when b.since > {day} then 'not a customer yet' when b.gone <= {day} then 'left' else '' end,
least(coalesce(o.orders_{at}, 0), {several}), coalesce(o.last_{at} > {lately}, false), b.since < {recorded},
coalesce(t.first_day <= {day}, false), {promoter}, coalesce(r.first_day <= {day}, false)
"""
LADDER = """
with accounts as (
    select customer_id, coalesce(parent_id, customer_id) as buyer, customer_since, left_on, referred_by from customers
), base as (
    select buyer, min(customer_since) as since, case when count(left_on) = count(*) then max(left_on) end as gone
    from accounts where customer_since is not null group by 1
), ordered as (
    select a.buyer, cast(o.ordered_at as date) as day from orders as o
    inner join accounts as a on a.customer_id = o.customer_id where coalesce(o.status, '') <> 'cancelled'
), o as (
    select buyer,
        count(*) filter (where day <= $then) as orders_then, max(day) filter (where day <= $then) as last_then,
        count(*) filter (where day <= $now) as orders_now, max(day) filter (where day <= $now) as last_now
    from ordered group by 1
), t as (
    select a.buyer, min(s.day) as first_day from ({touches}) as s
    inner join accounts as a on a.customer_id = s.customer_id group by 1
), p as (
    select a.buyer, {latest}
    from survey_responses as s inner join accounts as a on a.customer_id = s.customer_id
    where s.recommend is not null group by 1
), r as (
    select a.buyer, min(c.customer_since) as first_day from accounts as c
    inner join accounts as a on a.customer_id = c.referred_by where a.buyer <> c.buyer group by 1
)
select {standing}, count(*) from base as b
left join o on o.buyer = b.buyer left join t on t.buyer = b.buyer
left join p on p.buyer = b.buyer left join r on r.buyer = b.buyer
where b.since <= $now group by all order by all
"""
WIDTH = 7
"""What is told of a customer on one day."""


def climbed(asked: Asked) -> Part[Climbed]:
    months, now = asked.workspace.set_up.silent_after_months, asked.latest.ends
    then = asked.latest.starts - DAY
    watched = Period(rolling(months), "", window(months, then)[0], now)
    return asked.part(READ, lambda: _climbed(asked, watched, then, months), watched)


def _climbed(asked: Asked, watched: Period, then: dt.date, months: int) -> Climbed:
    now = asked.latest.ends
    ((recorded,),) = asked.rows("select cast(min(ordered_at) as date) from orders")
    first = recorded.replace(day=1) if recorded else now
    if first > window(months, now)[0]:
        raise Refused(
            say("orders are on record since {day} only; at least {months} months are needed", day=first, months=months)
        )
    untold, touches = _untold(asked, watched)
    rows = asked.rows(_query(asked, recorded, then, months, touches, untold), then=then, now=now)
    compared = first <= watched.starts
    moves = Counter[tuple[Place, Place]]()
    for row in rows:
        moves[_place(row[:WIDTH]), _place(row[WIDTH : 2 * WIDTH])] += row[-1]
    reason = say("orders are on record since {day} only, too late to tell where customers stood then", day=first)
    ((undated,),) = asked.rows("select count(*) from customers where customer_since is null")
    return Climbed(
        ladder(moves, compared), months, then, recorded, tuple(untold.items()), None if compared else reason, undated
    )


def _place(told: Sequence[Any]) -> Place:
    return cast(Place, told[0]) if told[0] else step_of(Known(*told[1:]))


def _untold(asked: Asked, watched: Period) -> tuple[dict[Step, Text], list[str]]:
    """Steps that nothing can be said of, and the sources that show who got in touch."""
    untold: dict[Step, Text] = {}
    touches = [name for name, day in TOUCHES.items() if not _doubt(asked, {name: {day, "customer_id"}}, watched)]
    if not touches:
        untold["potential"] = say("no answers, complaints or contacts can be read, so nobody is known to be in touch")
    if because := _doubt(asked, {name: set(columns) for name, columns in ANSWERED.items()}, watched):
        untold["supporter"] = because
    if not any("referred_by" in load.delivered for load in asked.trust.loads.values() if load.source == "customers"):
        untold["advocate"] = say(
            "no file of customers had the column referred_by; map it and load again, and recommendations count"
        )
    return untold, touches


def _doubt(asked: Asked, read: dict[str, set[str]], watched: Period) -> Text | None:
    asks = {name: frozenset(columns) for name, columns in read.items()}
    return asked.trust.doubt_about(asks, watched).not_evaluated


def _query(
    asked: Asked, recorded: dt.date, then: dt.date, months: int, touches: Sequence[str], untold: dict[Step, Text]
) -> str:
    each = [f"select customer_id, cast({TOUCHES[name]} as date) as day from {name}" for name in touches]
    days = {"then": then, "now": asked.latest.ends}
    standing = ", ".join(
        STANDING.format(
            at=at,
            several=SEVERAL,
            day=f"${at}",
            lately=f"date '{window(months, days[at])[0] - DAY}'",
            recorded=f"date '{recorded}'",
            promoter="false" if "supporter" in untold else f"coalesce(p.recommend_{at} >= {PROMOTER}, false)",
        )
        for at in DAYS
    )
    latest = ", ".join(
        f"arg_max(s.recommend, strftime(s.answered_on, '%Y-%m-%d ') || s.response_id) "
        f"filter (where s.answered_on <= ${at}) as recommend_{at}"
        for at in DAYS
    )
    nothing = "select null as customer_id, null as day where false"
    return LADDER.format(touches=" union all ".join(each) or nothing, latest=latest, standing=standing)
