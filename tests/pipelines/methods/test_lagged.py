"""Correlations by unit and lag: a known lag is found again, intervals hold what they promise, thin data is refused."""

from __future__ import annotations

import numpy as np
import pytest
from corrections import corrected
from scipy.stats import pearsonr, spearmanr

from pipelines.methods.lagged import LEAST_PAIRS, LEAST_UNITS, Lag, lagged
from pipelines.methods.refused import Refused


def at(leading: np.ndarray, following: np.ndarray, lag: int = 0) -> Lag:
    return next(each for each in lagged(leading, following).lags if each.lag == lag)


def moved(
    rng: np.random.Generator, units: int, periods: int, lag: int, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """The second follows the first after so many periods."""
    first = rng.normal(0, 1, (units, periods))
    then = rng.normal(0, 1, (units, periods))
    then[:, lag:] = strength * first[:, : periods - lag] + np.sqrt(1 - strength**2) * then[:, lag:]
    return first, then


@pytest.mark.parametrize("lag", [0, 1, 2, 4])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_lag_that_was_put_in_is_the_surest(lag: int, sign: int) -> None:
    first, then = moved(np.random.default_rng(lag), 8, 12, lag, 0.8)
    found = lagged(first, sign * then)
    assert found.strongest.lag == lag
    assert [each.lag for each in found.lags if each.clear] == [lag]
    pearson = found.strongest.pearson
    assert pearson and pearson.low is not None and pearson.high is not None
    assert pearson.low <= sign * 0.8 <= pearson.high


def test_figures_are_those_of_scipy_where_units_are_not_alike() -> None:
    first, then = moved(np.random.default_rng(5), 12, 1, 0, 0.5)  # one pair for each unit: nothing to be alike
    found = at(first, then)
    oracle = pearsonr(first.ravel(), then.ravel())
    assert found.pearson and found.spearman and found.between
    assert found.pearson.value == pytest.approx(oracle.statistic)
    assert [found.pearson.low, found.pearson.high] == pytest.approx(list(oracle.confidence_interval()), abs=1e-9)
    assert found.spearman.value == pytest.approx(spearmanr(first.ravel(), then.ravel()).statistic)
    assert found.between.value == pytest.approx(oracle.statistic)
    assert found.within is None


def test_within_and_between_are_told_apart() -> None:
    """Units that stand high in the one stand high in the other, while in each unit the two run against each other."""
    rng = np.random.default_rng(3)
    level, ups = np.arange(8.0)[:, None] * 3, rng.normal(0, 1, (8, 10))
    found = at(level + ups, level - ups)
    assert found.within and found.between and found.within.value == pytest.approx(-1)
    assert found.between.value > 0.95 and found.between.n == 8
    means = [(level + ups).mean(axis=1), (level - ups).mean(axis=1)]
    assert found.between.value == pytest.approx(np.corrcoef(means)[0, 1])


WORLDS = [
    # units, periods, share of the variance that belongs to the unit, true correlation
    (8, 8, 0.5, 0.0),
    (10, 6, 0.0, 0.5),
    (12, 6, 0.3, 0.4),
    (5, 8, 0.7, 0.0),
]


@pytest.mark.parametrize(("units", "periods", "own", "true"), WORLDS)
def test_the_interval_covers_what_is_true_though_pairs_of_one_unit_are_alike(
    units: int, periods: int, own: float, true: float
) -> None:
    rng, hits, within, rounds = np.random.default_rng(8), 0, 0, 200
    for _ in range(rounds):
        level, noise = rng.normal(0, 1, (2, units, 1)), rng.normal(0, 1, (2, units, periods))
        for pair in (level, noise):
            pair[1] = true * pair[0] + np.sqrt(1 - true**2) * pair[1]
        both = np.sqrt(own) * level + np.sqrt(1 - own) * noise
        lag = lagged(both[0], both[1], [0]).lags[0]
        assert lag.pearson and lag.within and lag.within.low is not None and lag.within.high is not None
        low, high = (lag.pearson.low, lag.pearson.high) if lag.pearson.low is not None else (-1.0, 1.0)
        hits += low <= true <= (high or 1.0)
        within += lag.within.low <= true <= lag.within.high
    assert hits / rounds >= 0.92 and 0.91 <= within / rounds <= 0.99
    if not own:
        assert hits / rounds <= 0.98


def test_pairs_of_units_that_are_alike_count_as_fewer() -> None:
    level = np.arange(6.0)[:, None] * 5 + np.random.default_rng(1).normal(0, 0.1, (6, 8))
    found = at(level, level[::-1] + 0.0)
    assert found.pairs == 48 and found.pearson and found.pearson.n < 7


def test_lags_are_corrected_for_how_many_they_are() -> None:
    first, then = moved(np.random.default_rng(2), 8, 8, 0, 0.4)
    alone, several = lagged(first, then, [0]).lags[0], lagged(first, then).lags
    assert alone.pearson and alone.adjusted == alone.pearson.p
    p = [each.pearson.p for each in several if each.pearson]
    assert [each.adjusted for each in several] == pytest.approx(corrected([value for value in p if value is not None]))


def rows(units: int, periods: int) -> np.ndarray:
    return np.random.default_rng(units).normal(0, 1, (units, periods))


REFUSED = [
    (rows(LEAST_UNITS - 1, 12), f"only {LEAST_UNITS - 1} units have both figures"),
    (rows(1, 30), "only 1 units have both figures"),
    (np.full((6, 6), np.nan), "only 0 units have both figures"),
    (rows(9, 1), f"only 9 pairs of unit and period have both figures; at least {LEAST_PAIRS} are needed"),
    (np.ones((6, 6)), "one of the figures is the same everywhere"),
]


@pytest.mark.parametrize(("leading", "told"), REFUSED)
def test_thin_data_is_refused_with_what_is_missing(leading: np.ndarray, told: str) -> None:
    with pytest.raises(Refused, match=told):
        lagged(leading, rows(*leading.shape)[::-1])


def test_a_lag_with_too_few_pairs_says_so_and_the_others_stand() -> None:
    found = lagged(rows(4, 4), rows(4, 4)[::-1].copy()).lags
    assert [bool(each.because) for each in found] == [False, False, True, True, True]
    assert found[2].because and found[2].because.en.startswith("only 8 pairs")
    assert found[4].pairs == 0 and all(each.pearson is None for each in found[2:])


def test_four_units_have_no_correlation_between_them() -> None:
    found = at(rows(4, 6), rows(4, 6)[::-1].copy())
    assert found.pearson and found.within and found.between is None


def test_the_order_of_units_changes_nothing() -> None:
    first, then = moved(np.random.default_rng(6), 7, 9, 1, 0.5)
    order = np.random.default_rng(7).permutation(7)
    one, other = lagged(first, then), lagged(first[order], then[order])
    for a, b in zip(one.lags, other.lags, strict=True):
        assert a.pearson and b.pearson and a.pearson.value == pytest.approx(b.pearson.value)
        assert a.pearson.n == pytest.approx(b.pearson.n)
