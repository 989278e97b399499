"""What a series of figures says, as one sentence in both languages: where, since when, and by which rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from audit.measurement import Measurement
from audit.quantity import Quantity, Unit, decimals
from audit.text import Text, sentences
from audit.wording import say
from pipelines.methods.control_chart import DRAWN, FEWEST, Phase
from pipelines.methods.trend import Trend
from pipelines.signalling.clause import finer

CLEAR = 0.001
"""p-values below it are all shown as this."""


def verdict_word(verdict: str) -> Text:
    return {
        "stable": say("stable"),
        "improving": say("improving"),
        "worsening": say("worsening"),
        "changed": say("changed"),
        "too few points": say("too few points"),
        "not evaluated": say("not evaluated"),
    }[verdict]


def overlapping() -> Text:
    return say(
        "Not evaluated: periods that overlap are alike by the way they are made, so neither limits nor a trend can be "
        "told from them; look at single months."
    )


def unknown(why: Text | None) -> Text:
    if why is None:
        return say("Not evaluated: no period has a value.")
    return say("Not evaluated: the latest periods cannot be trusted ({reason}).", reason=why.within_a_sentence())


def few(phase: Phase, drawn: bool) -> Text:
    values = {"count": phase.points, "least": FEWEST}
    if phase.frozen_from_day:
        said = say(
            "Too few points: {count} since the change of {day}; at least {least} are needed to say what is ordinary.",
            **values, day=phase.frozen_from_day,
        )  # fmt: skip
    else:
        said = say("Too few points: {count}; at least {least} are needed to say what is ordinary.", **values)
    return sentences(said, say("The limits drawn are provisional.")) if drawn else said


def gappy() -> Text:
    return say("Too few points: fewer than {least} stand beside a neighbour, so what is ordinary cannot be told.",
               least=DRAWN)  # fmt: skip


def stable(latest: int, points: int, earlier: int, rules: Sequence[int]) -> Text:
    values = {"latest": latest, "count": points, "rules": ", ".join(map(str, rules))}
    said = say("Stable: the latest {latest} of {count} points give no signal (Nelson rules {rules}).", **values)
    if not earlier:
        return said
    return sentences(said, say("Signals in earlier points, passed since: {count}.", count=earlier))


def drifting(verdict: str, trend: Trend, unit: Unit) -> Text:
    return stated(verdict, _drift(trend, unit))


def trend_of(trend: Trend | None, unit: Unit) -> Text:
    """For who asks for the trend alone."""
    if trend is None:
        return say("Too few points: at least {least} are needed to tell a trend.", least=FEWEST)
    if trend.clear():
        said = stated("changed", _drift(trend, unit))
    else:
        said = say("No trend is shown over {count} points (Mann-Kendall, {p}).", count=trend.points, p=_chance(trend.p))
    if trend.stretch > 1:
        said = sentences(said, say("Neighbouring points are alike, so they count as fewer."))
    return with_season(said) if trend.seasonal else said


def _drift(trend: Trend, unit: Unit) -> Text:
    least = 10.0 ** -decimals(0, finer(unit))
    values = {"slope": _step(abs(trend.slope), unit), "count": trend.points, "p": _chance(trend.p)}
    if abs(trend.slope) < least / 2:
        return _slight(trend, values | {"slope": _step(least, unit)})
    if trend.score > 0:
        return say("over {count} points it rises by {slope} from one to the next (Mann-Kendall, {p})", **values)
    return say("over {count} points it falls by {slope} from one to the next (Mann-Kendall, {p})", **values)


def _step(size: float, unit: Unit) -> Quantity | Text:
    return say("{value} percentage points", value=f"{size:.1f}") if unit == "%" else Quantity(size, finer(unit))


def _slight(trend: Trend, values: Mapping[str, object]) -> Text:
    """Where a rise or fall is clear, yet too small for the decimals that are shown."""
    if trend.score > 0:
        return say(
            "over {count} points it rises more often than it falls, by less than {slope} from one to the next "
            "(Mann-Kendall, {p})",
            **values,
        )
    return say(
        "over {count} points it falls more often than it rises, by less than {slope} from one to the next "
        "(Mann-Kendall, {p})",
        **values,
    )


def _chance(p: float) -> str:
    return f"p < {CLEAR}" if p < CLEAR else f"p = {p:.3f}"


def with_season(said: Text) -> Text:
    return sentences(
        said, say("The figure returns with the seasons, so compare with the same months of the year before.")
    )


def with_gaps_as_one(said: Text) -> Text:
    return sentences(said, say("How long a period is cannot be told, so each gap counts as one period."))


def with_gap(said: Text, latest: Measurement) -> Text:
    return sentences(said, say("{period} is not evaluated and does not count.", period=latest.period))


def with_change_ahead(said: Text, day: dt.date) -> Text:
    ahead = say(
        "The change of {day} counts from the first period that begins on or after it; there is none yet.", day=day
    )
    return sentences(said, ahead)


def stated(verdict: str, clause: Text) -> Text:
    return {
        "improving": say("Improving: {clause}.", clause=clause),
        "worsening": say("Worsening: {clause}.", clause=clause),
        "changed": say("Changed: {clause}.", clause=clause),
    }[verdict]
