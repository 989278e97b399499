"""Where an objective is heading: the months so far carried to the end of the period, and what that means for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from audit.quantity import Quantity, number
from audit.targets.objective import Target
from audit.text import Text
from audit.wording import say
from pipelines.measuring.periods import DAY
from pipelines.methods.interval import Z
from pipelines.methods.projection import FEWEST, Ahead, Months, Projection, project

Outlook = Literal["on course", "at risk", "out of reach", "too early to say", "cannot be told"]
Composition = Literal["pooled", "summed"]
Scale = tuple[float, float]
"""The lowest and the highest value that there can be."""
MOST_MONTHS = 36
RECENT = 12
"""Months whose mean number of records is expected of each month to come."""
STALE_DAYS = 100
"""Without a value for longer than about three months, the level is not known any more."""
NEGLIGIBLE = 0.02
"""Of a figure's own interval: so little may be lost when months are put together."""


@dataclass(frozen=True)
class Forecast:
    """Of the figure at the end of the period, with an interval of 80 %."""

    outlook: Outlook
    because: Text
    value: float | None = None
    low: float | None = None
    high: float | None = None
    months: int = 0
    """On which it rests."""


@dataclass(frozen=True)
class _Known:
    """What is there of the period already, as a part of its figure, and the parts to come."""

    part: float
    ahead: Ahead


def forecast(
    months: pd.DataFrame,
    quarters: pd.DataFrame,
    target: Target,
    span: tuple[dt.date, dt.date],
    until: dt.date,
    scale: Scale | None = None,
) -> Forecast:
    """`months` and `quarters` are the rows of one group, in order of time; `until` is the last day that they cover.
    `scale` is that of the KPI."""
    months, quarters = (rows.astype({"n": float}) for rows in (months, quarters))
    own = months[(months["starts"] >= span[0]) & (months["ends"] <= span[1])]
    if _untrusted(own):
        return _untold(say("a month of the period is not evaluated"))
    composition = composed(months, quarters)
    if composition is None:
        return _untold(say("the figure of a longer period is not made up of those of its months"))
    usable = _usable(months, composition)
    if len(usable) < FEWEST:
        return _early(say("only {count} months with a value; at least {least} are needed",
                          count=len(usable), least=FEWEST))  # fmt: skip
    if (until - usable["ends"].max()).days > STALE_DAYS:
        return _untold(say("there is no value after {day}", day=usable["ends"].max()))
    least = _variance(usable, composition)
    if least == 0 and np.ptp(usable["value"].to_numpy(float)) == 0:
        return _early(say("the months do not vary, so how far chance reaches cannot be told"))
    known = _known(own, usable, composition, span, until)
    history = Months(_at(usable["starts"]), usable["value"].to_numpy(float), _sizes(usable, composition))
    found = _within_reach(project(history, known.ahead, least), known, scale or _scale(usable))
    return _told(target, found, len(usable), span[1])


def composed(months: pd.DataFrame, quarters: pd.DataFrame) -> Composition | None:
    """How a figure is made up of its months, as its own quarters show; None where neither way gives them."""
    pooled = summed = 0
    whole = 0
    for quarter in quarters.to_dict("records"):
        own = months[(months["starts"] >= quarter["starts"]) & (months["ends"] <= quarter["ends"])]
        if not np.isfinite(quarter["value"]) or _untrusted(own) or own["n"].sum() == 0:
            continue
        own, whole = own[own["n"] > 0], whole + 1
        wide = quarter["high"] - quarter["low"]
        room = max(1e-6 * max(1.0, abs(quarter["value"])), NEGLIGIBLE * wide if np.isfinite(wide) else 0.0)
        pooled += abs(float(np.average(own["value"], weights=own["n"])) - quarter["value"]) <= room
        summed += abs(float(own["value"].sum()) - quarter["value"]) <= room
    if not whole:
        return None
    return "pooled" if pooled == whole else "summed" if summed == whole else None


def _untrusted(months: pd.DataFrame) -> bool:
    """Not trusted by the gate, or hidden from whoever looks, who sees no count either."""
    return bool((months["value"].isna() & (months["n"] != 0)).any())


def _usable(months: pd.DataFrame, composition: Composition) -> pd.DataFrame:
    found = months[months["value"].notna() & (months["n"] > 0)]
    if composition == "summed":  # a month that was cut counts less than it should
        found = found[[starts.day == 1 and (ends + DAY).day == 1 for starts, ends in _days(found)]]
    return found.tail(MOST_MONTHS)


def _days(months: pd.DataFrame) -> list[tuple[dt.date, dt.date]]:
    return list(zip(months["starts"], months["ends"], strict=True))


def _variance(months: pd.DataFrame, composition: Composition) -> float:
    """Of one record, as the intervals of the months tell it; 0 where the figure has none."""
    half = (months["high"] - months["low"]).to_numpy(float) / 2
    told = _sizes(months, composition) * (half / Z) ** 2
    told = told[np.isfinite(told)]
    return float(np.median(told)) if len(told) else 0.0


def _sizes(months: pd.DataFrame, composition: Composition) -> np.ndarray:
    return months["n"].to_numpy(float) if composition == "pooled" else np.ones(len(months))


def _at(starts: Sequence[dt.date] | pd.Series) -> np.ndarray:
    return np.array([day.year * 12 + day.month for day in starts], dtype=float)


def _known(
    own: pd.DataFrame, usable: pd.DataFrame, composition: Composition, span: tuple[dt.date, dt.date], until: dt.date
) -> _Known:
    at, share = _to_come(span, until)
    own = own[own["n"] > 0]
    if composition == "summed":
        return _Known(float(own["value"].sum()), Ahead(at, share, share))
    size = share * float(usable["n"].tail(RECENT).mean())
    total = float(own["n"].sum()) + float(size.sum())
    return _Known(float((own["value"] * own["n"]).sum()) / total, Ahead(at, size, size / total))


def _to_come(span: tuple[dt.date, dt.date], until: dt.date) -> tuple[np.ndarray, np.ndarray]:
    """The months of the period that are not over, and how much of each is to come."""
    at, shares, day = [], [], max(until + DAY, span[0])
    while day <= span[1]:
        following = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        at.append(day.year * 12 + day.month)
        shares.append((following - day).days / (following - day.replace(day=1)).days)
        day = following
    return np.array(at, dtype=float), np.array(shares, dtype=float)


def _scale(months: pd.DataFrame) -> Scale:
    """No share leaves 0 to 100 %, and what was never negative is taken for a figure that cannot be."""
    share, negative = months["unit"].iloc[0] == "%", months["value"].min() < 0
    return -np.inf if negative else 0.0, 100.0 if share else np.inf


def _within_reach(found: Projection, known: _Known, scale: Scale) -> Projection:
    """What is there already stays; what is to come lies on the scale."""
    least, most = (known.part + bound * float(known.ahead.weight.sum()) for bound in scale)
    ends = (known.part + each for each in (found.value, found.low, found.high))
    return Projection(*(float(min(max(each, least), most)) for each in ends))


def _untold(why: Text) -> Forecast:
    return Forecast("cannot be told", why)


def _early(why: Text) -> Forecast:
    return Forecast("too early to say", why)


def _told(target: Target, found: Projection, months: int, ends: dt.date) -> Forecast:
    unit = (target.at_least or target.at_most or Quantity(0, "count")).unit
    low, high = (number(bound, unit, aligned=True) for bound in (found.low, found.high))
    value = Quantity(found.value, unit)
    shown = Text(en=value.said("en", aligned=True), zh=value.said("zh", aligned=True))
    expected = say(
        "expected by {day}: {value}, with a chance of 80 % from {low} to {high}",
        day=ends,
        value=shown,
        low=low,
        high=high,
    )
    given = {"expected": expected, "target": target.words}
    if target.met_by(found.low) and target.met_by(found.high):
        made = Forecast("on course", say("{expected}; all of that meets {target}", **given))
    elif target.missed_by_all(found.low, found.high):
        made = Forecast("out of reach", say("{expected}; none of that meets {target}", **given))
    else:
        made = Forecast("at risk", say("{expected}; only a part of that meets {target}", **given))
    return replace(made, value=found.value, low=found.low, high=found.high, months=months)


def outlook_word(outlook: Outlook) -> Text:
    return {
        "on course": say("on course"),
        "at risk": say("at risk"),
        "out of reach": say("out of reach"),
        "too early to say": say("too early to say"),
        "cannot be told": say("cannot be told"),
    }[outlook]
