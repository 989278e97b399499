"""Groups and periods of one figure as the parts of a comparison, and what it says in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from audit.errors import SourceError
from audit.measurement import Kpi, Measurement
from audit.sentence import group_word
from audit.text import Text, listed
from audit.wording import say
from pipelines.methods.comparisons import Compared, Correction, Part, compare
from pipelines.methods.pooling import COUNTED, Months, method, months_of, pooled, standing
from pipelines.signalling.places import whole

FEWEST = 2
"""Periods that a side needs where the figure is no count: their scatter tells how sure it is."""
Points = Mapping[str, Sequence[Measurement]]


@dataclass(frozen=True)
class Comparison:
    compared: tuple[Compared, ...]
    left_out: dict[str, Text]
    """Group or period -> why it is not compared."""
    because: Text


def by_group(points: Sequence[Measurement], months: int = 0) -> Points:
    """Group -> its points, over the latest `months` that any group has; over all where it is 0."""
    ends = sorted({point.ends for point in points})
    first = ends[-months] if 0 < months <= len(ends) else dt.date.min
    named = [point for point in points if point.group and point.ends >= first]
    return {group: [p for p in named if p.group == group] for group in sorted({p.group for p in named})}


def by_period(points: Sequence[Measurement], length: str) -> Points:
    """Quarter or calendar year -> its months."""
    found: dict[str, list[Measurement]] = {}
    for point in points:
        quarter = f"-Q{(point.starts.month + 2) // 3}" if length == "quarter" else ""
        found.setdefault(f"{point.starts.year}{quarter}", []).append(point)
    return found


def compared(kpi: Kpi, parts: Points, correction: Correction = "holm") -> Comparison:
    """Each part against all others together. What has too few records is not compared, and counts for no other."""
    usable = {name: [point for point in points if _usable(point, kpi)] for name, points in parts.items()}
    left_out = {name: why for name, points in usable.items() if (why := _lacking(points, kpi))}
    sound = {name: points for name, points in usable.items() if name not in left_out}
    if len(sound) < 2:
        return Comparison((), left_out, say("Not compared: fewer than two groups have enough records."))
    every = compare({name: _part(name, sound, kpi) for name in sound}, method(kpi), correction)
    found = tuple(each for each in every if not isnan(each.p))
    alike = say("neither it nor the others vary, so how far chance reaches cannot be told")
    left_out |= {each.name: alike for each in every if isnan(each.p)}
    return Comparison(found, left_out, _because(found) if method(kpi) else _of_averages(_because(found)))


def refuse_without_bounds(kpi: Kpi, points: Iterable[Measurement]) -> None:
    """Counts are found again from value and n; a score or a mean needs its interval."""
    if kpi.interval in ("nps", "mean") and any(p.value is not None and None in (p.low, p.high) for p in points):
        raise SourceError(
            say(
                "the interval '{interval}' needs the columns 'low' and 'high', the 95 % interval of each row",
                interval=kpi.interval,
            )
        )


def _usable(point: Measurement, kpi: Kpi) -> bool:
    """Also a sound period with few records, where records are taken together: they count in the sum."""
    few = point.n < kpi.least and method(kpi) is not None
    return point.value is not None and np.isfinite(point.value) and point.n > 0 and whole(point) and (
        point.not_evaluated is None or few
    )  # fmt: skip


def _lacking(points: Sequence[Measurement], kpi: Kpi) -> Text | None:
    n = sum(point.n for point in points)
    if not points:
        return say("no period can be used")
    if n < kpi.least:
        return say("only {n} records; at least {least} are needed", n=n, least=kpi.least)
    if method(kpi) not in COUNTED and len(points) < FEWEST:
        return say("only one period; at least {least} are needed", least=FEWEST)
    return None


def _part(name: str, parts: Points, kpi: Kpi) -> Part:
    others = [point for other, points in parts.items() if other != name for point in points]
    return Part(months_of(parts[name], standing(kpi)), _together(others, kpi))


def _together(points: Sequence[Measurement], kpi: Kpi) -> Months:
    """All other groups, period by period as one figure."""
    spans = sorted({(point.starts, point.ends) for point in points})
    each = [[point for point in points if (point.starts, point.ends) == span] for span in spans]
    if all(len(alone) == 1 for alone in each):
        return months_of([point for alone in each for point in alone], standing(kpi))
    if method(kpi) is None:
        weights = [sum(point.n for point in some) for some in each]
        values = [sum(p.n * (p.value or 0.0) for p in some) / n for some, n in zip(each, weights, strict=True)]
        nothing = np.full(len(values), np.nan)
        return Months(np.array(values), np.array(weights, dtype=float), nothing, nothing, standing=standing(kpi))
    sides = [pooled(months_of(some, standing(kpi)), method(kpi)) for some in each]
    return Months(
        *(np.array([getattr(side, name) for side in sides], dtype=float) for name in ("value", "n", "low", "high"))
    )


def _because(found: Sequence[Compared]) -> Text:
    if not found:
        return say("Not compared: nothing varies, so how far chance reaches cannot be told.")
    named = [each for each in found if each.differs]
    values = {"count": len(found)}
    if not named:
        return say("Of {count} compared, none differs from the others by more than chance explains.", **values)
    above = [each.name for each in named if each.difference.value > 0]
    below = [each.name for each in named if each.difference.value < 0]
    if not below:
        return say("Of {count} compared, these lie above the others: {above}.", **values, above=_listed(above))
    if not above:
        return say("Of {count} compared, these lie below the others: {below}.", **values, below=_listed(below))
    return say(
        "Of {count} compared, these lie above the others: {above}; these below: {below}.",
        **values, above=_listed(above), below=_listed(below),
    )  # fmt: skip


def _of_averages(because: Text) -> Text:
    """Where records cannot be taken together, as those of a median or of a count of all that stand."""
    return say("{because} Each is held against the average of the others.", because=because)


def _listed(names: Sequence[str]) -> Text:
    return listed([group_word(name) for name in names])
