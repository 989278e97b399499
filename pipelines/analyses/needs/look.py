"""Looks at the register of needs as it stood at the end of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, replace

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.needs.found import Need, Needs, Register, Step
from pipelines.analyses.needs.steps import STEPS, WAITS, Way, decided
from pipelines.measuring.lineage import Read
from pipelines.measuring.trust import Trust
from pipelines.methods.kano_table import CLASSES
from pipelines.methods.refused import Refused
from pipelines.sql import literal

MOST = 200
"""Needs that are listed one by one."""
READ = frozenset({"need_id", "raised_on", "status"})
SCORE = "importance * urgency * effect"
ORDER = f"""
    {SCORE} desc nulls last,
    case when {SCORE} is null then
        case priority when 'high' then 1 when 'medium' then 2 when 'low' then 3 else 4 end
    end,
    coalesce(list_position([{", ".join(map(literal, CLASSES))}], kano_class), {len(CLASSES) + 1}),
    raised_on,
    need_id
"""
"""By the priority matrix; where it ties by Kano's class, must-be first; then the older one."""
TABLE = "clauselight_needs"


def look(asked: Asked) -> Needs:
    since_ever = replace(asked.period, starts=dt.date.min)  # what is open rests on all that came before
    columns = READ | {column for column in ("met_on", "due_on") if _delivered(asked.trust, {column})}
    read: Read = {"customer_needs": columns}
    return Needs(asked.period.starts, asked.period.ends, asked.part(read, lambda: _register(asked), since_ever))


def _register(asked: Asked) -> Register:
    ways = {name: way for name, way in STEPS.items() if _recorded(asked.trust, way)}
    _stood(asked, ways)
    counted = ", ".join(
        f"count(*) filter (where {way.due} and {way.taken}), count(*) filter (where {way.due}), "
        f"count(*) filter (where waits_for = {literal(name)})"
        for name, way in STEPS.items()
    )
    ((count, complete, rejected, still_open, overdue, ownerless, untold, *steps),) = asked.rows(
        f"select count(*), count(*) filter (where waits_for = ''), count(*) filter (where rejected), "
        "count(*) filter (where open), count(*) filter (where overdue > 0), "
        f"count(*) filter (where open and owner is null), count(*) filter (where {STEPS['told'].due} "
        f"and not {STEPS['told'].taken}), {counted} from {TABLE}"
    )
    if not count:
        raise Refused(say("no need was raised in the period, and no older one is open"))
    said = dict(asked.rows(f"select coalesce(said_by, ''), count(*) from {TABLE} group by 1 order by 1"))
    found = _listed(asked)
    asked.rows(f"drop table {TABLE}")
    each = tuple(
        Step(name, taken, due, waiting, name in ways)
        for name, taken, due, waiting in zip(STEPS, steps[::3], steps[1::3], steps[2::3], strict=True)
    )
    return Register(
        count, complete, rejected, said, still_open, overdue, ownerless, untold if "told" in ways else 0, each, found,
        count - complete,
    )  # fmt: skip


def _recorded(trust: Trust, way: Way) -> bool:
    return any(_delivered(trust, set(columns)) for columns in way.shown_by)


def _delivered(trust: Trust, columns: set[str]) -> bool:
    """Whether some file of the register had all of these columns."""
    own = (load for load in trust.loads.values() if load.source == "customer_needs" and load.published)
    return any(columns <= set(load.delivered) for load in own)


def _stood(asked: Asked, ways: dict[str, Way]) -> None:
    """One row for each need in question, with what is known at the end of the period and what it waits for."""
    waits = " ".join(f"when {WAITS[name]} and not {way.taken} then {literal(name)}" for name, way in ways.items())
    asked.rows(
        f"create or replace temp table {TABLE} as with r as (select *, coalesce(status, '') = 'rejected' as rejected, "
        f"{decided()} as met from customer_needs where raised_on <= $ends), s as (select *, not met and not rejected "
        "as open, $ends as ends from r) select *, case when open and due_on < ends then ends - due_on else 0 end as "
        f"overdue, case {waits} else '' end as waits_for, case when open then row_number() over (partition by open "
        f"order by {ORDER}) end as rank from s where open or raised_on >= $starts",
        starts=asked.period.starts, ends=asked.period.ends,
    )  # fmt: skip


def _listed(asked: Asked) -> tuple[Need, ...]:
    texts = ("priority", "kano_class", "feature", "product", "kind", "said_by", "expectation")
    columns = {name: f"coalesce({name}, '')" for name in texts} | {
        "id": "need_id", "score": SCORE, "owned": "owner is not null", "load": "_load", "line": "_line",
    }  # fmt: skip
    names = [each.name for each in fields(Need)]
    rows: Sequence[tuple[object, ...]] = asked.rows(
        f"select {', '.join(columns.get(name, name) for name in names)} from {TABLE} where waits_for <> '' "
        f"order by overdue > 0 desc, rank nulls last, raised_on, need_id limit {MOST}"
    )
    return tuple(Need(**dict(zip(names, row, strict=True))) for row in rows)  # type: ignore[arg-type]
