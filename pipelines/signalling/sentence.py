"""What a series of figures says, as one sentence in both languages: where, since when, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence

from audit.measurement import Kpi, Measurement
from audit.quantity import Quantity, Unit
from audit.text import Text
from audit.wording import say
from pipelines.methods.control_chart import DRAWN, FEWEST, ControlChart, Phase
from pipelines.methods.nelson import Signal
from pipelines.methods.trend import Trend

MEAN_OF_COUNTS: tuple[Unit, ...] = ("count", "months")
"""Units of whole numbers, whose limits need decimals."""
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
    return _and(said, say("The limits drawn are provisional.")) if drawn else said


def gappy() -> Text:
    return say("Too few points: fewer than {least} stand beside a neighbour, so what is ordinary cannot be told.",
               least=DRAWN)  # fmt: skip


def stable(latest: int, points: int, earlier: int, rules: Sequence[int]) -> Text:
    values = {"latest": latest, "count": points, "rules": ", ".join(map(str, rules))}
    said = say("Stable: the latest {latest} of {count} points give no signal (Nelson rules {rules}).", **values)
    if not earlier:
        return said
    return _and(said, say("Signals in earlier points, passed since: {count}.", count=earlier))


def signalled(verdict: str, signal: Signal, kpi: Kpi, points: Sequence[Measurement], chart: ControlChart) -> Text:
    clause = _clause(signal, kpi.unit, points, chart)
    return _stated(verdict, say("{clause} (Nelson rule {rule})", clause=clause, rule=signal.rule))


def drifting(verdict: str, trend: Trend, unit: Unit) -> Text:
    return _stated(verdict, _drift(trend, unit))


def trend_of(trend: Trend | None, unit: Unit) -> Text:
    """For who asks for the trend alone."""
    if trend is None:
        return say("Too few points: at least {least} are needed to tell a trend.", least=FEWEST)
    if trend.clear():
        said = _stated("changed", _drift(trend, unit))
    else:
        said = say("No trend is shown over {count} points (Mann-Kendall, {p}).", count=trend.points, p=_chance(trend.p))
    if trend.stretch > 1:
        said = _and(said, say("Neighbouring points are alike, so they count as fewer."))
    return with_season(said) if trend.seasonal else said


def _drift(trend: Trend, unit: Unit) -> Text:
    slope: Quantity | Text = Quantity(abs(trend.slope), _finer(unit))
    if unit == "%":
        slope = say("{value} percentage points", value=f"{abs(trend.slope):.1f}")
    values = {"slope": slope, "count": trend.points, "p": _chance(trend.p)}
    if trend.score > 0:
        return say("over {count} points it rises by {slope} from one to the next (Mann-Kendall, {p})", **values)
    return say("over {count} points it falls by {slope} from one to the next (Mann-Kendall, {p})", **values)


def _chance(p: float) -> str:
    return f"p < {CLEAR}" if p < CLEAR else f"p = {p:.3f}"


def with_season(said: Text) -> Text:
    return _and(said, say("The figure returns with the seasons, so compare with the same months of the year before."))


def with_gap(said: Text, latest: Measurement) -> Text:
    return _and(said, say("{period} is not evaluated and does not count.", period=latest.period))


def _clause(signal: Signal, unit: Unit, points: Sequence[Measurement], chart: ControlChart) -> Text:
    first, last = points[signal.first], points[signal.last]
    values = {"first": first.period, "last": last.period, "count": signal.last - signal.first + 1}
    if signal.rule == 1:
        limit = chart.high[signal.last] if signal.above else chart.low[signal.last]
        return _beyond(bool(signal.above), last, _amount(limit, unit), unit)
    if signal.rule == 2:
        line = _amount(chart.centre[signal.last], unit)
        if signal.above:
            return say("since {first} {count} points in a row lie above the centre line of {line}", **values, line=line)
        return say("since {first} {count} points in a row lie below the centre line of {line}", **values, line=line)
    if signal.rule in (5, 6):
        return _near(signal, values)
    return {
        (3, True): say("from {first} to {last} {count} points in a row rise", **values),
        (3, False): say("from {first} to {last} {count} points in a row fall", **values),
        (4, None): say("from {first} to {last} {count} points go up and down by turns", **values),
        (7, None): say(
            "from {first} to {last} {count} points in a row lie unusually close to the centre line", **values
        ),
        (8, None): say("from {first} to {last} {count} points in a row lie far from the centre line", **values),
    }[signal.rule, signal.above]


def _near(signal: Signal, values: dict[str, object]) -> Text:
    if signal.rule == 5:
        if signal.above:
            return say("from {first} to {last} two of three points lie far above the centre line", **values)
        return say("from {first} to {last} two of three points lie far below the centre line", **values)
    if signal.above:
        return say("from {first} to {last} four of five points lie well above the centre line", **values)
    return say("from {first} to {last} four of five points lie well below the centre line", **values)


def _beyond(above: bool, point: Measurement, limit: Text, unit: Unit) -> Text:
    values = {"period": point.period, "value": _amount(point.value, unit), "limit": limit}
    if above:
        return say("{period} lies at {value}, above the upper limit of {limit}", **values)
    return say("{period} lies at {value}, below the lower limit of {limit}", **values)


def _stated(verdict: str, clause: Text) -> Text:
    return {
        "improving": say("Improving: {clause}.", clause=clause),
        "worsening": say("Worsening: {clause}.", clause=clause),
        "changed": say("Changed: {clause}.", clause=clause),
    }[verdict]


def _amount(value: float | None, unit: Unit) -> Text:
    known = Quantity(value if value is not None else 0.0, _finer(unit))
    return Text(en=known.said("en", aligned=True), zh=known.said("zh", aligned=True))


def _finer(unit: Unit) -> Unit:
    return "score" if unit in MEAN_OF_COUNTS else unit


def _and(one: Text, other: Text) -> Text:
    return Text(en=f"{one.en} {other.en}", zh=f"{one.zh}{other.zh}")
