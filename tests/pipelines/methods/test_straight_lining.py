"""The same answer throughout: tables of rows, and what must not be taken for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.proportion import proportion_confint

from pipelines.methods.refused import Refused
from pipelines.methods.straight_lining import Seen, longest_run, seen_in, straight_lining

NONE = np.nan


@pytest.mark.parametrize(
    ("row", "able", "alike"),
    [
        ([5, 5, 5, 5], 1, {5.0: 1}),
        ([0, 0, 0, 0], 1, {0.0: 1}),  # zero is an answer
        ([5, 5, 5, NONE, 5], 1, {5.0: 1}),  # four answers, one question left open
        ([5, 5, 5, 4], 1, {}),
        ([5, 5, 5, NONE], 0, {}),  # three answers say nothing
        ([NONE] * 5, 0, {}),
    ],
)
def test_who_gave_one_answer_throughout(row: list[float], able: int, alike: dict[float, int]) -> None:
    seen = seen_in(np.array([row], dtype=float))
    assert (seen.able, dict(seen.alike)) == (able, alike)


@pytest.mark.parametrize(
    ("row", "longest"),
    [([1, 2, 3], 1), ([1, 1, 2, 2, 2, 1], 3), ([4, 4, NONE, 4, 4, 4], 3), ([NONE, NONE], 0), ([], 0), ([0, 0], 2)],
)
def test_the_long_string_index(row: list[float], longest: int) -> None:
    assert longest_run(np.array(row, dtype=float)) == longest


def test_the_share_and_the_means_by_hand() -> None:
    answers = np.array([[5, 5, 5, 5]] * 10 + [[1, 2, 3, 2]] * 40, dtype=float)
    found = straight_lining(seen_in(answers))
    low, high = proportion_confint(10, 50, method="wilson")
    assert (found.share, found.mean, found.mean_of_others) == pytest.approx((20, 2.6, 2.0))
    assert (found.low, found.high) == pytest.approx((100 * low, 100 * high))
    assert found.by_answer == ((5.0, 10),)


@given(arrays(float, (12, 5), elements=st.sampled_from([1.0, 2.0, NONE])), st.randoms())
def test_neither_the_order_of_respondents_nor_of_questions_counts(answers: np.ndarray, dice: object) -> None:
    rows, columns = list(range(12)), list(range(5))
    dice.shuffle(rows), dice.shuffle(columns)  # type: ignore[attr-defined]
    one, other = seen_in(answers), seen_in(answers[rows][:, columns])
    assert (one.able, dict(one.alike)) == (other.able, dict(other.alike))


@given(arrays(float, (12, 5), elements=st.sampled_from([1.0, 2.0, NONE])))
def test_a_question_that_nobody_answered_changes_nothing(answers: np.ndarray) -> None:
    wider = np.hstack([answers, np.full((12, 1), NONE)])
    assert (seen_in(wider).able, dict(seen_in(wider).alike)) == (seen_in(answers).able, dict(seen_in(answers).alike))


@pytest.mark.parametrize("able", [0, 1, 29])
def test_few_respondents_are_refused(able: int) -> None:
    with pytest.raises(Refused, match=f"only {able} respondents"):
        straight_lining(Seen(able, {}))
