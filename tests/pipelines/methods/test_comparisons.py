"""Groups against all others: corrections as statsmodels computes them, intervals and p-values that agree, and how often
groups that do not differ are named."""

from __future__ import annotations

import os
from math import isnan, nan, sqrt

import numpy as np
import pytest
from corrections import corrected
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from audit.measurement import Interval
from pipelines.methods.comparisons import Compared, Part, benjamini_hochberg, compare, holm, p_of
from pipelines.methods.difference import Difference
from pipelines.methods.interval import mean, wilson
from pipelines.methods.pooling import Months

TRIALS = 1000 if os.environ.get("CI") else 60
"""Comparisons in a simulation."""
chances = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(chances)
def test_the_corrections_are_those_of_statsmodels(p: list[float]) -> None:
    assert holm(p) == pytest.approx(corrected(p))
    assert benjamini_hochberg(p) == pytest.approx(corrected(p, "fdr_bh"))


@given(chances)
def test_a_correction_never_makes_anything_surer(p: list[float]) -> None:
    for adjusted in (holm(p), benjamini_hochberg(p)):
        assert all(each <= at + 1e-12 for each, at in zip(p, adjusted, strict=True))
    assert all(bh <= h + 1e-12 for h, bh in zip(holm(p), benjamini_hochberg(p), strict=True))


def test_corrections_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert benjamini_hochberg([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.04, 0.04])
    assert holm([]) == benjamini_hochberg([]) == [] and holm([0.2]) == [0.2]


apart = st.tuples(st.floats(-50, 50), st.floats(0.01, 50), st.floats(0.01, 50)).map(
    lambda each: Difference(each[0], each[0] - each[1], each[0] + each[2])
)


@given(apart, st.sampled_from([float("inf"), 3.0, 20.0]))
def test_p_is_below_5_per_cent_exactly_where_the_interval_leaves_out_zero(each: Difference, freedom: float) -> None:
    if min(abs(each.low), abs(each.high)) > 1e-6:
        assert (p_of(each, freedom) < 0.05) == (each.low > 0 or each.high < 0)


def test_no_difference_has_p_1_and_one_without_a_width_has_none() -> None:
    assert p_of(Difference(0.0, 0.0, 0.0)) == 1.0 and isnan(p_of(Difference(3.0, 3.0, 3.0)))
    assert isnan(p_of(Difference(3.0, nan, nan)))
    assert p_of(Difference(0.0, -1.0, 1.0)) == 1.0


def shares(counts: list[tuple[int, int]]) -> Months:
    good, n = (np.array(each, dtype=float) for each in zip(*counts, strict=True))
    return Months(100 * good / n, n, *wilson(100 * good / n, n))


def parts(groups: dict[str, list[tuple[int, int]]]) -> dict[str, Part]:
    """Month by month the others are one figure."""
    found = {}
    for name, own in groups.items():
        others = [counts for other, counts in groups.items() if other != name]
        rest = [(sum(g for g, _ in month), sum(n for _, n in month)) for month in zip(*others, strict=True)]
        found[name] = Part(shares(own), shares(rest))
    return found


def named(found: list[Compared]) -> set[str]:
    return {each.name for each in found if each.differs}


ALIKE = {
    "A": [(80, 100), (78, 100), (82, 100)],
    "B": [(79, 100), (81, 100), (80, 100)],
    "C": [(40, 50), (39, 50), (41, 50)],
}
ODD = ALIKE | {"D": [(50, 100), (48, 100), (52, 100)]}


def test_a_group_that_differs_is_named_with_the_difference() -> None:
    found = compare(parts(ODD), "wilson")
    assert found[0].name == "D" and found[0].differs and found[0].difference.value == pytest.approx(50 - 80)
    assert found[0].difference.low < -30 < found[0].difference.high and found[0].own.n == 300
    assert found[0].p <= found[0].adjusted


@pytest.mark.parametrize(
    ("groups", "method"),
    [
        (ALIKE, "wilson"),
        ({"A": [(1, 2)] * 3, "B": [(0, 2)] * 3}, "wilson"),
        ({"A": [(8, 10)], "B": [(5, 10)]}, "wilson"),  # one month each
        (
            {"A": [(90, 100), (10, 100), (90, 100)], "B": [(50, 100), (50, 100), (50, 100)]},
            "wilson",
        ),  # months that jump
        ({"A": [(80, 100), (78, 100)], "B": [(79, 100), (81, 100)]}, None),
    ],
)
def test_groups_that_do_not_differ_are_not_named(
    groups: dict[str, list[tuple[int, int]]], method: Interval | None
) -> None:
    assert named(compare(parts(groups), method)) == set()


def test_one_month_each_is_the_textbook_comparison_of_two_shares() -> None:
    """Newcombe (1998), table II: 56/70 against 48/80 gives .0524 to .3339 by his method 10."""
    found = compare(parts({"A": [(56, 70)], "B": [(48, 80)]}), "wilson")[0]
    sign = 1 if found.name == "A" else -1
    low, high = sorted((sign * found.difference.low, sign * found.difference.high))
    assert (low / 100, high / 100) == pytest.approx((0.0524, 0.3339), abs=5e-5) and found.differs


def test_the_figure_that_is_no_count_is_compared_by_its_months() -> None:
    dice = np.random.default_rng(1)
    one, other = (dice.normal(mean, 1, 12) for mean in (10, 13))
    nothing = np.full(12, np.nan)
    sides = [Months(values, np.full(12, 40.0), nothing, nothing) for values in (one, other)]
    found = compare({"A": Part(*sides), "B": Part(*sides[::-1])}, None)
    welch = stats.ttest_ind(one, other, equal_var=False)
    alone = next(each for each in found if each.name == "A")
    assert alone.difference.value == pytest.approx(float(one.mean() - other.mean()))
    # as scipy says, or less sure where neighbouring months are alike
    assert alone.p >= float(welch.pvalue) * (1 - 1e-9) and alone.differs


def test_where_nothing_varies_no_difference_is_sure_and_it_counts_as_no_comparison() -> None:
    def same(value: float) -> Months:
        values, n = np.full(3, value), np.full(3, 30.0)
        return Months(values, n, *mean(values, np.zeros(3), n))

    found = compare({"A": Part(same(5), same(4)), **parts({"B": [(56, 70)], "C": [(48, 80)]})}, "mean")
    told = {each.name: each for each in found}
    assert found[-1].name == "A" and isnan(told["A"].p) and isnan(told["A"].adjusted) and not told["A"].differs
    assert told["A"].difference.value == 1 and isnan(told["A"].difference.low)
    assert told["B"].adjusted == min(1, 2 * min(told["B"].p, told["C"].p))  # two are compared, not three


def test_the_order_of_the_groups_changes_nothing() -> None:
    assert compare(parts(ODD), "wilson") == compare(parts(dict(reversed(ODD.items()))), "wilson")


def test_another_correction_can_be_asked_for() -> None:
    by_holm, by_rate = (compare(parts(ODD), "wilson", how) for how in ("holm", "benjamini-hochberg"))  # type: ignore[arg-type]
    assert [each.p for each in by_holm] == [each.p for each in by_rate]
    assert sum(each.adjusted for each in by_rate) < sum(each.adjusted for each in by_holm)


def test_of_groups_that_are_alike_hardly_ever_is_any_named() -> None:
    """At most in 5 % of all comparisons is any of the eight named; without the correction it would be in a third."""
    dice, wrong, careless = np.random.default_rng(9), 0, 0
    for _ in range(TRIALS):
        groups = {str(at): [(int(g), 60) for g in dice.binomial(60, 0.7, 6)] for at in range(8)}
        found = compare(parts(groups), "wilson")
        wrong += bool(named(found))
        careless += any(each.p < 0.05 for each in found)
    assert wrong / TRIALS <= 0.05 + 3 * sqrt(0.05 * 0.95 / TRIALS)
    assert careless > 3 * wrong
