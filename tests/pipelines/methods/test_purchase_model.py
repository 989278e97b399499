"""BG/NBD and Gamma-Gamma: another program's parameters and forecasts, integrals by hand, and intervals that cover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import beta

from pipelines.methods.lifetime_value import MONTH, Standing, ahead, discounted, each_of
from pipelines.methods.likelihood import Curvature
from pipelines.methods.purchase_check import purchase_check
from pipelines.methods.purchase_model import (
    NAMES,
    PurchaseModel,
    alive,
    expected_purchases,
    histories,
    purchase_model,
    purchases_while_alive,
)
from pipelines.methods.refused import Refused
from pipelines.methods.spend_model import SpendModel, expected_spend, spend_model
from tests.oracles import oracle
from tests.pipelines.made_purchases import SPENT, TRUE, Array, Drawn, drawn

NONE = Curvature(np.eye(4), True)
MODEL = PurchaseModel(1000, 500, **TRUE, log_likelihood=0.0, curvature=NONE)
DAYS, MONTHS, RATE = 182.0, 12, 0.01


UNEVEN = np.random.default_rng(1).gamma(12, 1, 900) / 4 / np.random.default_rng(2).gamma(0.6, 1 / 90, 900)
"""Means that vary so much among customers that they have no mean themselves."""


def fitted(made: Drawn) -> PurchaseModel:
    return purchase_model(histories(made.frequency, made.recency, made.age))


@pytest.fixture(scope="module")
def made() -> Drawn:
    """Rounded to days, as orders are, so that equal histories stand together."""
    one = drawn(np.random.default_rng(11), 2500)
    recency, age = np.ceil(one.recency), np.ceil(one.age)
    return replace(one, recency=np.minimum(recency, age), age=age)


@pytest.fixture(scope="module")
def theirs(made: Drawn) -> dict[str, Any]:
    named = {"frequency": made.frequency, "recency": made.recency, "age": made.age, "value": made.mean}
    asked = {name: values.tolist() for name, values in named.items()}
    told: dict[str, Any] = oracle("lifetimes_fit", asked | {"days": DAYS, "months": MONTHS, "discount": RATE})
    return told


def test_parameters_and_errors_are_those_of_another_program(made: Drawn, theirs: dict[str, Any]) -> None:
    for one in fitted(made).estimates:
        assert one.value == pytest.approx(theirs["buying"][one.name], rel=1e-5)
        assert one.error == pytest.approx(theirs["errors"][one.name], rel=1e-3)
    again = made.frequency > 0
    for one in spend_model(made.frequency[again], made.mean[again]).estimates:
        assert one.value == pytest.approx(theirs["spending"][one.name], rel=1e-5)


def test_what_is_expected_of_each_customer_is_what_another_program_expects(made: Drawn, theirs: dict[str, Any]) -> None:
    """By its own parameters, so that only the formulas are compared."""
    model, rows = replace(MODEL, **theirs["buying"]), (made.frequency, made.recency, made.age)
    spending = SpendModel(1, **theirs["spending"], correlation=0.0, low=0.0, high=0.0, curvature=NONE)
    again = made.frequency > 0
    np.testing.assert_allclose(alive(model, *rows), theirs["alive"], rtol=1e-10)
    np.testing.assert_allclose(expected_purchases(model, DAYS, *rows), theirs["expected"], rtol=1e-8)
    each = expected_spend(spending, made.frequency[again], made.mean[again])
    np.testing.assert_allclose(each, theirs["each"], rtol=1e-10)
    up_to = [expected_purchases(model, 30.0 * month, *rows)[again] * each for month in range(MONTHS + 1)]
    worth = sum((later - before) / (1 + RATE) ** month for month, (before, later) in
                enumerate(zip(up_to, up_to[1:], strict=False), 1))  # fmt: skip
    np.testing.assert_allclose(np.asarray(worth), theirs["lifetime"], rtol=1e-8)


@pytest.mark.parametrize("a", [0.4, 0.999999, 1.0, 1.7, 12.0])
@pytest.mark.parametrize(("x", "age", "time"), [(0, 40.0, 365.0), (3, 500.0, 30.0), (60, 700.0, 365.0)])
def test_purchases_to_come_are_the_integral_over_all_customers_alike(a: float, x: int, age: float, time: float) -> None:
    """Given who still buys, the chance p to stop is beta(a, b + x), and the rate gamma(r + x, alpha + age)."""
    model, r = replace(MODEL, a=a, b=4.0), TRUE["r"] + x

    def bought(u: float) -> float:
        """Over u = p ** a, which takes away the pole of the beta density at 0."""
        p = u ** (1 / a)
        share = (TRUE["alpha"] + age) / (TRUE["alpha"] + age + p * time)
        return float((1 - share**r) / p * (1 - p) ** (3.0 + x) / a / beta(a, 4.0 + x))

    by_hand = quad(bought, 0, 1, limit=400, points=[1e-4, 0.01, 0.2])[0]
    found = purchases_while_alive(model, time, np.array([float(x)]), np.array([age]))[0]
    assert found == pytest.approx(by_hand, rel=1e-5)


def test_nobody_has_stopped_who_never_bought_again_and_a_long_silence_tells_of_the_end() -> None:
    known = alive(MODEL, np.array([0.0, 5, 5, 5, 400]), np.array([0.0, 700, 300, 50, 10]), np.full(5, 700.0))
    assert known[0] == 1 and (np.diff(known) < 0).all() and known[-1] >= 0


def test_equal_histories_count_as_often_as_there_are_customers(made: Drawn) -> None:
    """The same customers twice: the same parameters, and errors smaller by the root of two."""
    twice = [np.r_[each, each[::-1]] for each in (made.frequency, made.recency, made.age)]
    one, other = fitted(made), purchase_model(histories(*twice))
    assert (one.n, other.n) == (2500, 5000) and other.log_likelihood == pytest.approx(2 * one.log_likelihood)
    for single, double in zip(one.estimates, other.estimates, strict=True):
        assert double.value == pytest.approx(single.value, rel=1e-6)
        assert single.error and double.error == pytest.approx(single.error / np.sqrt(2), rel=1e-4)


def test_the_order_of_the_rows_changes_nothing(made: Drawn) -> None:
    mixed = np.random.default_rng(1).permutation(len(made.age))
    one = fitted(made)
    other = purchase_model(histories(made.frequency[mixed], made.recency[mixed], made.age[mixed]))
    assert [each.value for each in one.estimates] == [each.value for each in other.estimates]


@pytest.mark.parametrize("unit", [1.0, 1 / 7, 24.0])
def test_a_rate_in_another_unit_of_time_is_the_same_rate(made: Drawn, unit: float) -> None:
    one = fitted(made)
    other = purchase_model(histories(made.frequency, made.recency * unit, made.age * unit))
    assert [other.r, other.alpha / unit, other.a, other.b] == pytest.approx([one.r, one.alpha, one.a, one.b], rel=1e-5)


def test_intervals_cover_the_true_parameters_at_their_nominal_rate() -> None:
    """40 draws of 500 customers, 7 parameters each: 95 % of 280 intervals, within what chance leaves."""
    rng, inside, tried = np.random.default_rng(5), 0, 0
    for _ in range(40):
        one = drawn(rng, 500)
        again = one.frequency > 0
        for each in (*fitted(one).estimates, *spend_model(one.frequency[again], one.mean[again]).estimates):
            true = (TRUE | SPENT)[each.name]
            assert each.low is not None and each.high is not None
            inside, tried = inside + (each.low <= true <= each.high), tried + 1
    assert 0.91 <= inside / tried <= 0.985


def test_the_probability_to_still_buy_is_a_probability() -> None:
    """Of customers who still buy by so many per cent, so many do."""
    one = drawn(np.random.default_rng(9), 20_000)
    told = alive(MODEL, one.frequency, one.recency, one.age)
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.999)):
        band = (told >= low) & (told < high)
        share, error = one.alive[band].mean(), np.sqrt(0.25 / band.sum())
        assert band.sum() > 300 and abs(share - told[band].mean()) < 4 * error


def test_what_was_held_out_comes_true_and_a_season_shows() -> None:
    one = drawn(np.random.default_rng(3), 4000, days=180.0)
    check = purchase_check(one.frequency, one.recency, one.age, one.after, 180.0)
    assert check.low <= check.actual <= check.high and abs(check.error) < 10
    assert check.actual == one.after.sum() and sum(row.customers for row in check.rows) == 4000
    assert [row.before for row in check.rows] == list(range(8)) and check.rows[-1].or_more
    assert sum(row.actual * row.customers for row in check.rows) == pytest.approx(check.actual)
    doubled = purchase_check(one.frequency, one.recency, one.age, 2 * one.after, 180.0)
    assert doubled.actual > doubled.high and doubled.error < -30


def few(n: int, again: int) -> tuple[Array, Array, Array]:
    x = np.r_[np.ones(again), np.zeros(n - again)]
    return x, np.where(x > 0, np.arange(n) % 90 + 1.0, 0.0), np.arange(n) % 50 + 100.0


@pytest.mark.parametrize(
    ("rows", "because"),
    [
        (few(99, 60), "only 99 customers bought"),
        (few(200, 0), "nobody bought again"),
        (few(200, 29), "only 29 customers bought again"),
        ((np.full(200, 2.0), np.full(200, 50.0), np.full(200, 100.0)), "all customers have the same history"),
    ],
)
def test_too_few_and_too_alike_are_refused_in_words(rows: tuple[Array, Array, Array], because: str) -> None:
    with pytest.raises(Refused, match=because):
        purchase_model(histories(*rows))


def test_where_nobody_stops_no_error_is_made_up() -> None:
    """All alike in what the data cannot tell: a value is given, and an interval only where there is one."""
    rng = np.random.default_rng(2)
    rate, age = rng.gamma(2, 1 / 100, 800), np.full(800, 700.0)
    times = rng.poisson(rate * age).astype(float)
    recency = np.where(times > 0, age * rng.random(800) ** (1 / np.maximum(times, 1)), 0.0)
    model = purchase_model(histories(times, recency, age))
    assert model.a / (model.a + model.b) < 0.01
    assert all(each.low is None or each.low < each.value for each in model.estimates)
    assert (alive(model, times, recency, age)[times > 2] > 0.5).mean() > 0.9


@pytest.mark.parametrize(
    ("times", "mean", "because"),
    [
        (np.full(29, 2.0), np.linspace(1, 9, 29), "only 29 customers"),
        (np.full(90, 2.0), np.full(90, 7.0), "every customer spends the same"),
        (np.full(900, 4.0), UNEVEN, "so uneven"),
    ],
)
def test_spending_that_tells_nothing_is_refused_in_words(times: Array, mean: Array, because: str) -> None:
    with pytest.raises(Refused, match=because):
        spend_model(times, mean)


def test_how_often_and_how_much_are_held_against_each_other(made: Drawn) -> None:
    again = made.frequency > 0
    times, mean = made.frequency[again], made.mean[again]
    loose, tied = spend_model(times, mean), spend_model(times, mean * times)
    assert loose.holds and loose.low < 0 < loose.high
    assert not tied.holds and tied.low > 0.3


def test_a_customer_of_whom_little_is_known_is_drawn_towards_what_all_spend() -> None:
    model = SpendModel(1, **SPENT, correlation=0.0, low=0.0, high=0.0, curvature=NONE)
    times = np.array([0.0, 1, 5, 500])
    found = expected_spend(model, times, np.full(4, 200.0))
    assert found[0] == model.usual == pytest.approx(3 * 90 / 4)
    assert (np.diff(found) > 0).all() and found[-1] == pytest.approx(200, rel=0.01)


@pytest.fixture(scope="module")
def standing(made: Drawn) -> Standing:
    found = histories(made.frequency, made.recency, made.age)
    return Standing(found, made.frequency, made.mean, np.arange(found.n) % 10 > 0)


def test_revenue_ahead_is_the_sum_over_the_customers_who_have_not_left(made: Drawn, standing: Standing) -> None:
    buying = fitted(made)
    spending = spend_model(made.frequency[made.frequency > 0], made.mean[made.frequency > 0])
    coming, each = ahead(buying, spending, standing, 24), each_of(buying, spending, standing)
    assert coming.customers == 2250 and len(coming.revenue) == 24 and len(coming.errors) == 2
    assert sum(coming.revenue[:12]) == pytest.approx(each.expected[standing.counted].sum())
    assert coming.active == pytest.approx(each.alive[standing.counted].sum())
    rows = (made.frequency, made.recency, made.age)
    by_hand = expected_purchases(buying, 12 * MONTH, *rows)
    assert coming.purchases == pytest.approx(by_hand[standing.counted].sum())
    np.testing.assert_allclose(each.expected, by_hand * expected_spend(spending, made.frequency, made.mean))


def test_the_interval_of_revenue_covers_what_the_true_models_expect() -> None:
    """30 draws: the revenue of a year that the true parameters expect of these very customers."""
    rng, inside = np.random.default_rng(8), 0
    true = SpendModel(1, **SPENT, correlation=0.0, low=0.0, high=0.0, curvature=NONE)
    for _ in range(30):
        one = drawn(rng, 500)
        found, again = histories(one.frequency, one.recency, one.age), one.frequency > 0
        standing = Standing(found, one.frequency, one.mean, np.ones(500, dtype=bool))
        coming = ahead(purchase_model(found), spend_model(one.frequency[again], one.mean[again]), standing, 12)
        wanted = each_of(MODEL, true, standing).expected.sum()
        inside += abs(sum(coming.revenue) / wanted - 1) < 1.96 * coming.error(12)
    assert inside >= 25


@pytest.mark.parametrize(
    ("months", "yearly", "worth"),
    [(1, 0.0, 100.0), (12, 0.0, 1200.0), (2, 1200.0, 100 / 13 ** (1 / 12) + 100 / 13 ** (1 / 6))],
)
def test_money_of_later_counts_for_less(months: int, yearly: float, worth: float) -> None:
    assert discounted([100.0] * 60, months, yearly) == pytest.approx(worth)


def test_the_parameters_are_named_in_their_order(made: Drawn) -> None:
    one = fitted(made)
    assert tuple(each.name for each in one.estimates) == NAMES
    assert one.moved(np.log([1.0, 2.0, 3.0, 4.0])).b == pytest.approx(4.0)
