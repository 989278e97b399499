"""Weights: margins met, weights positive, Kish's figures by hand, coverage, and groups that nobody can speak for."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from pipelines.methods.raking import rake, weighted_mean, weighted_share
from pipelines.methods.refused import Refused

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "400"))
CELLS = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]


def test_one_margin_by_hand() -> None:
    """Half of the customers are b, a quarter of the answers: b counts twice, a two thirds."""
    found = rake([("a",), ("b",)], [75, 25], [{"a": 500, "b": 500}])
    assert found.weights == pytest.approx((2 / 3, 2))
    assert found.design_effect == pytest.approx(100 * (75 * 4 / 9 + 25 * 4) / 100**2)
    assert found.effective == pytest.approx(100 / found.design_effect)
    assert weighted_share([75, 0], [75, 25], found).value == pytest.approx(50)


@given(
    st.lists(st.integers(5, 200), min_size=6, max_size=6),
    st.tuples(st.integers(30, 70), st.integers(20, 40)),
)
@settings(max_examples=60)
def test_margins_are_met_and_weights_are_positive(counts: list[int], shares: tuple[int, int]) -> None:
    cells = [(a, b) for a in "uv" for b in "xyz"]
    margins = [{"u": shares[0], "v": 100 - shares[0]}, {"x": shares[1], "y": 30, "z": 70 - shares[1]}]
    found = rake(cells, counts, margins, most=1e9)
    total = np.array(counts) * np.array(found.weights)
    assert min(found.weights) > 0
    assert total.sum() == pytest.approx(sum(counts))
    for at, margin in enumerate(margins):
        for name, size in margin.items():
            share = sum(w for w, cell in zip(total, cells, strict=True) if cell[at] == name) / total.sum()
            assert share == pytest.approx(size / 100, abs=1e-9)


@given(st.permutations(range(4)))
@settings(max_examples=20)
def test_the_order_of_the_cells_changes_nothing(order: list[int]) -> None:
    margins = [{"a": 60.0, "b": 40.0}, {"x": 50.0, "y": 50.0}]
    counts = [30, 20, 10, 40]
    one = rake(CELLS, counts, margins)
    other = rake([CELLS[at] for at in order], [counts[at] for at in order], margins)
    assert [other.weights[order.index(at)] for at in range(4)] == pytest.approx(one.weights)


def test_answers_that_are_spread_as_the_customers_keep_their_weight() -> None:
    found = rake(CELLS, [25, 25, 25, 25], [{"a": 1, "b": 1}, {"x": 7, "y": 7}])
    assert found.weights == pytest.approx((1, 1, 1, 1))
    assert (found.design_effect, found.effective, found.trimmed) == pytest.approx((1, 100, 0))
    plain = weighted_share([20, 20, 20, 20], [25] * 4, found)
    low, high = proportion_confint(80, 100, method="wilson")
    assert (plain.value, plain.low, plain.high) == pytest.approx((80, 100 * low, 100 * high))


@pytest.mark.parametrize("n", range(10, 60))
def test_a_share_of_all_or_none_is_within_its_interval(n: int) -> None:
    found = rake([("a",), ("b",)], [n, 2 * n], [{"a": 500, "b": 500}])
    every, none = (weighted_share([k * n, 2 * k * n], [n, 2 * n], found) for k in (1, 0))
    assert every.low < every.value <= every.high <= 100 and 0 <= none.low <= none.value < none.high


def test_weights_that_are_cut_are_told_with_what_is_missed_then() -> None:
    found = rake([("a",), ("b",)], [195, 5], [{"a": 50, "b": 50}])
    assert found.trimmed == 5
    assert max(found.weights) / np.average(found.weights, weights=[195, 5]) < 20
    assert found.off > 0
    assert rake([("a",), ("b",)], [195, 5], [{"a": 50, "b": 50}], most=100).off == pytest.approx(0, abs=1e-7)


def test_a_weighted_mean_by_hand() -> None:
    found = rake([("a",), ("b",)], [75, 25], [{"a": 50, "b": 50}])
    mean = weighted_mean([75 * 4, 25 * 2], [75 * 16, 25 * 4], [75, 25], found)
    assert mean.value == pytest.approx(3)
    assert mean.low < 3 < mean.high
    assert mean.high - mean.value == pytest.approx(mean.value - mean.low)


def test_the_interval_holds_the_true_share_as_often_as_promised() -> None:
    """Two groups of one size that are content by 90 and 60 % and answer by different rates: the truth is 75 %."""
    rng, inside = np.random.default_rng(2), 0
    for _ in range(ROUNDS):
        good = [int(rng.binomial(150, 0.9)), int(rng.binomial(50, 0.6))]
        found = weighted_share(good, [150, 50], rake([("a",), ("b",)], [150, 50], [{"a": 1, "b": 1}]))
        inside += found.low <= 75 <= found.high
    assert inside / ROUNDS >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / ROUNDS)


@pytest.mark.parametrize(
    ("cells", "counts", "margins", "words"),
    [
        ([("a",)], [40], [{"a": 5, "b": 5}], "nobody of b answered"),
        ([("a",), ("b",)], [40, 0], [{"a": 5, "b": 5}], "nobody of b answered"),
        ([("a",), ("c",)], [40, 3], [{"a": 5}], "answers came from c"),
        ([("a",), ("c",)], [40, 3], [{"a": 5, "c": 0}], "answers came from c"),
        ([("a",), ("b",)], [20, 9], [{"a": 5, "b": 5}], "only 29 answers"),
        ([], [], [{"a": 5}], "only 0 answers"),
        ([("a",)], [40], [], "no group to weight by"),
        # a answered in x alone and b in y alone: no weights meet 60 to 40 and 50 to 50 at once
        ([("a", "x"), ("b", "y")], [50, 50], [{"a": 60, "b": 40}, {"x": 50, "y": 50}], "cannot be met together"),
    ],
)
def test_what_no_weight_can_mend_is_refused(
    cells: list[tuple[str, ...]], counts: list[int], margins: list[dict[str, float]], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        rake(cells, counts, margins)


def test_a_group_without_customers_needs_no_answers() -> None:
    assert rake([("a",), ("b",)], [40, 40], [{"a": 5, "b": 5, "gone": 0}]).trimmed == 0
