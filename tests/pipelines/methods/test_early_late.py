"""Early against late answers: by statsmodels, by hand, and what too few answers must not say."""

from __future__ import annotations

import os

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from pipelines.methods.early_late import early_late
from pipelines.methods.refused import Refused

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "400"))


def test_the_difference_and_its_interval_are_newcombes() -> None:
    found = early_late({0: (40, 50), 7: (30, 40), 8: (20, 40), 30: (10, 20)})
    low, high = confint_proportions_2indep(30, 60, 70, 90, method="newcomb", compare="diff")
    assert found.difference.value == pytest.approx(100 * (30 / 60 - 70 / 90))
    assert (found.difference.low, found.difference.high) == pytest.approx((100 * low, 100 * high))


def test_a_week_is_early_and_the_day_after_is_late() -> None:
    found = early_late({7: (10, 40), 8: (20, 50)})
    assert (found.early.n, found.late.n) == (40, 50)
    assert [(wave.first, wave.last, wave.n) for wave in found.waves] == [
        (None, 7, 40), (8, 14, 50), (15, 28, 0), (29, None, 0),
    ]  # fmt: skip


def test_answers_before_their_invitation_count_as_early_and_are_told() -> None:
    assert early_late({-3: (10, 30), 9: (10, 30)}).before_invitation == 30


def test_the_silent_are_taken_to_be_like_the_late() -> None:
    """A quarter answered, 80 % of the early and 40 % of the late: .25 * 60 + .75 * 40 = 45."""
    found = early_late({1: (80, 100), 10: (40, 100)}, 25)
    assert found.expected is not None and found.expected.value == pytest.approx(45)
    assert found.expected.low < 45 < found.expected.high
    everybody = early_late({1: (80, 100), 10: (40, 100)}, 100).expected
    assert everybody is not None and everybody.value == pytest.approx(60)
    assert early_late({1: (80, 100), 10: (40, 100)}).expected is None


def test_the_interval_holds_the_true_difference_as_often_as_promised() -> None:
    rng = np.random.default_rng(3)
    inside = 0
    for early, late in zip(rng.binomial(120, 0.8, ROUNDS), rng.binomial(60, 0.7, ROUNDS), strict=True):
        found = early_late({1: (int(early), 120), 9: (int(late), 60)}).difference
        inside += found.low <= -10 <= found.high
    assert inside / ROUNDS == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / ROUNDS) + 0.01)


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        ({}, "no answer can be matched"),
        ({3: (0, 0)}, "no answer can be matched"),
        ({3: (50, 60)}, "only 0 answers came late"),
        ({3: (50, 60), 8: (10, 29)}, "only 29 answers came late"),
        ({3: (10, 29), 8: (10, 60)}, "only 29 answers came early"),
    ],
)
def test_too_few_answers_are_refused(waited: dict[int, tuple[int, int]], words: str) -> None:
    with pytest.raises(Refused, match=words):
        early_late(waited)
