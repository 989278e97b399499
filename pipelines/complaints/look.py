"""Looks at the complaints of a period: the open ones on its last day, and what those that came in it were about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np

from pipelines.complaints.found import Band, Complaints, OpenCase, Pareto, Repeat, Share, Step
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.interval import wilson
from pipelines.sql import name

BANDS = ((0, 7), (8, 30), (31, 90), (91, None))
"""Days; a usual way to look at ageing and nobody's criterion."""
MOST = 200
"""Open complaints, and repeats, that are listed one by one."""
ABOUT = ("category", "product", "channel")
OPEN = "(closed_at is null or cast(closed_at as date) > $ends)"
RECEIVED = "cast(received_at as date) between $starts and $ends"
RETURNED = (
    "customer_id is not null and category is not null "
    "and date_diff('day', cast(previous_closed_at as date), cast(received_at as date)) between 0 and 180"
)
"""As the KPI repeat_complaints counts them."""
CHAIN = {
    "acknowledged": "acknowledged_at is not null",
    "corrected": "corrected",
    "cause found": "caused",
    "action taken": "acted",
    "effect reviewed": "reviewed",
}
"""The steps in the order of ISO 10002, each with what shows it."""
STEPS = """
select {counts}, count(*) as closed
from (
    select
        k.acknowledged_at,
        coalesce(trim(k.correction), '') <> '' or coalesce(s.corrected, false) as corrected,
        coalesce(trim(k.cause), '') <> '' or coalesce(s.caused, false) as caused,
        coalesce(s.acted, false) as acted,
        coalesce(s.reviewed, false) as reviewed
    from cases as k
    left join (
        select
            complaint_id,
            bool_or(kind = 'correction' and what is not null) as corrected,
            bool_or(kind = 'cause' and what is not null) as caused,
            bool_or(kind = 'corrective action' and what is not null) as acted,
            bool_or(kind = 'effectiveness review' and done_on is not null) as reviewed
        from complaint_actions
        group by complaint_id
    ) as s on s.complaint_id = k.complaint_id
    where cast(k.closed_at as date) between $starts and $ends
)
"""
Rows = list[tuple[Any, ...]]


def look(connection: duckdb.DuckDBPyConnection, trust: Trust, starts: dt.date, ends: dt.date) -> Complaints:
    """Nothing is said of complaints whose data cannot be trusted, and of steps whose records cannot."""
    period = Period("audit_period", f"{starts} to {ends}", starts, ends)
    doubt = trust.doubt("open_complaints", period)
    if doubt.not_evaluated:
        return Complaints(starts, ends, doubt.not_evaluated)
    steps = trust.doubt("complaints_with_action", period)
    asked = Asked(connection, starts, ends)
    return Complaints(
        starts,
        ends,
        warning=doubt.warning,
        open=asked.open(),
        ageing=asked.ageing(),
        oldest=asked.oldest(),
        paretos=tuple(filter(None, map(asked.pareto, ABOUT))),
        repeats=asked.repeats(),
        steps=() if steps.not_evaluated else asked.steps(),
        unproven_steps=steps.not_evaluated,
    )


class Asked:
    """Questions about the complaints of one period."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, starts: dt.date, ends: dt.date) -> None:
        self.connection, self.starts, self.ends = connection, starts, ends

    def open(self) -> int:
        return int(self._rows(f"select count(*) from cases where cast(received_at as date) <= $ends and {OPEN}")[0][0])

    def ageing(self) -> tuple[Band, ...]:
        counts = self._rows(
            f"select $ends - cast(received_at as date) as days, count(*), count(*) filter (where due_on < $ends) "
            f"from cases where cast(received_at as date) <= $ends and {OPEN} group by days"
        )
        return tuple(_band(least, most, counts) for least, most in BANDS)

    def oldest(self) -> tuple[OpenCase, ...]:
        told = ", ".join(f"coalesce({column}, '')" for column in ("category", "product", "segment", "severity"))
        rows = self._rows(
            "select complaint_id, cast(received_at as date), $ends - cast(received_at as date), due_on, "
            f"{told}, acknowledged_at is not null, _load, _line from cases "
            f"where cast(received_at as date) <= $ends and {OPEN} order by received_at, complaint_id limit {MOST}"
        )
        return tuple(OpenCase(*row) for row in rows)

    def pareto(self, by: str) -> Pareto | None:
        """None where no file said it of any complaint of the period."""
        rows = self._rows(
            f"select coalesce({name(by)}, ''), count(*) from cases where {RECEIVED} group by 1 order by 2 desc, 1"
        )
        return _pareto(by, [(str(group), int(count)) for group, count in rows]) if any(g for g, _ in rows) else None

    def repeats(self) -> tuple[Repeat, ...]:
        rows = self._rows(
            f"select customer_id, category, count(*), max(cast(received_at as date)), arg_max({OPEN}, received_at) "
            f"from cases where {RECEIVED} and {RETURNED} group by 1, 2 order by 3 desc, 4 desc, 1, 2 limit {MOST}"
        )
        return tuple(Repeat(*row) for row in rows)

    def steps(self) -> tuple[Step, ...]:
        counts = ", ".join(f"count(*) filter (where {shown})" for shown in CHAIN.values())
        *taken, closed = self._rows(STEPS.format(counts=counts))[0]
        return tuple(Step(step, count, closed) for step, count in zip(CHAIN, taken, strict=True))

    def _rows(self, query: str) -> Rows:
        given = {"starts": self.starts, "ends": self.ends}
        return self.connection.execute(query, {key: day for key, day in given.items() if f"${key}" in query}).fetchall()


def _band(least: int, most: int | None, counts: Rows) -> Band:
    within = [(count, overdue) for days, count, overdue in counts if least <= days and (most is None or days <= most)]
    return Band(least, most, sum(count for count, _ in within), sum(overdue for _, overdue in within))


def _pareto(by: str, counts: Sequence[tuple[str, int]]) -> Pareto:
    total = sum(count for _, count in counts)
    shares = np.array([100 * count / total for _, count in counts])
    low, high = wilson(shares, np.full(len(shares), float(total)))
    running = 100 * np.cumsum([count for _, count in counts]) / total
    groups = (
        Share(group, count, float(shares[at]), float(low[at]), float(high[at]), float(running[at]))
        for at, (group, count) in enumerate(counts)
    )
    return Pareto(by, total, tuple(groups))
