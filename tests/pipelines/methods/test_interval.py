"""Intervals against numbers that others printed, and against formulas solved in another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, stats

from pipelines.methods.interval import METHODS, dobson, garwood, mean, newcombe, nps, poisson, wilson

Z = stats.norm.ppf(0.975)


def one(bounds: tuple[np.ndarray, np.ndarray]) -> tuple[float, float]:
    return float(bounds[0][0]), float(bounds[1][0])


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


@pytest.mark.parametrize(
    ("detractors", "passives", "promoters", "low", "high"),
    [
        # shared/data/reference_nps.json, "computed", adj_wald, times 100; methods.md prints the first and the fifth
        (1, 2, 3, -26.74325879410454, 71.18770323854898),
        (1, 0, 1, -73.3351372056518, 73.3351372056518),
        (0, 1, 1, -39.44865107837684, 79.44865107837683),
        (1, 1, 1, -61.11261433804317, 61.11261433804317),
        (0, 0, 1, -48.498649420252027, 98.49864942025203),
        (362, 176, 462, 4.38966692503208, 15.55051253658307),
        (60, 95, 95, 4.2937283927697203, 23.374255796953597),
    ],
)
def test_nps_meets_the_reference(detractors: int, passives: int, promoters: int, low: float, high: float) -> None:
    n = detractors + passives + promoters
    found = one(nps(array(promoters), array(detractors), array(n)))
    assert found == pytest.approx((low, high), abs=1e-10)


def test_nps_never_claims_certainty_and_never_leaves_the_scale() -> None:
    for size in (1, 2, 5, 30, 1000):
        low, high = one(nps(array(size), array(0), array(size)))
        assert -100 <= low < 100 and low < high <= 100
        assert one(nps(array(0), array(size), array(size))) == pytest.approx((-high, -low))


def test_nps_of_many_answers_is_what_the_plain_formula_gives() -> None:
    n = 10_000_000
    share = array(0.5 * n), array(0.2 * n), array(n)
    half = 100 * Z * math.sqrt((0.7 - 0.3**2) / n)
    assert one(nps(*share)) == pytest.approx((30 - half, 30 + half), abs=1e-4)


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (0, 30), (30, 30), (7, 9), (1, 3), (4538, 8225)])
def test_wilson_is_the_closed_formula(count: int, n: int) -> None:
    p, z2 = count / n, Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    found = one(wilson(array(100 * count / n), array(n)))
    assert found == pytest.approx((100 * (centre - half), 100 * (centre + half)), abs=1e-9)


def test_wilson_meets_the_figure_printed_for_olist() -> None:
    # methods.md: top-2-box 55.17325 % of 8,225 reviews, Wilson [54.0963, 56.2454]
    assert one(wilson(array(55.17325), array(8225))) == pytest.approx((54.0963, 56.2454), abs=5e-5)


@pytest.mark.parametrize("n", [*range(1, 60), 8225])
def test_wilson_stays_between_0_and_100_and_around_the_value(n: int) -> None:
    for count in {0, 1, n // 2, n}:
        low, high = one(wilson(array(100 * count / n), array(n)))
        assert 0 <= low <= 100 * count / n <= high <= 100 and low < high


def test_of_nothing_wilson_says_nothing() -> None:
    with np.errstate(invalid="ignore", divide="ignore"):
        assert all(math.isnan(bound) for bound in one(wilson(array(0), array(0))))


@pytest.mark.parametrize(("events", "n"), [(1, 1000), (3, 40), (10, 2500), (250, 1000), (2, 1)])
def test_poisson_bounds_are_the_rates_that_just_allow_what_was_seen(events: int, n: int) -> None:
    low, high = one(poisson(array(events), array(n)))
    rarest = optimize.brentq(lambda rate: stats.poisson.sf(events - 1, rate) - 0.025, 1e-9, 10 * events + 50)
    most = optimize.brentq(lambda rate: stats.poisson.cdf(events, rate) - 0.025, 1e-9, 10 * events + 50)
    assert (low, high) == pytest.approx((1000 * rarest / n, 1000 * most / n), rel=1e-8)


def test_poisson_without_events_begins_at_zero_and_follows_the_rule_of_three() -> None:
    low, high = one(poisson(array(0), array(500)))
    assert low == 0
    assert high == pytest.approx(1000 * -math.log(0.025) / 500)  # exp(-rate) = 2.5 %


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # the exact limits of the Poisson mean as tables of it print them
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (50, 37.111, 65.919)],
)
def test_garwood_is_what_the_tables_print(count: int, low: float, high: float) -> None:
    assert one(garwood(array(count))) == pytest.approx((low, high), abs=5e-4)


@pytest.mark.parametrize("lots", [(1,), (1, 1, 1), (1,) * 40])
def test_lots_of_one_unit_are_plain_events(lots: tuple[int, ...]) -> None:
    found = one(dobson(array(sum(lots)), array(len(lots)), array(len(lots)), array(2500)))
    assert found == pytest.approx([1000 * bound for bound in one(poisson(array(len(lots)), array(2500)))])


@pytest.mark.parametrize("factor", [2, 12])
def test_lots_all_of_one_size_stretch_the_interval_by_it(factor: int) -> None:
    single = one(dobson(array(6), array(6), array(6), array(1000)))
    found = one(dobson(array(6 * factor), array(6 * factor**2), array(6), array(1000)))
    assert found == pytest.approx([factor * bound for bound in single])


def test_nothing_returned_begins_at_zero_and_leaves_room_above() -> None:
    assert one(dobson(array(0), array(0), array(0), array(1_000_000))) == pytest.approx((0, 3.688879))


def test_lots_of_many_sizes_are_covered_about_as_often_as_promised() -> None:
    """4,000 years of 15 returns on average, of 1 to 40 units each."""
    dice = np.random.default_rng(7)
    sizes = (1, 2, 5, 40)
    lots = [dice.choice(sizes, count) for count in dice.poisson(15, 4000)]
    units, squares, events = (np.array([f(lot) for lot in lots], float) for f in (np.sum, lambda x: np.sum(x**2), len))
    low, high = dobson(units, squares, events, np.full(4000, 1e6))
    true = 15 * np.mean(sizes)
    assert 0.90 <= float(np.mean((low <= true) & (true <= high))) <= 0.99
    assert (low >= 0).all()


@pytest.mark.parametrize(
    ("good", "n", "other_good", "other_n", "low", "high"),
    [
        # Newcombe (1998), table II, method 10, times 100: (a) to (e)
        (56, 70, 48, 80, 5.24, 33.39),
        (9, 10, 3, 10, 17.05, 80.90),
        (10, 10, 0, 20, 67.91, 100.0),
        (10, 10, 0, 10, 60.75, 100.0),
        # (c): 6/7 less 2/7
        (6, 7, 2, 7, 5.82, 80.62),
    ],
)
def test_a_difference_has_the_interval_that_newcombe_printed(
    good: int, n: int, other_good: int, other_n: int, low: float, high: float
) -> None:
    value = abs(100 * good / n - 100 * other_good / other_n)
    for pair in ((good, n, other_good, other_n), (other_good, other_n, good, n)):
        assert one(newcombe(array(value), *map(array, pair))) == pytest.approx((low, high), abs=5e-3)


def test_a_difference_that_may_be_none_begins_at_zero() -> None:
    # Newcombe (1998), table II (f) to (h): 5/56 less 0/29 is from -3.81 to 19.26
    found = one(newcombe(array(500 / 56), array(5), array(56), array(0), array(29)))
    assert found == pytest.approx((0, 19.26), abs=5e-3)
    low, high = one(newcombe(array(0), array(10), array(20), array(50), array(100)))
    assert low == 0 and 20 < high < 25


@pytest.mark.parametrize("answers", [(4, 5), (1, 2, 3, 4, 5), (3, 3, 4), (1, 1, 5, 5, 5, 2, 4)])
def test_mean_is_students_interval(answers: tuple[int, ...]) -> None:
    n = len(answers)
    value, deviation = np.mean(answers), np.std(answers, ddof=1)
    expected = stats.t.interval(0.95, n - 1, loc=value, scale=stats.sem(answers))
    assert one(mean(array(value), array(deviation), array(n))) == pytest.approx(expected)


def test_mean_meets_the_sleep_data_of_student_1908() -> None:
    # "extra" hours of the second drug, 1.9 .8 1.1 .1 -.1 4.4 5.5 1.6 4.6 3.4: R prints 0.8976775 3.7623225
    hours = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = one(mean(array(np.mean(hours)), array(np.std(hours, ddof=1)), array(10)))
    assert found == pytest.approx((0.8976775, 3.7623225), abs=1e-7)


def test_a_single_answer_has_no_interval_of_its_mean() -> None:
    low, high = one(mean(array(4), array(math.nan), array(1)))
    assert math.isnan(low) and math.isnan(high)


@pytest.mark.parametrize("deviation", [0, 5e-7])  # sums that are rounded leave as much of equal answers
def test_equal_answers_do_not_tell_how_sure_their_mean_is(deviation: float) -> None:
    assert all(map(math.isnan, one(mean(array(4), array(deviation), array(12)))))


def test_one_other_answer_of_many_is_enough_for_an_interval() -> None:
    low, high = one(mean(array(4), array(1 / math.sqrt(1e6)), array(1e6)))
    assert low < 4 < high


def test_every_method_takes_no_rows_at_all() -> None:
    for method, columns in METHODS.values():
        low, high = method(*(array() for _ in columns))
        assert len(low) == len(high) == 0


def test_many_cells_at_once_are_the_cells_one_by_one() -> None:
    counts, sizes = array(0, 3, 10, 17), array(4, 9, 10, 400)
    low, high = wilson(100 * counts / sizes, sizes)
    for at in range(4):
        assert one(wilson(100 * counts[at : at + 1] / sizes[at : at + 1], sizes[at : at + 1])) == (low[at], high[at])
