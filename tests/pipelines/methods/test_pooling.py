"""Months taken together give what all their records give at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from pipelines.methods.interval import mean, nps, poisson, wilson
from pipelines.methods.pooling import Months, pooled

counts = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=3, max_size=12)
answers = st.lists(st.tuples(*[st.integers(0, 30)] * 3).filter(lambda c: sum(c) > 0), min_size=3, max_size=12)
scores = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=20), min_size=3, max_size=8)


def array(values: object) -> np.ndarray:
    return np.array(values, dtype=float)


@given(counts)
def test_shares_taken_together_are_the_share_of_all_records(months: list[tuple[int, int]]) -> None:
    n, good = array([n for n, _ in months]), array([min(x, n) for n, x in months])
    found = pooled(Months(100 * good / n, n, *wilson(100 * good / n, n)), "wilson")
    low, high = proportion_confint(good.sum(), n.sum(), method="wilson")
    assert (found.value, found.n, found.months) == (pytest.approx(100 * good.sum() / n.sum()), n.sum(), len(n))
    assert (found.low, found.high) == pytest.approx((100 * low, 100 * high))


@given(answers)
def test_net_promoter_scores_taken_together_are_the_score_of_all_answers(months: list[tuple[int, int, int]]) -> None:
    """Promoters and detractors are found again, also where the interval was clipped at an end of the scale."""
    detractors, passives, promoters = array(months).T
    n = detractors + passives + promoters
    value = 100 * (promoters - detractors) / n
    found = pooled(Months(value, n, *nps(promoters, detractors, n)), "nps")
    low, high = nps(*(array([each.sum()]) for each in (promoters, detractors, n)))
    assert found.value == pytest.approx(100 * (promoters.sum() - detractors.sum()) / n.sum())
    assert (found.low, found.high) == pytest.approx((low[0], high[0]), abs=1e-6)


@given(scores)
def test_means_taken_together_are_the_mean_of_all_answers(months: list[list[int]]) -> None:
    value, n = array([np.mean(m) for m in months]), array([len(m) for m in months])
    deviation = array([np.std(m, ddof=1) if len(m) > 1 else np.nan for m in months])
    found = pooled(Months(value, n, *mean(value, deviation, n)), "mean")
    every = [score for month in months for score in month]
    assert found.value == pytest.approx(np.mean(every))
    assert found.error == pytest.approx(stats.sem(every), abs=1e-9)
    half = stats.t.ppf(0.975, len(every) - 1) * stats.sem(every) if np.ptp(every) else np.nan  # all alike: no interval
    assert (found.low, found.high) == pytest.approx(
        (np.mean(every) - half, np.mean(every) + half), abs=1e-9, nan_ok=True
    )


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 40)), min_size=3, max_size=12))
def test_rates_taken_together_are_the_rate_of_all_events(months: list[tuple[int, int]]) -> None:
    n, events = array(months).T
    found = pooled(Months(1000 * events / n, n, *poisson(events, n)), "poisson")
    high = 1000 * stats.chi2.ppf(0.975, 2 * (events.sum() + 1)) / 2 / n.sum()
    assert (found.value, found.high) == (pytest.approx(1000 * events.sum() / n.sum()), pytest.approx(high))


@given(st.lists(st.floats(0, 100), min_size=3, max_size=12))
def test_where_records_cannot_be_taken_together_the_months_are_the_observations(values: list[float]) -> None:
    nothing = array([np.nan] * len(values))
    found = pooled(Months(array(values), array([50] * len(values)), nothing, nothing), None)
    assert (found.value, found.error) == (pytest.approx(np.mean(values)), pytest.approx(stats.sem(values), abs=1e-9))
    assert (found.freedom, found.scatter) == (len(values) - 1, 0)


@pytest.mark.parametrize(("standing", "n"), [(True, 30), (False, 60)])
def test_records_that_stand_over_months_are_counted_once(standing: bool, n: int) -> None:
    nothing = array([np.nan] * 3)
    assert pooled(Months(array([10, 9, 11]), array([10, 20, 30]), nothing, nothing, standing=standing), None).n == n


@pytest.mark.parametrize(
    ("good", "n"), [([8, 8, 8], [10, 10, 10]), ([30, 10, 50], [100, 100, 100]), ([4, 9, 0], [5, 10, 20])]
)
def test_the_scatter_of_shares_is_the_chi_square_of_their_table(good: list[int], n: list[int]) -> None:
    share = 100 * array(good) / array(n)
    table = [good, [size - x for x, size in zip(good, n, strict=True)]]
    expected = stats.chi2_contingency(table, correction=False).statistic
    found = pooled(Months(share, array(n), *wilson(share, array(n))), "wilson")
    assert found.scatter == pytest.approx(expected, abs=1e-9)
