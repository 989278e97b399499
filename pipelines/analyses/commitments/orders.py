"""The way of an order through the register: received, confirmed, reviewed, accepted, amended, told."""

from __future__ import annotations

from typing import Any

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.commitments.found import Entry, Orders, Share
from pipelines.analyses.commitments.share import groups, share, shares
from pipelines.analyses.part import Part
from pipelines.measuring.lineage import Read
from pipelines.methods.refused import Refused

MOST = 200
WAY: Read = {"contract_reviews": frozenset({"received_on", "accepted_on", "reviewed_on", "amended", "kind"})}
ORAL: Read = {"contract_reviews": frozenset({"accepted_on", "form", "kind", "confirmed_on"})}
DIFFERENT: Read = {"contract_reviews": frozenset({"accepted_on", "differs", "difference_resolved_on"})}
AMENDED: Read = {"contract_reviews": frozenset({"accepted_on", "amended", "kind", "told_on"})}
RECEIVED = "received_on between $starts and $ends"
ACCEPTED = "accepted_on between $starts and $ends"
IN_ORDER = "coalesce(reviewed_on <= accepted_on, false)"
KIND = "case when amended then 'amendment' else coalesce(kind, case when form = 'oral' then 'oral order' end, '') end"
"""Where the column of the kind is empty, form and mark say what they can."""


def orders(asked: Asked) -> Part[Orders]:
    return asked.part(WAY, lambda: _way(asked))


def confirmed(asked: Asked) -> Part[Share]:
    return asked.part(ORAL, lambda: _counted(asked, "form = 'oral'", "confirmed_on <= accepted_on"))


def resolved(asked: Asked) -> Part[Share]:
    return asked.part(DIFFERENT, lambda: _counted(asked, "differs", "difference_resolved_on <= accepted_on"))


def told(asked: Asked) -> Part[Share]:
    return asked.part(AMENDED, lambda: _counted(asked, "amended", "told_on <= $ends"))


def _way(asked: Asked) -> Orders:
    ((received, reviewed, accepted, amended),) = _rows(
        asked,
        "select count(*), count(*) filter (where reviewed_on <= $ends), count(*) filter (where accepted_on <= $ends), "
        f"count(*) filter (where amended) from order_reviews where {RECEIVED}",
    )
    ((committed, good),) = _rows(
        asked, f"select count(*), count(*) filter (where {IN_ORDER}) from order_reviews where {ACCEPTED}"
    )
    if not received and not committed:
        raise Refused(say("no order was received or accepted in the period"))
    of_received = shares([(reviewed, received), (accepted, received), (amended, received)])
    by_kind, by_form = _by(asked, KIND), _by(asked, "coalesce(form, '')")
    return Orders(
        received=received,
        reviewed=of_received[0],
        accepted=of_received[1],
        in_order=share(good, committed),
        amended=of_received[2],
        groups=groups("kind", by_kind) + groups("form", by_form),
        broken=committed - good,
        entries=_entries(asked),
    )


def _counted(asked: Asked, among: str, good: str) -> Share:
    ((found, of),) = _rows(
        asked,
        f"select count(*) filter (where {good}), count(*) from order_reviews where {ACCEPTED} and {among}",
    )
    return share(found, of)


def _by(asked: Asked, column: str) -> list[tuple[str, int, int]]:
    return _rows(
        asked,
        f"select {column}, count(*) filter (where {IN_ORDER}), count(*) from order_reviews "
        f"where {ACCEPTED} group by 1 order by 1",
    )


def _entries(asked: Asked) -> tuple[Entry, ...]:
    rows = _rows(
        asked,
        f"select review_id, order_id, {KIND}, received_on, accepted_on, reviewed_on, "
        "case when reviewed_on is null then 'never reviewed' else 'reviewed too late' end, _load, _line "
        f"from order_reviews where {ACCEPTED} and not {IN_ORDER} order by accepted_on desc, review_id limit {MOST}",
    )
    return tuple(Entry(*row) for row in rows)


def _rows(asked: Asked, query: str) -> list[tuple[Any, ...]]:
    given = {"starts": asked.latest.starts, "ends": asked.latest.ends}
    return asked.rows(query, **{name: day for name, day in given.items() if f"${name}" in query})
