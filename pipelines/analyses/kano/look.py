"""Looks at the Kano answers of the latest 24 months, and at the customers who gave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.kano.found import Classes, Kano
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period, rolling, window
from pipelines.methods.kano import LEAST, Feature, classed, counted
from pipelines.methods.kano_segments import InSegments, in_segments
from pipelines.methods.kano_table import KanoClass
from pipelines.methods.refused import Refused

MONTHS = 24
"""What customers feel about a feature changes over the years; the contract calls answers stale after two."""
ASKED: Read = {"kano_answers": frozenset({"response_id", "feature", "answered_on", "functional", "dysfunctional"})}
OF_CUSTOMERS: Read = {
    "kano_answers": ASKED["kano_answers"] | {"customer_id"},
    "customers": frozenset({"customer_id", "segment"}),
}
WHOLE = "functional is not null and dysfunctional is not null"
ANY = "(functional is not null or dysfunctional is not null)"
DATED = "cast(answered_on as date) between $starts and $ends"


def look(asked: Asked) -> Kano:
    period = Period(rolling(MONTHS), f"{asked.period.ends:%Y-%m}", *window(MONTHS, asked.period.ends))
    return Kano(
        period.starts,
        period.ends,
        asked.part(ASKED, lambda: _classes(asked, period), period),
        asked.part(OF_CUSTOMERS, lambda: _segments(asked, period), period),
    )


def _classes(asked: Asked, period: Period) -> Classes:
    ((people, half),) = asked.rows(
        f"select count(distinct response_id), count(*) filter (where not ({WHOLE})) from kano_answers "
        f"where {DATED} and {ANY}",
        starts=period.starts, ends=period.ends,
    )  # fmt: skip
    rows = asked.rows(
        "select feature, functional, dysfunctional, count(*) from kano_answers "
        f"where {DATED} and {WHOLE} group by all order by all",
        starts=period.starts, ends=period.ends,
    )  # fmt: skip
    return classes(int(people), int(half), rows)


def classes(respondents: int, half: int, rows: Iterable[tuple[str, str, str, int]], least: int = LEAST) -> Classes:
    """From (feature, functional, dysfunctional, how many). Raises Refused where no feature has enough."""
    pairs = defaultdict[str, list[tuple[str, str, int]]](list)
    for feature, functional, dysfunctional, count in rows:
        pairs[feature].append((functional, dysfunctional, count))
    found, thin = [], {}
    for feature, each in sorted(pairs.items()):
        try:
            found.append(classed(feature, counted(each), least))
        except Refused:
            thin[feature] = sum(count for *_, count in each)
    if not found:
        most = max(thin.values(), default=0)
        raise Refused(
            say("no feature has {least} answers to both questions; the most are {most}", least=least, most=most)
        )
    return Classes(respondents, half, tuple(sorted(found, key=_weight)), thin)


def _weight(one: Feature) -> tuple[float, str]:
    carried = (one.better.value if one.better else 0.0) - (one.worse.value if one.worse else 0.0)
    return -carried, one.feature


def _segments(asked: Asked, period: Period) -> tuple[InSegments, ...]:
    rows = asked.rows(
        "select k.feature, c.segment, k.functional, k.dysfunctional, count(*) from kano_answers as k "
        f"join customers as c on c.customer_id = k.customer_id where {DATED} and {WHOLE} and c.segment is not null "
        "group by all order by all",
        starts=period.starts, ends=period.ends,
    )  # fmt: skip
    return segments(rows)


def segments(rows: Iterable[tuple[str, str, str, str, int]], least: int = LEAST) -> tuple[InSegments, ...]:
    """From (feature, segment, functional, dysfunctional, how many). Raises Refused where nothing can be compared."""
    pairs = defaultdict[str, dict[str, list[tuple[str, str, int]]]](lambda: defaultdict(list))
    for feature, segment, *pair, count in rows:
        pairs[feature][segment].append((pair[0], pair[1], count))
    counts: dict[str, dict[str, dict[KanoClass, int]]] = {
        feature: {segment: counted(each) for segment, each in by.items()} for feature, by in pairs.items()
    }
    found = tuple(each for each in in_segments(counts, least) if len(each.segments) > 1)
    if not found:
        raise Refused(say("no feature has {least} answers to both questions in two segments", least=least))
    return found
