"""Questions left open: counted by hand, and what a file without open questions must not say."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportion_confint

from pipelines.methods.non_response import Asked, item_non_response, returned
from pipelines.methods.refused import Refused


def test_not_applicable_is_left_out_of_both_sides() -> None:
    """100 asked, 20 said not applicable, 60 scored: 20 of 80 skipped it."""
    (question,) = item_non_response([Asked("price", 100, 60, 20)], []).questions
    low, high = proportion_confint(20, 80, method="wilson")
    assert (question.skipped, question.share) == (20, 25)
    assert (question.low, question.high) == pytest.approx((100 * low, 100 * high))


def test_the_question_skipped_most_often_comes_first() -> None:
    found = item_non_response([Asked("b", 50, 50), Asked("a", 50, 40), Asked("c", 50, 50)], [])
    assert [question.question for question in found.questions] == ["a", "b", "c"]


def test_a_question_that_applied_to_nobody_has_no_share() -> None:
    found = item_non_response([Asked("a", 50, 40), Asked("never", 50, 0, 50)], [])
    assert [question.question for question in found.questions] == ["a"]


@pytest.mark.parametrize(
    ("scores", "applied", "kind"),
    [
        (10, 10, "finished"),
        (9, 10, "finished"),
        (8, 10, "partial"),  # more than 80 % is finished, 80 % is not
        (5, 10, "partial"),
        (4, 10, "broken_off"),
        (1, 10, "broken_off"),
        (0, 10, "empty"),
        (0, 0, "finished"),  # nothing applied, so nothing was left open
    ],
)
def test_questionnaires_by_how_much_was_answered(scores: int, applied: int, kind: str) -> None:
    found = returned([(scores, applied, 7)])
    assert getattr(found, kind) == found.all == 7


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([], "only 0 questionnaires"),
        ([Asked("a", 29, 20)], "only 29 questionnaires"),
        ([Asked("a", 100, 100), Asked("b", 70, 70)], "answered questions only"),
        ([Asked("a", 100, 90, 10), Asked("b", 70, 70)], "answered questions only"),
    ],
)
def test_what_cannot_be_counted_is_refused(counts: list[Asked], words: str) -> None:
    with pytest.raises(Refused, match=words):
        item_non_response(counts, [])


def test_files_where_everybody_answered_everything_are_no_reason_for_doubt() -> None:
    assert item_non_response([Asked("a", 60, 60), Asked("b", 60, 60)], []).questions[0].share == 0
