"""Charts of counts: limits by the textbook, exact ones where events are rare, and Laney's where chance is not all."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from audit.text import Text
from pipelines.methods import attributes_chart as attributes
from pipelines.methods.control_chart import Asked, ControlChart, control_chart

WHY = Text(en="why", zh="为何")
JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
"""Montgomery, Introduction to Statistical Quality Control, table 7.1: nonconforming cans of frozen orange juice in 30
samples of 50. Printed for these: mean share .2313, limits .0524 and .4102, samples 15 and 23 above."""
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
"""The same, table 7.7: nonconformities in 26 samples of 100 printed circuit boards. Printed: mean 19.85, limits 6.48,
33.22, samples 6 and 20 outside."""


def charted(values: list[float], sizes: list[int], kind: str, per: float = 100.0, **more: Any) -> ControlChart:
    return control_chart(Asked(values, sizes, kind, per, **more), WHY)  # type: ignore[arg-type]


def test_a_p_chart_as_montgomery_printed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.methods.control_chart.FROZEN", 30)  # his limits rest on all thirty
    monkeypatch.setattr(attributes, "overdispersed", lambda steps: False)  # he does not ask
    found = charted([count / 50 for count in JUICE], [50] * 30, "p", 1.0, rules=(1,))
    assert [round(each or 0, 4) for each in (found.centre[0], found.low[0], found.high[0])] == [0.2313, 0.0524, 0.4102]
    assert [(s.first + 1, s.above) for s in found.signals] == [(15, True), (23, True)] and found.stretch == 1.0


def test_a_c_chart_as_montgomery_printed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.methods.control_chart.FROZEN", 26)
    monkeypatch.setattr(attributes, "overdispersed", lambda steps: False)  # he does not ask
    found = charted([float(each) for each in BOARDS], [100] * 26, "c", 1.0, rules=(1,))
    # he computes with the rounded mean and root
    assert [round(each or 0, 2) for each in (found.centre[0], found.low[0], found.high[0])] == pytest.approx(
        [19.85, 6.48, 33.22], abs=0.011
    )
    assert [(s.first + 1, s.above) for s in found.signals] == [(6, False), (20, True)]


def test_a_u_chart_is_a_c_chart_where_units_are_equal() -> None:
    counts = [float(each) for each in BOARDS]
    c = charted(counts, [1] * 26, "c", 1.0)
    u = charted([1000 * each / 250 for each in counts], [250] * 26, "u", 1000.0)
    assert [4 * (each or 0) for each in c.high] == pytest.approx(list(u.high)) and c.signals == u.signals


def test_each_point_has_limits_by_its_own_n() -> None:
    sizes = [100, 400] * 6
    found = charted([20.0] * 12, sizes, "p")
    spans = [(high or 0) - (middle or 0) for high, middle in zip(found.high, found.centre, strict=True)]
    assert spans == pytest.approx([3 * sqrt(20 * 80 / size) for size in sizes])


def test_the_centre_is_that_of_all_records_together() -> None:
    assert attributes.centre("p", [10.0, 50.0], [900, 100]) == pytest.approx(14.0)
    assert attributes.centre("c", [10.0, 50.0], [900, 100]) == 30.0


@given(st.lists(st.integers(0, 60), min_size=10, max_size=24), st.integers(60, 400))
def test_a_share_and_its_complement_give_the_same_signals(counts: list[int], size: int) -> None:
    here = charted([100 * each / size for each in counts], [size] * len(counts), "p")
    there = charted([100 - 100 * each / size for each in counts], [size] * len(counts), "p")
    assert [(s.rule, s.first, s.last, s.above) for s in here.signals] == [
        (s.rule, s.first, s.last, not s.above) for s in there.signals
    ]
    assert here.stretch == pytest.approx(there.stretch)


@pytest.mark.parametrize(
    ("kind", "middle", "size", "per", "expected"),
    [("p", 2.0, 100, 100.0, 2.0), ("p", 98.0, 100, 100.0, 2.0), ("u", 4.0, 500, 1000.0, 2.0), ("c", 2.0, 9, 1.0, 2.0)],
)
def test_events_that_are_to_be_expected(kind: str, middle: float, size: int, per: float, expected: float) -> None:
    assert attributes.expected(kind, middle, size, per) == pytest.approx(expected)


@pytest.mark.parametrize("mean", [0.02, 0.3, 1.0, 4.0])
@pytest.mark.parametrize("kind", ["c", "u", "p"])
def test_exact_limits_leave_out_no_more_than_they_may(kind: str, mean: float) -> None:
    """And one event more would be left out of more, so they are as narrow as can be."""
    size, per = 1000, {"c": 1.0, "u": 500.0, "p": 100.0}[kind]
    unit = {"c": 1.0, "u": per / size, "p": per / size}[kind]
    low, high = attributes.exact(kind, mean * unit, np.array([float(size)]), per, 24 * size)
    law = stats.binom(size, mean / size) if kind == "p" else stats.poisson(mean)
    most, fewest = round(float(high[0]) / unit), round(float(low[0]) / unit)
    assert law.sf(most) <= attributes.BEYOND < law.sf(most - 1)
    assert law.cdf(fewest - 1) <= attributes.BEYOND < law.cdf(fewest)


SOME = [0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]
RARE = [
    ([0.0] * 24, []),  # nothing at all is ordinary
    ([*[0.0] * 24, 1.0], []),  # the first event in two years may be chance
    ([*[0.0] * 24, 2.0], [24]),
    (SOME, []),
    ([*SOME, *SOME], []),
    ([*SOME, 3.0], []),
    ([*SOME, *SOME, 5.0], [24]),
    ([*SOME[:-1], 0.0, *[0.0] * 11], []),  # no run is looked for
]


@pytest.mark.parametrize(("values", "places"), RARE)
def test_rare_events(values: list[float], places: list[int]) -> None:
    found = charted(values, [1] * len(values), "c", 1.0)
    assert [s.first for s in found.signals] == places and found.rules == (1,)


@pytest.mark.parametrize("share", [0.0, 100.0])
def test_a_share_that_was_always_whole_allows_one_exception(share: float) -> None:
    one, two = (abs(share - 100 * events / 30) for events in (1, 2))
    shares = [share] * 24
    assert charted([*shares, one], [30] * 25, "p").signals == ()
    assert [s.first for s in charted([*shares, two], [30] * 25, "p").signals] == [24]


def rates(spread: float, size: int, count: int = 24) -> list[float]:
    dice = np.random.default_rng(7)
    shares = np.clip(0.3 + spread * dice.standard_normal(count), 0.01, 0.99)
    return [100 * float(each) / size for each in dice.binomial(size, shares)]


@pytest.mark.parametrize(("spread", "size"), [(0.0, 200), (0.0, 50_000), (0.002, 500)])
def test_chance_alone_is_not_widened(spread: float, size: int) -> None:
    assert charted(rates(spread, size), [size] * 24, "p").stretch == 1.0


def test_in_very_many_records_the_limits_are_widened_until_they_mean_something() -> None:
    size = 50_000
    values = rates(0.01, size)
    found = charted(values, [size] * 24, "p")
    wanted = 100 * 0.01 / (100 * sqrt(0.3 * 0.7 / size))
    assert found.stretch == pytest.approx(wanted, rel=0.35)
    assert [s.rule for s in found.signals] == []
    narrow = sqrt(found.centre[0] * (100 - found.centre[0]) / size) * 3  # type: ignore[operator]
    assert sum(abs(value - found.centre[0]) > narrow for value in values) >= 8, "without it a third would be signals"


def test_laneys_factor_as_he_defines_it() -> None:
    """The mean moving range of the standardised shares over 1.128."""
    size, values = 50_000, rates(0.01, 50_000)
    found = charted(values, [size] * 24, "p")
    middle = sum(values) / 24
    z = [(value - middle) / sqrt(middle * (100 - middle) / size) for value in values]
    by_hand = sum(abs(b - a) for a, b in zip(z, z[1:], strict=False)) / 23 / 1.128
    assert found.stretch == pytest.approx(by_hand)


def test_a_shift_is_found_and_not_taken_for_scatter() -> None:
    size, dice = 1000, np.random.default_rng(3)
    counts = [*dice.binomial(size, 0.3, 12), *dice.binomial(size, 0.42, 12)]
    found = charted([100 * float(each) / size for each in counts], [size] * 24, "p")
    assert found.stretch == 1.0 and found.signals


def test_scatter_is_found_where_it_is_and_seldom_by_chance() -> None:
    dice = np.random.default_rng(11)
    steps = [np.diff(dice.standard_normal(24)) for _ in range(2000)]
    assert sum(attributes.overdispersed(list(each)) for each in steps) / 2000 < 0.05
    assert sum(attributes.overdispersed(list(2 * each)) for each in steps) / 2000 > 0.9
