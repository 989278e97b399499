"""Respondents against customers: by scipy, by hand, and by what the groups' order and names must not change."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact

from pipelines.methods.refused import Refused
from pipelines.methods.representativeness import representativeness, told

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "400"))


def test_chi_square_and_residuals_are_those_of_the_table_of_answered_or_not() -> None:
    base, answered = {"a": 500, "b": 300, "c": 200}, {"a": 80, "b": 30, "c": 10}
    found = representativeness(base, answered)
    table = np.array([[80, 30, 10], [420, 270, 190]])
    oracle = chi2_contingency(table, correction=False)
    assert (found.statistic, found.p, found.freedom) == pytest.approx((oracle.statistic, oracle.pvalue, oracle.dof))
    assert found.how == "chi-square" and found.verdict == "differs"
    expected, share = table[:, 1].sum() * 120 / 1000, 300 / 1000
    by_hand = (30 - expected) / np.sqrt(expected * (1 - share) * (1 - 120 / 1000) * 1000 / 999)
    assert found.groups[1].residual == pytest.approx(by_hand)


def test_the_effect_size_by_hand() -> None:
    """Half and half are customers, 60 and 40 answered: w = sqrt(.1²/.5 + .1²/.5) = .2."""
    assert representativeness({"a": 500, "b": 500}, {"a": 60, "b": 40}).w == pytest.approx(0.2)


def test_a_group_is_judged_exactly_and_with_regard_to_the_others() -> None:
    found = representativeness({"a": 40, "b": 30, "c": 30}, {"a": 25, "b": 9, "c": 6})
    alone = fisher_exact([[25, 15], [15, 45]], alternative="greater").pvalue
    assert found.groups[0].p == pytest.approx(3 * 2 * alone)
    assert found.groups[0].residual > 0 and found.groups[0].p < 0.05 and not found.groups[1].missing


def test_thin_tables_are_drawn_and_agree_with_the_exact_test() -> None:
    found = representativeness({"a": 20, "b": 8}, {"a": 9, "b": 1})
    exact = fisher_exact([[9, 1], [11, 7]]).pvalue
    assert found.how == "drawn tables"
    assert found.p == pytest.approx(exact, abs=0.02)
    assert representativeness({"a": 20, "b": 8}, {"a": 9, "b": 1}) == found


def test_where_everybody_answered_nothing_is_left_to_chance() -> None:
    found = representativeness({"a": 4, "b": 3}, {"a": 4, "b": 3})
    assert (found.p, found.w, found.indicator, found.verdict) == (1.0, 0.0, 1.0, "alike")


def test_the_r_indicator_of_groups_that_answer_in_very_different_numbers() -> None:
    """Rates of 1 and 0 in halves of the population have a standard deviation of .5, so R is 0."""
    assert representativeness({"a": 500, "b": 500}, {"a": 500}).indicator == pytest.approx(0, abs=1e-3)


def test_the_r_indicator_is_not_lowered_by_chance() -> None:
    rng = np.random.default_rng(5)
    base, rate = np.array([300, 200, 500]), np.array([0.2, 0.3, 0.25])
    whole = base @ rate / base.sum()
    true = base @ (rate - whole) ** 2 / base.sum()
    squares = [
        ((1 - representativeness(_named(base), _named(rng.binomial(base, rate))).indicator) / 2) ** 2
        for _ in range(ROUNDS)
    ]
    plain = true + (rate * (1 - rate) * (1 - base / base.sum())).sum() / base.sum()
    assert abs(np.mean(squares) - true) < abs(np.mean(squares) - plain)


def _named(counts: np.ndarray) -> dict[str, int]:
    return dict(zip("abc", counts.tolist(), strict=True))


def test_false_alarms_come_as_often_as_promised() -> None:
    rng = np.random.default_rng(11)
    base = np.array([120, 60, 220])
    drawn = rng.multivariate_hypergeometric(base, 80, size=ROUNDS)
    low = sum(representativeness(_named(base), _named(row)).p < 0.05 for row in drawn)
    assert low / ROUNDS == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / ROUNDS))


@given(st.lists(st.tuples(st.integers(20, 500), st.floats(0.1, 0.9)), min_size=2, max_size=6), st.randoms())
@settings(max_examples=40)
def test_the_order_of_the_groups_changes_nothing(groups: list[tuple[int, float]], dice: object) -> None:
    base = {f"g{at}": size for at, (size, _) in enumerate(groups)}
    answered = {f"g{at}": max(3, int(size * share)) for at, (size, share) in enumerate(groups)}
    order = list(base)
    dice.shuffle(order)  # type: ignore[attr-defined]
    one, other = representativeness(base, answered), representativeness({name: base[name] for name in order}, answered)
    assert (one.statistic, one.w, one.indicator) == pytest.approx((other.statistic, other.w, other.indicator))
    p = {group.name: (group.p, group.missing) for group in other.groups}
    assert all(group.p == pytest.approx(p[group.name][0]) for group in one.groups)


@pytest.mark.parametrize(
    ("base", "answered", "verdict", "words"),
    [
        ({"a": 500, "b": 500}, {"a": 90, "b": 10}, "differs", "b answered less often"),
        ({"a": 500, "b": 500}, {"a": 90}, "differs", "nobody of b answered"),
        ({"a": 5000, "b": 5000}, {"a": 510, "b": 490}, "alike", "much as the customers are"),
        # so many that a difference of no consequence is beyond chance
        ({"a": 500_000, "b": 500_000}, {"a": 102_000, "b": 98_000}, "alike", "much as the customers are"),
        # a silent group of two among hundreds is named, though chance explains it
        ({"a": 500, "b": 500, "c": 2}, {"a": 100, "b": 100}, "alike", "nobody of c answered"),
        ({"a": 30, "b": 30}, {"a": 5, "b": 4}, "too few to tell", "too few to tell"),
        ({"a": 30, "b": 30}, {"a": 6}, "differs", "nobody of b answered"),
    ],
)
def test_the_verdict_in_words(base: dict[str, int], answered: dict[str, int], verdict: str, words: str) -> None:
    found = representativeness(base, answered)
    assert found.verdict == verdict
    assert words in told(found).en


@pytest.mark.parametrize(
    ("base", "answered", "words"),
    [
        ({"a": 100}, {"a": 50}, "all in one group"),
        ({"a": 100, "b": 0}, {"a": 50}, "all in one group"),
        ({}, {}, "all in one group"),
        ({"a": 50, "b": 50}, {"a": 2, "b": 2}, "only 4 customers"),
        ({"a": 50, "b": 50}, {}, "only 0 customers"),
        ({"a": 50, "b": 50}, {"a": 51, "b": 2}, "more customers of a answered than there are"),
        ({"a": 50, "b": 50}, {"a": 5, "c": 2}, "more customers of c answered than there are"),
    ],
)
def test_what_cannot_be_compared_is_refused(base: dict[str, int], answered: dict[str, int], words: str) -> None:
    with pytest.raises(Refused, match=words):
        representativeness(base, answered)
