"""How long customers stay, from the register of customers as it was watched during the audit period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.customer_base.calendar import Calendar
from pipelines.analyses.customer_base.found import Cohorts, Group, Survived, month_day
from pipelines.analyses.part import Part, part
from pipelines.measuring.lineage import Read
from pipelines.measuring.trust import Doubt
from pipelines.methods.cohorts import stayed, triangle
from pipelines.methods.refused import Refused
from pipelines.methods.survival import LEAST, LogRank, Stays, log_rank, survival

READ: Read = {"customers": frozenset({"customer_id", "customer_since", "left_on"})}
MOST_GROUPS = 20
MOST_MONTHS = 240
WATCHED = (
    "customer_since <= $ends and (left_on is null or left_on >= $starts) "
    "and (left_on is null or left_on >= customer_since)"
)
STAYS = f"""
select segment, entered, gone, has_left, count(*) from (
    select coalesce(segment, '') as segment,
        greatest(0, date_diff('day', customer_since, $starts)) as entered,
        date_diff('day', customer_since, least(coalesce(left_on, $ends), $ends)) as gone,
        coalesce(left_on <= $ends, false) as has_left
    from customers where {WATCHED}
) group by grouping sets ((segment, entered), (segment, gone, has_left)) order by all
"""
COHORTS = f"""
select cohort, completed, count(*) from (
    select {{cohort}} as cohort, {{completed}} as completed
    from (
        select customer_since, least(coalesce(left_on - 1, $ends), $ends) as last_day
        from customers where {WATCHED} and customer_since >= $starts
    )
) group by 1, 2 order by 1, 2
"""


def survived(asked: Asked) -> Part[Survived]:
    return asked.part(READ, lambda: _survived(asked), asked.period)


def retention(asked: Asked) -> Part[Cohorts]:
    return asked.part(READ, lambda: _retention(asked), asked.period)


def undated(asked: Asked) -> int:
    return int(asked.rows("select count(*) from customers where customer_since is null")[0][0])


def _survived(asked: Asked) -> Survived:
    each = _stays(asked)
    whole = Stays(*(sum(arrays) for arrays in zip(*(_parts(one) for one in each.values()), strict=True)))
    times = _times(len(whole.entered))
    groups = tuple(Group(name, one.n, part(Doubt(), partial(survival, one, times))) for name, one in each.items())
    several = groups if 1 < len(groups) <= MOST_GROUPS else ()
    return Survived(survival(whole, times), several, part(Doubt(), lambda: _alike(each)), undated(asked))


def _stays(asked: Asked) -> dict[str, Stays]:
    """Of each segment, all of one length. Raises Refused where nobody was watched."""
    rows = asked.rows(STAYS, **_days(asked))
    if not rows:
        raise Refused(say("no customer was watched within the period"))
    longest = 1 + max(row[2] for row in rows if row[2] is not None)
    return {name: _of(name, rows, longest) for name in sorted({row[0] for row in rows})}


def _of(name: str, rows: Iterable[Sequence[Any]], longest: int) -> Stays:
    found = np.zeros((3, longest), dtype=np.int64)
    for segment, entered, gone, has_left, count in rows:
        if segment == name:
            found[(0 if entered is not None else 1 if has_left else 2), entered if gone is None else gone] += count
    return Stays(*found)


def _parts(one: Stays) -> tuple[Any, ...]:
    return one.entered, one.left, one.last_seen


def _times(longest: int) -> list[int]:
    """Whole months, of long stays whole quarters or years."""
    months = int(longest / month_day(12) * 12) + 1
    step = next((step for step in (1, 3) if months <= step * MOST_MONTHS), 12)
    return [month_day(at) for at in range(0, months + 1, step)]


def _alike(each: dict[str, Stays]) -> LogRank:
    large = {name: one for name, one in each.items() if one.n >= LEAST}
    if len(each) > MOST_GROUPS:
        raise Refused(say("there are {count} segments; at most {most} are compared", count=len(each), most=MOST_GROUPS))
    return log_rank(large)


def _retention(asked: Asked) -> Cohorts:
    calendar = Calendar.over(asked.period.starts, asked.period.ends)
    query = COHORTS.format(cohort=calendar.cohort("customer_since"), completed=calendar.completed("last_day"))
    rows = asked.rows(query, **_days(asked))
    completed = np.zeros((len(calendar.names), calendar.most + 2), dtype=np.int64)
    for cohort, periods, count in rows:
        completed[cohort, min(periods, calendar.most + 1)] += count
    found = triangle(calendar.names, completed.sum(axis=1), stayed(completed), calendar.watched)
    return Cohorts(calendar.months, found, undated(asked))


def _days(asked: Asked) -> dict[str, dt.date]:
    return {"starts": asked.period.starts, "ends": asked.period.ends}
