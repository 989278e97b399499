"""Early answers against late ones: who answers late resembles who never does (Armstrong and Overton, 1977).

The difference of the satisfied shares has the interval of Newcombe (1998), method 10. The share that all invited
customers might have given is extrapolated from the late answers to those who did not answer, with the interval of Zou
and Donner (2008). Limits: likeness of late and missing answers is an assumption that no data of the survey can show;
customers who bought lately answer sooner for reasons of their own; reminders are not told apart from patience.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from audit.wording import say
from pipelines.methods.difference import Difference, beyond
from pipelines.methods.interval import wilson
from pipelines.methods.refused import Refused

LATE_AFTER = 7
"""Days, as in the KPI late_early_difference."""
LEAST = 30
WAVES = ((None, 7), (8, 14), (15, 28), (29, None))
"""First and last day of each wave; the first takes answers dated before their invitation too."""


@dataclass(frozen=True)
class Wave:
    """`value` is the share of satisfied answers in per cent; None where nobody answered."""

    first: int | None
    last: int | None
    n: int
    good: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class EarlyLate:
    early: Wave
    late: Wave
    waves: tuple[Wave, ...]
    difference: Difference
    """Late less early, in points."""
    expected: Difference | None
    """The satisfied share of all invited, if those who never answered are like those who answered late."""
    before_invitation: int
    """Answers dated before their invitation; they count as early."""


def early_late(waited: Mapping[int, tuple[int, int]], response_rate: float | None = None) -> EarlyLate:
    """Days from invitation to answer -> satisfied answers, answers. The response rate is in per cent."""
    early, late = _wave(waited, None, LATE_AFTER), _wave(waited, LATE_AFTER + 1, None)
    if not early.n + late.n:
        raise Refused(say("no answer can be matched with its invitation, so nobody knows which came late"))
    if min(early.n, late.n) < LEAST:
        raise _thin(early.n, late.n)
    waves = tuple(_wave(waited, first, last) for first, last in WAVES)
    before = sum(n for days, (_, n) in waited.items() if days < 0)
    apart = beyond(_interval(late), _interval(early))
    return EarlyLate(early, late, waves, apart, _expected(early, late, response_rate), before)


def _thin(early: int, late: int) -> Refused:
    if late <= early:
        return Refused(say("only {n} answers came late; at least {least} are needed", n=late, least=LEAST))
    return Refused(say("only {n} answers came early; at least {least} are needed", n=early, least=LEAST))


def _wave(waited: Mapping[int, tuple[int, int]], first: int | None, last: int | None) -> Wave:
    inside = [
        counts for days, counts in waited.items() if (first is None or days >= first) and (last is None or days <= last)
    ]
    good, n = sum(good for good, _ in inside), sum(n for _, n in inside)
    if not n:
        return Wave(first, last, 0, 0, None, None, None)
    low, high = wilson(np.array([100 * good / n]), np.array([float(n)]))
    return Wave(first, last, n, good, 100 * good / n, float(low[0]), float(high[0]))


def _interval(wave: Wave) -> Difference:
    assert wave.value is not None and wave.low is not None and wave.high is not None
    return Difference(wave.value, wave.low, wave.high)


def _expected(early: Wave, late: Wave, response_rate: float | None) -> Difference | None:
    if response_rate is None or not 0 < response_rate <= 100:
        return None
    rate, n = response_rate / 100, early.n + late.n
    parts = [(rate * early.n / n, _interval(early)), (rate * late.n / n + 1 - rate, _interval(late))]
    value = sum(share * part.value for share, part in parts)
    down = hypot(*(share * (part.value - part.low) for share, part in parts))
    up = hypot(*(share * (part.high - part.value) for share, part in parts))
    return Difference(value, value - down, value + up)
