"""Kano: the published table, counts worked out by hand, what an order must not change, and when there is no class."""

from __future__ import annotations

import os
import random
from math import sqrt

import numpy as np
import pytest
from corrections import corrected
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from pipelines.methods.kano import LEAST, blauth, classed, counted, differs
from pipelines.methods.kano_segments import chi_square, in_segments
from pipelines.methods.kano_table import ANSWERS, CLASSES, class_of
from pipelines.methods.refused import Refused

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "400"))
PUBLISHED = """
              like       must-be    neutral    live-with  dislike
like          questionable attractive attractive attractive one-dimensional
must-be       reverse indifferent indifferent indifferent must-be
neutral       reverse indifferent indifferent indifferent must-be
live-with     reverse indifferent indifferent indifferent must-be
dislike       reverse reverse reverse reverse questionable
"""
"""Typed from the table in Berger et al. (1993): the rows are the answers to the functional question."""
HEAD, *LINES = [line.split() for line in PUBLISHED.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_the_published_table(line: list[str]) -> None:
    functional, *classes = line
    assert [class_of(functional, dysfunctional) for dysfunctional in HEAD] == classes


def test_every_pair_of_answers_stands_in_the_published_table() -> None:
    assert [line[0] for line in LINES] == HEAD == list(ANSWERS)


@pytest.mark.parametrize("pair", [("Like", "dislike"), ("like", ""), ("", "like"), ("like", "musts-be"), ("5", "1")])
def test_another_word_is_no_answer(pair: tuple[str, str]) -> None:
    with pytest.raises(KeyError):
        class_of(*pair)


def of(m: int = 0, o: int = 0, a: int = 0, i: int = 0, r: int = 0, q: int = 0) -> dict:  # type: ignore[type-arg]
    return dict(zip(CLASSES, (m, o, a, i, r, q), strict=True))


MODES = [
    # counts -> class, second, lead
    (of(m=10, o=6, a=4), ("must-be", "one-dimensional", 4)),
    (of(o=12, a=8, i=10), ("one-dimensional", "indifferent", 2)),
    (of(a=30), ("attractive", "must-be", 30)),
    (of(i=11, r=9), ("indifferent", "reverse", 2)),
    (of(r=15, i=5), ("reverse", "indifferent", 10)),
    (of(q=15, a=5), ("questionable", "attractive", 10)),
    # ties, M > O > A > I > R > Q
    (of(m=10, o=10), ("must-be", "one-dimensional", 0)),
    (of(o=10, a=10), ("one-dimensional", "attractive", 0)),
    (of(a=10, i=10), ("attractive", "indifferent", 0)),
    (of(m=10, i=10), ("must-be", "indifferent", 0)),
    (of(i=10, r=10), ("indifferent", "reverse", 0)),
    (of(r=10, q=10), ("reverse", "questionable", 0)),
    (of(m=9, o=9, a=9, i=9), ("must-be", "one-dimensional", 0)),
    (of(m=1, a=10, i=10), ("attractive", "indifferent", 0)),
    (of(m=2, o=9, a=11, i=9), ("attractive", "one-dimensional", 2)),
]


@pytest.mark.parametrize(("counts", "wanted"), MODES)
def test_the_most_frequent_class_and_the_one_behind_it(counts: dict, wanted: tuple) -> None:  # type: ignore[type-arg]
    found = classed("f", counts)
    assert (found.kano_class, found.second, found.lead) == wanted


def test_the_coefficients_by_hand() -> None:
    """Of 100 answers 90 are A, O, M or I: better (30 + 24) / 90, worse -(24 + 18) / 90."""
    found = classed("f", of(m=18, o=24, a=30, i=18, r=6, q=4))
    assert found.better and found.worse
    assert found.better.value == pytest.approx(54 / 90)
    assert found.worse.value == pytest.approx(-42 / 90)
    assert (found.category_strength, found.total_strength, found.questionable) == (6.0, 72.0, 4.0)
    assert not found.doubtful
    z = 1.959963984540054  # Wilson's formula, typed anew
    for share, n, low, high in [
        (54 / 90, 90, found.better.low, found.better.high),
        (42 / 90, 90, -found.worse.high, -found.worse.low),
    ]:
        middle, half = share + z * z / 2 / n, z * sqrt(share * (1 - share) / n + z * z / 4 / n / n)
        assert (low, high) == pytest.approx(((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)))


def test_without_a_m_o_or_i_there_are_no_coefficients() -> None:
    found = classed("f", of(r=15, q=10))
    assert (found.better, found.worse, found.doubtful) == (None, None, True)


def test_whether_the_question_is_in_doubt() -> None:
    assert [classed("f", of(o=100 - q, q=q)).doubtful for q in (0, 10, 11)] == [False, False, True]


FONG = [
    # a, b, N -> right side of Fong's inequality by hand, whether they differ
    (40, 30, 100, 1.65 * sqrt(70 * 130 / 200), False),  # 10 < 11.13
    (42, 30, 100, 1.65 * sqrt(72 * 128 / 200), True),  # 12 > 11.20
    (30, 30, 100, 1.65 * sqrt(60 * 140 / 200), False),
    (20, 0, 20, 1.65 * sqrt(20 * 20 / 40), True),  # 20 > 5.22
    (11, 9, 20, 1.65 * sqrt(20 * 20 / 40), False),
    (130, 100, 400, 1.65 * sqrt(230 * 570 / 800), True),  # 30 > 21.12
    (115, 100, 400, 1.65 * sqrt(215 * 585 / 800), False),  # 15 < 20.69
]


@pytest.mark.parametrize(("a", "b", "n", "right", "apart"), FONG)
def test_fong_on_worked_numbers(a: int, b: int, n: int, right: float, apart: bool) -> None:
    assert (abs(a - b) >= right) == apart
    assert differs(a, b, n) == differs(b, a, n) == apart


BLAUTH = [
    (of(m=10, o=10, a=11, i=30), "attractive"),  # 31 > 30, though the mode is I
    (of(m=10, o=10, a=10, i=30), "indifferent"),  # 30 is not more than 30
    (of(m=5, i=3, r=4), "reverse"),
    (of(m=5, o=5), "must-be"),
    (of(o=5, a=5), "one-dimensional"),
    (of(q=9, i=8, a=10), "questionable"),
]


@pytest.mark.parametrize(("counts", "wanted"), BLAUTH)
def test_blauth_first_asks_whether_anybody_cares(counts: dict, wanted: str) -> None:  # type: ignore[type-arg]
    assert blauth(counts) == wanted
    assert classed("f", counts, least=1).by_blauth == wanted


@pytest.mark.parametrize("n", [0, 1, LEAST - 1])
def test_few_answers_give_no_class(n: int) -> None:
    with pytest.raises(Refused, match=f"only {n} gave both answers about night mode; at least {LEAST}"):
        classed("night mode", of(a=n))
    assert classed("night mode", of(a=LEAST)).n == LEAST


def test_no_answer_at_all_is_refused_whatever_is_asked_for() -> None:
    with pytest.raises(Refused):
        classed("f", of(), least=0)


PAIRS = st.lists(st.tuples(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS)), min_size=LEAST, max_size=60)


@given(PAIRS, st.randoms(use_true_random=False))
def test_neither_order_nor_grouping_of_the_answers_matters(
    pairs: list[tuple[str, str]], shuffle: random.Random
) -> None:
    single = counted((f, d, 1) for f, d in pairs)
    grouped = {pair: pairs.count(pair) for pair in pairs}
    mixed = [(f, d, count) for (f, d), count in grouped.items()]
    shuffle.shuffle(mixed)
    assert classed("f", single) == classed("f", counted(mixed))
    assert sum(single.values()) == len(pairs)


@given(PAIRS, st.integers(2, 5))
def test_the_same_answers_several_times_over_keep_class_and_coefficients(
    pairs: list[tuple[str, str]], times: int
) -> None:
    once = classed("f", counted((f, d, 1) for f, d in pairs))
    more = classed("f", counted((f, d, times) for f, d in pairs))
    assert (once.kano_class, once.second, once.by_blauth) == (more.kano_class, more.second, more.by_blauth)
    assert more.lead == times * once.lead and (more.told_apart or not once.told_apart)
    if once.better and more.better:
        assert once.better.value == pytest.approx(more.better.value)
        assert more.better.high - more.better.low <= once.better.high - once.better.low


@given(PAIRS)
def test_the_class_is_at_least_as_frequent_as_any_other(pairs: list[tuple[str, str]]) -> None:
    found = classed("f", counted((f, d, 1) for f, d in pairs))
    assert found.counts[found.kano_class] == max(found.counts.values()) == found.counts[found.second] + found.lead
    for each in (found.better, found.worse):
        assert each is None or -1 <= each.low <= each.value <= each.high <= 1


def test_the_interval_of_better_covers_at_its_nominal_rate() -> None:
    """Better is a share of those who are neither R nor Q, whose number is itself left to chance."""
    rng, true = np.random.default_rng(7), np.array([0.2, 0.25, 0.2, 0.25, 0.06, 0.04])
    share = (true[1] + true[2]) / true[:4].sum()
    hits = 0
    for drawn in rng.multinomial(120, true, size=ROUNDS):
        better = classed("f", dict(zip(CLASSES, map(int, drawn), strict=True))).better
        hits += better is not None and better.low <= share <= better.high
    assert hits / ROUNDS == pytest.approx(0.95, abs=3 * sqrt(0.95 * 0.05 / ROUNDS) + 0.01)


def test_fong_seldom_tells_apart_two_of_many_classes_that_are_equal() -> None:
    """Where the two are a small part of all answers, its promise of 10 % to both sides holds."""
    rng = np.random.default_rng(11)
    drawn = rng.multinomial(400, [0.1, 0.1, 0.2, 0.2, 0.2, 0.2], size=4_000)
    rate = float(np.mean([differs(int(a), int(b), 400) for a, b, *_ in drawn]))
    assert 0.08 < rate < 0.14


def test_a_class_in_each_segment_and_whether_they_differ() -> None:
    counts = {
        "alarm": {"Private": of(a=30, i=10), "Industry": of(m=30, i=10), "Other": of(a=5)},
        "paint": {"Private": of(i=30, a=10), "Industry": of(i=29, a=11)},
    }
    alarm, paint = in_segments(counts)
    assert [(name, each.kano_class) for name, each in alarm.segments] == [
        ("Industry", "must-be"), ("Private", "attractive"),
    ]  # fmt: skip
    assert (alarm.thin, alarm.classes_differ, alarm.differ) == (("Other",), True, True)
    assert (paint.thin, paint.classes_differ, paint.differ) == ((), False, False)


def test_one_segment_alone_is_not_compared() -> None:
    (found,) = in_segments({"alarm": {"Private": of(a=30), "Industry": of(a=3)}})
    assert (found.p, found.differ, found.classes_differ) == (None, False, False)


def test_the_test_of_segments_is_pearson_s_with_holm_s_correction() -> None:
    counts = {
        "a": {"x": of(m=20, o=10, a=5, i=9), "y": of(m=10, o=22, a=8, i=4)},
        "b": {"x": of(m=20, o=10, a=5, i=9), "y": of(m=18, o=12, a=8, i=4)},
        "c": {"x": of(a=20, q=4), "y": of(a=12, q=14), "z": of(a=19, q=5)},
    }
    tables = [np.array([list(row.values()) for row in each.values()]) for each in counts.values()]
    single = [float(chi2_contingency(each[:, each.any(axis=0)], correction=False).pvalue) for each in tables]
    assert [chi_square(list(each.values())) for each in counts.values()] == pytest.approx(single)
    assert [each.p for each in in_segments(counts)] == pytest.approx(corrected(single))


def test_where_everybody_answers_alike_nothing_differs() -> None:
    (found,) = in_segments({"a": {"x": of(m=20), "y": of(m=40)}})
    assert (found.p, found.differ) == (1.0, False)
