"""What a signal says, as a part of a sentence: which points, where they lie, and whether that has passed."""

from __future__ import annotations

from collections.abc import Sequence

from audit.measurement import Measurement
from audit.quantity import Quantity, Unit
from audit.text import Text
from audit.wording import say
from pipelines.methods.control_chart import ControlChart
from pipelines.methods.nelson import Signal

MEAN_OF_COUNTS: tuple[Unit, ...] = ("count", "months")
"""Units of whole numbers, whose limits need decimals."""
SIDED = (1, 2, 5, 6)
"""Rules whose points lie on one side of the centre line."""


def clause(signal: Signal, newest: int, unit: Unit, points: Sequence[Measurement], chart: ControlChart) -> Text:
    """`newest` is the place of the newest point that is evaluated."""
    said = say("{clause} (Nelson rule {rule})", clause=_points(signal, newest, unit, points, chart), rule=signal.rule)
    value = points[newest].value
    side = _above(value, chart.centre[newest])
    if signal.rule not in SIDED or side in (None, signal.above):
        return said
    values = {"clause": said, "period": points[newest].period, "value": _amount(value, unit)}
    if side:
        return say("{clause}; {period} lies at {value}, above the centre line", **values)
    return say("{clause}; {period} lies at {value}, below the centre line", **values)


def _above(value: float | None, centre: float | None) -> bool | None:
    """None on the line."""
    return None if value is None or centre is None or value == centre else value > centre


def _points(signal: Signal, newest: int, unit: Unit, points: Sequence[Measurement], chart: ControlChart) -> Text:
    first, last = points[signal.first], points[signal.last]
    passed = signal.last < newest
    values = {"first": first.period, "last": last.period, "count": signal.last - signal.first + 1}
    if signal.rule == 1:
        limit = chart.high[signal.last] if signal.above else chart.low[signal.last]
        return _beyond(signal, passed, {"value": _amount(last.value, unit), "limit": _amount(limit, unit)}, last.period)
    if signal.rule == 2:
        return _run(signal, passed, values | {"line": _amount(chart.centre[signal.last], unit)})
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


def _beyond(signal: Signal, passed: bool, values: dict[str, Text], period: str) -> Text:
    if passed and signal.above:
        return say("in {period} a point lay at {value}, above the upper limit of {limit}", period=period, **values)
    if passed:
        return say("in {period} a point lay at {value}, below the lower limit of {limit}", period=period, **values)
    if signal.above:
        return say("{period} lies at {value}, above the upper limit of {limit}", period=period, **values)
    return say("{period} lies at {value}, below the lower limit of {limit}", period=period, **values)


def _run(signal: Signal, passed: bool, values: dict[str, object]) -> Text:
    if passed and signal.above:
        return say("from {first} to {last} {count} points in a row lay above the centre line of {line}", **values)
    if passed:
        return say("from {first} to {last} {count} points in a row lay below the centre line of {line}", **values)
    if signal.above:
        return say("since {first} {count} points in a row lie above the centre line of {line}", **values)
    return say("since {first} {count} points in a row lie below the centre line of {line}", **values)


def _near(signal: Signal, values: dict[str, object]) -> Text:
    if signal.rule == 5:
        if signal.above:
            return say("from {first} to {last} two of three points lie far above the centre line", **values)
        return say("from {first} to {last} two of three points lie far below the centre line", **values)
    if signal.above:
        return say("from {first} to {last} four of five points lie well above the centre line", **values)
    return say("from {first} to {last} four of five points lie well below the centre line", **values)


def _amount(value: float | None, unit: Unit) -> Text:
    known = Quantity(value if value is not None else 0.0, finer(unit))
    return Text(en=known.said("en", aligned=True), zh=known.said("zh", aligned=True))


def finer(unit: Unit) -> Unit:
    return "score" if unit in MEAN_OF_COUNTS else unit
