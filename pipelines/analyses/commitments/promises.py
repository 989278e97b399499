"""Promises of codes of conduct and service levels that fell due: which were kept, and what came of the others."""

from __future__ import annotations

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.commitments.found import HELD, LEVELS, Broken, By, Levels, Promises
from pipelines.analyses.commitments.share import groups, share
from pipelines.analyses.part import Part
from pipelines.measuring.lineage import Read
from pipelines.methods.refused import Refused

MOST = 200
KEPT: Read = {"promises": frozenset({"code", "due_at", "kept_at", "kept", "compensated_on", "made_on"})}
SERVED: Read = {"promises": frozenset({"due_at", "level"})}
DUE = "due_on between $starts and $ends"


def promises(asked: Asked) -> Part[Promises]:
    return asked.part(KEPT, lambda: _kept(asked))


def levels(asked: Asked) -> Part[Levels]:
    return asked.part(SERVED, lambda: _levels(asked))


def _kept(asked: Asked) -> Promises:
    ends = asked.latest.ends
    ((due, kept, good),) = asked.rows(
        "select count(*), count(*) filter (where kept_in_time), "
        "count(*) filter (where not kept_in_time and compensated_on <= $ends) "
        f"from promises_due where {DUE}",
        starts=asked.latest.starts, ends=ends,
    )  # fmt: skip
    if not due:
        raise Refused(say("no promise fell due in the period"))
    ((still_due,),) = asked.rows("select count(*) from promises_due where due_on > $ends", ends=ends)
    return Promises(
        kept=share(kept, due),
        groups=groups("code", _by(asked, "code")) + groups("touchpoint", _by(asked, "touchpoint")),
        made_good=share(good, due - kept),
        broken=_broken(asked),
        still_due=still_due,
    )


def _by(asked: Asked, by: By) -> list[tuple[str, int, int]]:
    """Nothing where no row says it."""
    rows = asked.rows(
        f"select coalesce({by}, ''), count(*) filter (where kept_in_time), count(*) from promises_due "
        f"where {DUE} group by 1 order by 1",
        starts=asked.latest.starts, ends=asked.latest.ends,
    )  # fmt: skip
    return [(str(name), kept, due) for name, kept, due in rows] if any(name for name, *_ in rows) else []


def _broken(asked: Asked) -> tuple[Broken, ...]:
    rows = asked.rows(
        "select promise_id, code, coalesce(touchpoint, ''), due_on, "
        "case when cast(kept_at as date) <= $ends then cast(kept_at as date) end, "
        "case when compensated_on <= $ends then compensated_on end, _load, _line "
        f"from promises_due where {DUE} and not kept_in_time order by due_on desc, promise_id limit {MOST}",
        starts=asked.latest.starts, ends=asked.latest.ends,
    )  # fmt: skip
    return tuple(Broken(*row) for row in rows)


def _levels(asked: Asked) -> Levels:
    counted = dict(
        asked.rows(
            f"select level, count(*) from promises_due where {DUE} and level is not null group by 1 order by 1",
            starts=asked.latest.starts, ends=asked.latest.ends,
        )
    )  # fmt: skip
    counts = tuple(int(counted.get(level, 0)) for level in LEVELS)
    if not sum(counts):
        raise Refused(say("no promise of the period says which level of service the customer got"))
    return Levels(counts, share(sum(int(counted.get(level, 0)) for level in HELD), sum(counts)))
