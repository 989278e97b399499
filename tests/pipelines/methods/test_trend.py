"""Mann-Kendall and Theil-Sen against scipy, against every permutation, and by how often chance is called a trend."""

from __future__ import annotations

import os
from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from pipelines.methods import trend as methods
from pipelines.methods.trend import FEWEST, Trend, trend

TRIALS = 2000 if os.environ.get("CI") else 150
"""Series in a simulation."""


def sure(values: list[float | None], cycle: int = 0) -> Trend:
    found = trend(values, cycle)
    assert found
    return found


distinct = st.lists(st.integers(-10_000, 10_000), min_size=10, max_size=30, unique=True).map(
    lambda each: [float(value) for value in each]
)
tied = st.lists(st.integers(0, 6).map(float), min_size=10, max_size=40)


@given(distinct)
def test_tau_slope_and_chance_are_those_of_scipy(values: list[float]) -> None:
    found, tau = sure(values), stats.kendalltau(range(len(values)), values, method="exact")
    slope = stats.theilslopes(values, range(len(values)))
    assert found.tau == pytest.approx(tau.statistic, abs=1e-12) and found.slope == pytest.approx(slope.slope, abs=1e-9)
    if found.stretch == 1:
        assert found.p == pytest.approx(tau.pvalue, rel=1e-9)
        assert (found.low, found.high) == pytest.approx((slope.low_slope, slope.high_slope), abs=1e-9)


@given(tied)
def test_with_equal_values_too(values: list[float]) -> None:
    """scipy's normal distribution has no correction for continuity, which is put in here."""
    assume(len(set(values)) > 1)
    found, tau = sure(values), stats.kendalltau(range(len(values)), values, method="asymptotic")
    assert found.tau == pytest.approx(tau.statistic, abs=1e-12)
    variance = methods.variance_of(values)
    if found.stretch == 1 and len(set(values)) < len(values):
        assert found.p == pytest.approx(2 * stats.norm.sf(max(abs(found.score) - 1, 0) / sqrt(variance)), rel=1e-9)
    assert tau.pvalue == pytest.approx(2 * stats.norm.sf(abs(found.score) / sqrt(variance)), rel=1e-6)


@pytest.mark.parametrize(
    "values", [[1.0, 2, 3, 4, 5, 6], [1.0, 1, 2, 2, 3, 3], [0.0, 0, 0, 5, 5, 9], [7.0, 7, 7, 7, 7, 1]]
)
def test_the_variance_is_that_of_every_order(values: list[float]) -> None:
    scores = [
        sum(np.sign(b - a) for i, a in enumerate(order) for b in order[i + 1 :]) for order in permutations(values)
    ]
    assert methods.variance_of(values) == pytest.approx(float(np.var(scores)))


@given(distinct, st.floats(0.01, 100), st.floats(-1e4, 1e4))
def test_shifting_and_scaling_changes_only_the_slope(values: list[float], scale: float, shift: float) -> None:
    here, there = sure(values), sure([value * scale + shift for value in values])
    assert there.score == here.score and there.slope == pytest.approx(here.slope * scale, rel=1e-6, abs=1e-6)
    assert there.p == pytest.approx(here.p, rel=1e-6)


@given(distinct)
def test_backwards_it_falls_as_it_rose(values: list[float]) -> None:
    here, there = sure(values), sure(values[::-1])
    assert (there.score, there.p) == (-here.score, pytest.approx(here.p, rel=1e-9))
    assert (there.slope, there.low, there.high) == pytest.approx((-here.slope, -here.high, -here.low), abs=1e-9)


def test_a_steady_rise_is_clear_and_its_slope_is_the_step() -> None:
    found = sure([50.0 + 2 * at for at in range(12)])
    assert (found.score, found.tau) == (66, 1.0) and (found.slope, found.low, found.high) == (2.0, 2.0, 2.0)
    assert found.clear(0.001) and found.p == pytest.approx(2 / 479_001_600)  # one of 12! orders, and its mirror image


def test_a_gap_keeps_its_length() -> None:
    """Ten points over twenty periods rise half as fast."""
    gapped = [value for at in range(10) for value in (float(at), None)]
    assert sure(gapped).slope == 0.5 and sure([float(at) for at in range(10)]).slope == 1.0


@pytest.mark.parametrize(
    "values",
    [[], [1.0] * 9, [None] * 30, [1.0, 2, 3, 4, 5, 6, 7, 8, 9, None, None], [float(at) for at in range(FEWEST - 1)]],
)
def test_too_few_points_give_no_trend(values: list[float | None]) -> None:
    assert trend(values) is None


@pytest.mark.parametrize("values", [[5.0] * 12, [1.0, 2.0] * 8, [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]])
def test_what_is_no_trend(values: list[float]) -> None:
    assert not sure(list(values)).clear()


def walks(likeness: float, count: int = 24) -> list[list[float]]:
    dice = np.random.default_rng(5)
    noise = dice.standard_normal((TRIALS, count + 50))
    found = np.zeros_like(noise)
    for at in range(1, count + 50):
        found[:, at] = likeness * found[:, at - 1] + noise[:, at]
    return [[float(each) for each in row] for row in found[:, 50:]]


@pytest.mark.parametrize(("likeness", "most"), [(0.0, 0.05), (0.3, 0.06), (0.6, 0.13)])
def test_chance_is_seldom_called_a_trend(likeness: float, most: float) -> None:
    """At 5 %; where neighbours are as alike as .6, 24 points can no longer tell likeness from trend."""
    called = sum(sure(list(each)).clear() for each in walks(likeness)) / TRIALS
    assert called <= most + 3 * sqrt(most * (1 - most) / TRIALS)


def test_without_the_correction_likeness_would_pass_for_a_trend(monkeypatch: pytest.MonkeyPatch) -> None:
    series = walks(0.6)
    corrected = sum(sure(list(each)).clear() for each in series)
    monkeypatch.setattr(methods, "likeness", lambda rest: 1.0)
    assert sum(sure(list(each)).clear() for each in series) > 2 * corrected


def test_a_trend_is_found_in_spite_of_noise() -> None:
    slope = np.arange(24) * 0.15
    assert sum(sure([a + b for a, b in zip(each, slope, strict=True)]).clear() for each in walks(0.0)) / TRIALS > 0.7


def seasons(years: int, height: float, seed: int = 2) -> list[float | None]:
    dice = np.random.default_rng(seed)
    wave = [height * np.sin(2 * np.pi * (at % 12) / 12) for at in range(12 * years)]
    return [float(each + dice.standard_normal()) for each in wave]


def test_seasons_are_noticed() -> None:
    assert sure(seasons(3, 4.0), 12).seasonal and sure(seasons(3, 4.0), 4).seasonal is False


@pytest.mark.parametrize(
    ("values", "cycle"),
    [
        (seasons(3, 0.0), 12),
        (seasons(3, 4.0), 0),  # nobody said what makes a year
        (seasons(1, 4.0), 12),  # one year tells no season from a trend
        (seasons(2, 4.0)[:23], 12),
        ([7.0] * 36, 12),
    ],
)
def test_where_no_season_can_be_told(values: list[float | None], cycle: int) -> None:
    assert not sure(values, cycle).seasonal


def test_chance_is_seldom_called_a_season() -> None:
    found = [sure(seasons(3, 0.0, seed), 12).seasonal for seed in range(TRIALS // 4)]
    assert sum(found) / len(found) < 0.05 + 3 * sqrt(0.05 * 0.95 / len(found))
