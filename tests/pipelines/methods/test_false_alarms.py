"""How often the rules cry out where nothing happened: as often as Nelson and Wheeler say, and no more."""

from __future__ import annotations

import os
from functools import cache
from math import sqrt

import numpy as np
import pytest

from audit.text import Text
from pipelines.methods.control_chart import FROZEN, Asked, control_chart
from pipelines.methods.nelson import RULES, Signal, signals

SERIES = 600 if os.environ.get("CI") else 120
LENGTH = 250
WHY = Text(en="why", zh="为何")
ALARMS: dict[int, tuple[float, float]] = {
    1: (0.0027, 0.0027),
    2: (0.0015, 0.0030),
    3: (0.0010, 0.0030),
    4: (0.0015, 0.0045),
    5: (0.0018, 0.0034),
    6: (0.0020, 0.0040),
    7: (0.0010, 0.0033),
    8: (0.00004, 0.0003),
}
"""Signals that begin at a point of an ordinary series, by rule: between these two. Exactly .0027 for the first; for the
others from the chance of the pattern, less what belongs to the same signal. A run of nine begins after a change of
side: half of the points, times 2^-8, is .00195; fifteen within one deviation, .3173 times .6827^15, .00104."""


@cache
def ordinary() -> list[list[float]]:
    dice = np.random.default_rng(1984)
    return [[float(each) for each in row] for row in dice.standard_normal((SERIES, LENGTH))]


def rate(rule: int) -> float:
    """Signals for each point, with known limits."""
    found: list[Signal] = [each for series in ordinary() for each in signals(series, series, (rule,))]
    return len(found) / (SERIES * LENGTH)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_cries_as_seldom_as_it_should(rule: int) -> None:
    least, most = ALARMS[rule]
    error = 4 * sqrt(most / (SERIES * LENGTH))  # four standard errors of a rate
    assert least - error <= rate(rule) <= most + error


def test_the_chance_of_a_run_and_of_a_calm_are_those_reckoned_by_hand() -> None:
    points = SERIES * LENGTH
    assert rate(2) == pytest.approx(0.5 * 0.5**8, abs=4 * sqrt(0.002 / points) + 0.0001)
    assert rate(7) == pytest.approx(0.3173 * 0.6827**15, abs=4 * sqrt(0.00104 / points) + 0.0001)


def test_more_rules_more_false_alarms() -> None:
    def disturbed(rules: tuple[int, ...]) -> int:
        return sum(bool(signals(series[:24], series[:24], rules)) for series in ordinary())

    few, many = disturbed((1, 2)), disturbed(RULES)
    assert few / SERIES < 0.15 and many > 1.5 * few


def test_limits_of_two_years_judge_the_third_nearly_as_well_as_known_ones() -> None:
    """Limits from 24 points are unsure, so a little more than .27 % of later points lie beyond them."""
    beyond = points = 0
    for series in ordinary():
        found = control_chart(Asked(series[: FROZEN + 12], (), "XmR", rules=(1,)), WHY)
        beyond += sum(each.first >= FROZEN for each in found.signals)
        points += 12
    assert 0.0015 < beyond / points < 0.016


@pytest.mark.parametrize("n", [60, 400])
def test_shares_of_ordinary_times_seldom_lie_beyond_their_limits(n: int) -> None:
    dice = np.random.default_rng(n)
    shares = dice.binomial(n, 0.8, (SERIES, 24)) / n * 100
    found = [control_chart(Asked([float(v) for v in row], [n] * 24, "p", rules=(1,)), WHY) for row in shares]
    assert sum(len(each.signals) for each in found) / (SERIES * 24) < 0.006


@pytest.mark.parametrize("mean", [0.1, 0.5, 2.0])
def test_rare_events_of_ordinary_times_seldom_do_either(mean: float) -> None:
    """A limit of counts as they are for a normal figure would call every month with one event a signal."""
    dice = np.random.default_rng(8)
    counts = dice.poisson(mean, (SERIES, 24))
    found = [control_chart(Asked([float(v) for v in row], [1] * 24, "c", 1.0), WHY) for row in counts]
    assert sum(len(each.signals) for each in found) / (SERIES * 24) < 0.004


@pytest.mark.parametrize("shift", [3.0])
def test_a_real_shift_is_found_within_the_year(shift: float) -> None:
    """The other side: what must fire. A shift of three deviations, for twelve points after two calm years."""
    caught = 0
    for series in ordinary():
        moved = [*series[:FROZEN], *(each + shift for each in series[FROZEN : FROZEN + 12])]
        found = control_chart(Asked(moved, (), "XmR"), WHY)
        caught += any(each.last >= FROZEN and each.above for each in found.signals)
    assert caught / SERIES > 0.97
