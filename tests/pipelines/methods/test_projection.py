"""The forecast of a period's end: against the textbook, against statsmodels, and covering as often as it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import t

from audit.errors import SourceError
from pipelines.methods.projection import DRIFTS, FEWEST, Ahead, Array, Months, given, project

VALUES = np.array([61.0, 64.5, 58.2, 66.1, 70.3, 69.9, 63.2, 68.8, 72.4])


def months(values: Any, size: Any = 1.0, at: Any = None) -> Months:
    value = np.asarray(values, dtype=float)
    return Months(
        np.arange(len(value), dtype=float) if at is None else at, value, np.broadcast_to(size, value.shape) * 1.0
    )


def ahead(first: int, count: int, size: float = 1.0) -> Ahead:
    at = np.arange(first, first + count, dtype=float)
    return Ahead(at, np.full(count, size), np.full(count, 1 / count))


@pytest.mark.parametrize("count", [1, 2, 6])
def test_of_a_level_that_stands_still_it_is_the_textbook_interval(count: int) -> None:
    """Student's prediction interval of the mean of `count` further values."""
    found = given(months(VALUES), ahead(9, count), drift=0.0)
    assert found.value == pytest.approx(np.mean(VALUES))
    assert found.scale == pytest.approx(np.std(VALUES, ddof=1) * np.sqrt(1 / 9 + 1 / count))


def test_shares_pool_their_counts() -> None:
    size = np.array([10.0, 200, 30, 40, 50, 60])
    share = np.array([50.0, 80, 70, 75, 60, 90])
    found = given(months(share, size), ahead(6, 1, 50), drift=0.0)
    assert found.value == pytest.approx(np.sum(share * size) / np.sum(size))


@pytest.mark.parametrize("drift", [DRIFTS[2], DRIFTS[5], DRIFTS[9]])
@pytest.mark.parametrize("count", [1, 3])
def test_of_a_level_that_wanders_it_is_what_statsmodels_says(drift: float, count: int) -> None:
    """The same model by a Kalman filter with a diffuse beginning."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    found = given(months(VALUES), ahead(9, count), drift)
    noise = 5.0  # any: the forecast depends on the ratio of the two variances alone
    model = UnobservedComponents(VALUES, "llevel", use_exact_diffuse=True)
    seen = model.smooth([noise, noise * drift]).get_forecast(count)
    assert found.value == pytest.approx(float(np.mean(seen.predicted_mean)), rel=1e-6)
    if count == 1:
        unit = given(months(VALUES), ahead(9, 1), drift).scale ** 2 / _noise(VALUES, drift)
        assert float(seen.var_pred_mean[0]) == pytest.approx(unit * noise, rel=1e-6)


def _noise(values: Array, drift: float) -> float:
    """The variance of a month's noise: from the standardised surprises of the filter, the first left out."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    seen = UnobservedComponents(values, "llevel", use_exact_diffuse=True).smooth([1.0, drift])
    surprise, variance = seen.forecasts_error[0][1:], seen.forecasts_error_cov[0, 0][1:]
    return float(np.sum(surprise**2 / variance) / (len(values) - 1))


def test_the_ends_are_where_a_tenth_of_the_mixture_lies_beyond() -> None:
    """By drawing from it."""
    found = project(months(VALUES), ahead(9, 2))
    parts = [given(months(VALUES), ahead(9, 2), drift) for drift in DRIFTS]
    logs = np.array([part.likelihood for part in parts])
    rng = np.random.default_rng(1)
    which = rng.choice(len(parts), 200_000, p=np.exp(logs) / np.exp(logs).sum())
    values, scales = (np.array([getattr(part, name) for part in parts])[which] for name in ("value", "scale"))
    drawn = values + scales * t.rvs(8, size=len(which), random_state=rng)
    low, high = np.quantile(drawn, [0.1, 0.9])
    assert found.low == pytest.approx(low, abs=0.05) and found.high == pytest.approx(high, abs=0.05)
    assert found.value == pytest.approx(drawn.mean(), abs=0.05)


WORLDS = ["shares that stand still", "shares that wander", "means that stand still", "means that wander", "rates"]


def drawn(world: str, rng: np.random.Generator, count: int) -> tuple[Array, Array]:
    n = rng.integers(30, 80, count).astype(float)
    if world.startswith("shares"):
        wander = np.cumsum(rng.normal(0, 0.03, count)) if "wander" in world else np.zeros(count)
        return 100 * rng.binomial(n.astype(int), np.clip(0.75 + wander, 0.02, 0.98)) / n, n
    if world == "rates":
        return 1000 * rng.poisson(0.03 * 20 * n) / (20 * n), 20 * n
    wander = np.cumsum(rng.normal(0, 2, count)) if "wander" in world else np.zeros(count)
    return 50 + wander + rng.normal(0, 15, count) / np.sqrt(n), n


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize(("known", "coming"), [(6, 1), (10, 2), (24, 2)])
def test_it_covers_as_often_as_it_says(world: str, known: int, coming: int) -> None:
    """Eight in ten; where nothing wanders it may be more, for nobody knows that beforehand. 600 trials: 3 x 1.6 %."""
    rng, hits, trials = np.random.default_rng(known * 100 + coming), 0, 600
    for _trial in range(trials):
        value, n = drawn(world, rng, known + coming)
        weight = n[known:] / n[known:].sum()
        to_come = Ahead(np.arange(known, known + coming, dtype=float), np.full(coming, n[:known].mean()), weight)
        found = project(months(value[:known], n[:known]), to_come)
        hits += found.low <= float(weight @ value[known:]) <= found.high
    assert 0.75 <= hits / trials <= (0.86 if "wander" in world else 0.92)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], f"only 0 months; at least {FEWEST} are needed"),
        ([80.0], "only 1 months"),
        ([80.0, 70, 75, 82, 79], "only 5 months"),
        ([80.0] * 6, "the months do not vary"),
        ([0.0] * 24, "the months do not vary"),
    ],
)
def test_it_refuses_what_says_too_little(values: list[float], words: str) -> None:
    with pytest.raises(SourceError, match=words):
        project(months(values), ahead(len(values), 1))


def test_where_months_do_not_vary_the_known_chance_of_one_record_counts() -> None:
    found = project(months([100.0] * 12, 30), ahead(12, 1, 30), least=400.0)
    assert found.low < 99 < 100 == pytest.approx(found.value)


many = st.lists(st.floats(0, 100), min_size=6, max_size=20).filter(lambda v: float(np.ptp(v)) > 0.01)


@settings(max_examples=40)
@whatever(many, st.floats(0.01, 100), st.floats(-1000, 1000))
def test_another_scale_moves_it_and_nothing_else(values: list[float], scale: float, shift: float) -> None:
    one, other = (project(months(v), ahead(len(values), 2)) for v in (values, np.array(values) * scale + shift))
    for name in ("value", "low", "high"):
        moved = getattr(one, name) * scale + shift
        assert getattr(other, name) == pytest.approx(moved, rel=1e-5, abs=1e-4 * scale + 1e-6)


@settings(max_examples=40)
@whatever(many, st.integers(1, 8))
def test_what_lies_further_ahead_is_less_sure(values: list[float], gap: int) -> None:
    near, far = (given(months(values), ahead(len(values) + more, 1), DRIFTS[5]) for more in (0, gap))
    assert near.value == pytest.approx(far.value) and near.scale < far.scale
