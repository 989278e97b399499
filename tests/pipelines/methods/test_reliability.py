"""Reliability: printed and independent figures, what a constant or the order must not change, and blank rows."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from statsmodels.multivariate.factor import Factor

from pipelines.methods.one_factor import one_factor
from pipelines.methods.refused import Refused
from pipelines.methods.reliability import alpha, correlations, covariances, feldt, reliability

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "400"))
PRINTED = np.array(
    [
        [1.168, 0.557, 0.574, 0.673],
        [0.557, 1.012, 0.690, 0.720],
        [0.574, 0.690, 1.169, 0.724],
        [0.673, 0.720, 0.724, 1.291],
    ]
)
"""UCLA, What does Cronbach's alpha mean? The page prints an alpha of .839 for these covariances."""


def scores(seed: int, n: int = 200, loadings: tuple[float, ...] = (0.9, 0.7, 0.8, 0.6)) -> np.ndarray:
    rng = np.random.default_rng(seed)
    thing = rng.normal(size=(n, 1))
    return thing * np.array(loadings) + rng.normal(size=(n, len(loadings))) * np.sqrt(1 - np.array(loadings) ** 2)


def test_the_printed_alpha() -> None:
    assert alpha(PRINTED) == pytest.approx(0.839, abs=0.0005)
    assert reliability(list("abcd"), PRINTED, 100).alpha == alpha(PRINTED)


def test_two_questions_by_hand() -> None:
    """Alpha of two standardised questions is Spearman and Brown's 2r / (1 + r)."""
    assert alpha(np.array([[1, 0.5], [0.5, 1]])) == pytest.approx(2 * 0.5 / 1.5)


def test_feldts_interval_holds_the_true_alpha_as_often_as_promised() -> None:
    rng, k, shared = np.random.default_rng(8), 5, 0.5
    true = alpha(np.full((k, k), shared) + (1 - shared) * np.eye(k))
    inside = 0
    for _ in range(ROUNDS):
        answers = rng.normal(size=(60, 1)) * np.sqrt(shared) + rng.normal(size=(60, k)) * np.sqrt(1 - shared)
        low, high = feldt(alpha(covariances(answers)[0]), 60, k)
        inside += low <= true <= high
    assert inside / ROUNDS == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / ROUNDS) + 0.01)


@pytest.mark.parametrize("seed", range(5))
def test_the_one_factor_is_that_of_statsmodels(seed: int) -> None:
    correlation = correlations(covariances(scores(seed))[0])
    found = one_factor(correlation)
    assert found is not None
    oracle = Factor(corr=correlation, n_factor=1, method="ml", nobs=200).fit()
    assert found[0] == pytest.approx(np.abs(oracle.loadings[:, 0]), abs=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_omega_is_what_a_plain_search_finds(seed: int) -> None:
    """The likelihood, minimised over loadings and unique variances of the covariances as they are."""
    covariance = covariances(scores(seed) * np.array([1, 2, 3, 0.5]))[0]

    def distance(both: np.ndarray) -> float:
        implied = np.outer(both[:4], both[:4]) + np.diag(np.exp(both[4:]))
        return float(np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, covariance)))

    spread = np.diag(covariance)
    best = minimize(distance, [*(0.7 * np.sqrt(spread)), *np.log(spread / 2)], method="BFGS", options={"gtol": 1e-7}).x
    omega = best[:4].sum() ** 2 / (best[:4].sum() ** 2 + np.exp(best[4:]).sum())
    assert reliability(list("abcd"), covariance, 200).omega == pytest.approx(omega, abs=1e-5)


def test_omega_meets_alpha_where_all_questions_are_equally_close() -> None:
    found = reliability(list("abcd"), np.full((4, 4), 0.4) + 0.6 * np.eye(4), 500)
    assert found.omega == pytest.approx(found.alpha, abs=1e-6)
    assert found.composite == pytest.approx(found.alpha, abs=1e-6)


def test_alpha_without_a_question_is_alpha_of_the_others() -> None:
    answers = scores(4)
    found = reliability(list("abcd"), *covariances(answers))
    others = pd.DataFrame(answers).drop(columns=2)
    k, variances, total = 3, others.var().sum(), others.sum(axis=1).var()
    assert found.questions[2].alpha_without == pytest.approx(k / (k - 1) * (1 - variances / total))
    rest = others.sum(axis=1)
    assert found.questions[2].with_rest == pytest.approx(np.corrcoef(answers[:, 2], rest)[0, 1])


def test_blank_respondents_are_left_out_and_not_counted_as_zero() -> None:
    """Twenty-five blank questionnaires summed as zero would lift an alpha of .91 to .96."""
    answers = np.clip(np.rint(5.5 + 1.6 * scores(21, 300, (0.86, 0.82, 0.86, 0.86, 0.84))), 1, 10)
    as_zero = np.vstack([answers, np.zeros((25, 5))])
    honest, inflated = (
        5 / 4 * (1 - each.var(axis=0, ddof=1).sum() / each.sum(axis=1).var(ddof=1)) for each in (answers, as_zero)
    )
    assert (round(honest, 2), round(inflated, 2)) == (0.91, 0.96)
    found = reliability(list("abcde"), *covariances(np.vstack([answers, np.full((25, 5), np.nan)])))
    assert (found.n, found.alpha) == (300, pytest.approx(honest))


def test_half_answered_questionnaires_are_left_out_whole() -> None:
    answers = scores(6)
    partly = answers.copy()
    partly[:50, 1] = np.nan
    assert reliability(list("abcd"), *covariances(partly)) == reliability(list("abcd"), *covariances(answers[50:]))


@given(st.integers(0, 50), st.lists(st.floats(-50, 50), min_size=4, max_size=4), st.permutations(range(4)))
@settings(max_examples=30)
def test_neither_a_constant_nor_the_order_changes_it(seed: int, added: list[float], order: list[int]) -> None:
    answers = scores(seed)
    one = reliability(list("abcd"), *covariances(answers))
    moved = reliability(list("abcd"), *covariances((answers + np.array(added))[:, order]))
    assert (moved.alpha, moved.low, moved.omega) == pytest.approx((one.alpha, one.low, one.omega), abs=1e-6)


@given(st.integers(0, 50), st.floats(0.1, 100))
@settings(max_examples=30)
def test_nor_does_another_unit_for_all(seed: int, unit: float) -> None:
    one, other = (reliability(list("abcd"), *covariances(scores(seed) * by)) for by in (1, unit))
    assert (one.alpha, one.omega) == pytest.approx((other.alpha, other.omega), abs=1e-6)


@pytest.mark.parametrize(("turned", "named"), [((), ()), ((1,), ("b",)), ((0, 1, 2), ("d",)), ((1, 2, 3), ("a",))])
def test_questions_that_run_the_other_way_are_named(turned: tuple[int, ...], named: tuple[str, ...]) -> None:
    """Of four questions turned around three, the one that is left runs the other way."""
    sign = np.array([-1.0 if at in turned else 1.0 for at in range(4)])
    covariance = covariances(scores(3) * sign)[0]
    assert reliability(list("abcd"), covariance, 200).opposite == named


def test_of_two_questions_that_contradict_each_other_both_are_named() -> None:
    assert reliability(["a", "b"], np.array([[1.0, -0.6], [-0.6, 1.0]]), 100).opposite == ("a", "b")
    assert reliability(["a", "b"], np.array([[1.0, -0.2], [-0.2, 1.0]]), 100).opposite == ()


@pytest.mark.parametrize("loading", [0.0, 0.1])
def test_a_question_that_goes_its_own_way_does_not_run_the_other_way(loading: float) -> None:
    assert reliability(list("abcd"), *covariances(scores(5, 2000, (0.9, 0.8, 0.8, -loading)))).opposite == ()


@pytest.mark.parametrize(
    ("covariance", "n", "words"),
    [
        (PRINTED, 29, "only 29 respondents"),
        (PRINTED, 0, "only 0 respondents"),
        (np.array([[1.0]]), 100, "one question alone"),
        (np.array([[1.0, 0.0], [0.0, 0.0]]), 100, "same answer to b"),
        (np.array([[1.0, -1.0], [-1.0, 1.0]]), 100, "cancel each other out"),
    ],
)
def test_what_has_no_reliability_is_refused(covariance: np.ndarray, n: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        reliability(list("abcd")[: len(covariance)], covariance, n)


@pytest.mark.parametrize(
    "correlation",
    [
        np.array([[1, 0.5], [0.5, 1]]),  # two questions fit any factor
        np.ones((3, 3)),  # the same answers throughout
        np.array([[1, 0.9, 0.9], [0.9, 1, 0.5], [0.9, 0.5, 1]]),  # one question would be the factor itself
    ],
)
def test_a_factor_that_does_not_hold_is_not_told(correlation: np.ndarray) -> None:
    assert one_factor(correlation) is None


@pytest.mark.real_data
@pytest.mark.parametrize("block", ["IMAG", "CUEX", "PERQ", "PERV", "CUSA", "CUSL"])
def test_mobile_phones_against_an_independent_computation(real_data: Path, block: str) -> None:
    table = pd.read_csv(real_data / "ecsi_mobi" / "mobi.csv")
    own = table[[name for name in table.columns if name.startswith(block)]]
    found = reliability(list(own.columns), *covariances(own.to_numpy(float)))
    k = own.shape[1]
    assert found.alpha == pytest.approx(k / (k - 1) * (1 - own.var().sum() / own.sum(axis=1).var()))
    mean_r = (own.corr().to_numpy().sum() - k) / (k * (k - 1))
    assert found.standardised == pytest.approx(k * mean_r / (1 + (k - 1) * mean_r))
    if found.composite is not None:
        loadings = Factor(corr=own.corr().to_numpy(), n_factor=1, method="ml", nobs=250).fit().loadings[:, 0]
        common = loadings.sum() ** 2
        assert found.composite == pytest.approx(common / (common + (1 - loadings**2).sum()), abs=1e-4)
