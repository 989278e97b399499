"""Sample sizes: printed ones, both ways round, and what cannot be asked."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import samplesize_confint_proportion

from pipelines.methods.refused import Refused
from pipelines.methods.sample_size import correction, invitations, margin, needed, of_nps, of_share


@pytest.mark.parametrize(
    ("population", "wanted", "answers"),
    [
        # Krejcie and Morgan (1970) print 80, 278 and 370 for 5 points; theirs uses a rounded chi-square
        (100, 5, 80), (1_000, 5, 278), (10_000, 5, 370),
        (None, 5, 385), (None, 3, 1068), (None, 10, 97),
        (1, 5, 1), (2, 50, 2),
    ],
)  # fmt: skip
def test_printed_sample_sizes(population: int | None, wanted: float, answers: int) -> None:
    assert needed(of_share(50), wanted, population) == answers


@pytest.mark.parametrize("share", [5.0, 20.0, 50.0, 90.0])
def test_without_a_limit_it_is_what_statsmodels_says(share: float) -> None:
    oracle = samplesize_confint_proportion(share / 100, 0.03)
    assert needed(of_share(share), 3) - 1 < oracle <= needed(of_share(share), 3)


def test_the_margin_by_hand() -> None:
    assert margin(of_share(50), 400) == pytest.approx(100 * 1.959964 * 0.5 / 20)
    assert margin(of_share(50), 400, 500) == pytest.approx(100 * 1.959964 * 0.5 / 20 * sqrt(100 / 499))
    assert margin(of_nps(50, 20), 100) == pytest.approx(1.959964 * 100 * sqrt(0.7 - 0.09) / 10)


@given(st.floats(1, 99), st.floats(0.5, 30), st.integers(2, 10**7))
def test_the_answers_that_are_needed_are_enough_and_one_less_is_not(share: float, wanted: float, people: int) -> None:
    deviation = of_share(share)
    answers = needed(deviation, wanted, people)
    assert margin(deviation, answers, people) <= wanted * (1 + 1e-8)
    assert answers == 1 or margin(deviation, answers - 1, people) > wanted * (1 - 1e-8)


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_customers_never_need_fewer_answers(people: int, more: int) -> None:
    assert needed(of_share(50), 4, people) <= needed(of_share(50), 4, people + more) <= needed(of_share(50), 4)


@pytest.mark.parametrize(
    ("n", "people", "factor"), [(10, 10, 0.0), (1, 1, 0.0), (5, None, 1.0), (25, 100, sqrt(75 / 99))]
)
def test_the_finite_population_correction(n: int, people: int | None, factor: float) -> None:
    assert correction(n, people) == pytest.approx(factor)


@pytest.mark.parametrize(("answers", "rate", "invited"), [(278, 25, 1112), (1, 100, 1), (10, 30, 34), (0, 5, 0)])
def test_invitations(answers: int, rate: float, invited: int) -> None:
    assert invitations(answers, rate) == invited


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: of_share(-1), "between 0 and 100"),
        (lambda: of_share(float("nan")), "between 0 and 100"),
        (lambda: of_nps(80, 30), "at most 100"),
        (lambda: of_nps(-1, 30), "at most 100"),
        (lambda: needed(50, 0), "above 0"),
        (lambda: needed(50, float("inf")), "above 0"),
        (lambda: needed(50, 5, 0), "no customers"),
        (lambda: margin(50, 0), "at least one answer"),
        (lambda: margin(50, 11, 10), "at most as many as there are customers"),
        (lambda: invitations(10, 0), "response rate"),
        (lambda: invitations(10, 101), "response rate"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask: object, words: str) -> None:
    with pytest.raises(Refused, match=words):
        ask()  # type: ignore[operator]
