"""How much hangs on few: by hand, by definition, and in simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.methods.concentration import LEAST, Concentration, concentration, gini
from pipelines.methods.refused import Refused


def test_by_hand() -> None:
    """Ten customers of 40 bring 60 each, thirty bring 5 each: 750 in all."""
    found = concentration(np.array([5.0] * 30 + [60.0] * 10))
    assert (found.n, found.total, found.largest) == (40, 750, pytest.approx(8))
    assert (found.needed_count, found.needed.value) == (10, pytest.approx(25))  # 600 of 750 is four fifths
    assert (found.top_count, found.top.value) == (8, pytest.approx(100 * 480 / 750))
    assert found.curve[0] == 0 and found.curve[100] == pytest.approx(100) and found.curve[25] == pytest.approx(80)


@pytest.mark.parametrize("n", [41, 119, 804])
def test_the_curve_says_of_the_top_fifth_what_is_told_of_it(n: int) -> None:
    """Customer k of n brings k: the top c bring c(2n - c + 1) of n(n + 1)."""
    found = concentration(np.arange(1.0, n + 1))
    for at in (1, 5, 20, 50, 99):
        count = -(-at * n // 100)
        assert found.curve[at] == pytest.approx(100 * count * (2 * n - count + 1) / (n * (n + 1))), at
    assert found.curve[20] == found.top.value


def test_where_all_bring_the_same_nothing_hangs_on_few() -> None:
    found = concentration(np.full(50, 7.0))
    assert (found.needed.value, found.top.value) == (pytest.approx(80), pytest.approx(20))
    assert found.gini.value == pytest.approx(0, abs=1e-12)


def test_a_customer_who_brought_nothing_counts_among_the_customers() -> None:
    some = np.linspace(1, 9, 40)
    without, zeros = concentration(some), concentration(np.concatenate([some, np.zeros(40)]))
    assert zeros.needed.value == pytest.approx(without.needed.value / 2) and zeros.n == 80


@settings(max_examples=30)
@given(st.lists(st.floats(0.01, 1e6), min_size=LEAST, max_size=60))
def test_gini_is_the_mean_difference_of_two_over_twice_the_mean(amounts: list[float]) -> None:
    sizes = np.array(amounts)
    differences = abs(sizes[:, None] - sizes[None]).mean()
    assert gini(sizes).value == pytest.approx(differences / (2 * sizes.mean()), abs=1e-9)


@settings(max_examples=30)
@given(st.lists(st.floats(0.01, 1e6), min_size=LEAST, max_size=60), st.floats(0.001, 1000), st.randoms())
def test_order_and_currency_are_of_no_matter(amounts: list[float], rate: float, chance: object) -> None:
    one = concentration(np.array(amounts))
    shuffled = sorted(amounts, key=lambda _: chance.random())  # type: ignore[attr-defined]
    other = concentration(rate * np.array(shuffled))
    assert other.top.value == pytest.approx(one.top.value)
    assert other.gini.value == pytest.approx(one.gini.value, abs=1e-9)
    assert abs(other.needed_count - one.needed_count) <= 1  # an exact four fifths may fall to either side


def shares(found: Concentration) -> list[tuple[float, float, float]]:
    return [(one.low, one.value, one.high) for one in (found.needed, found.top, found.gini)]


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1e6), min_size=LEAST, max_size=80).filter(lambda some: sum(x > 0 for x in some) >= LEAST))
def test_every_interval_holds_its_share_and_stays_within_bounds(amounts: list[float]) -> None:
    found = concentration(np.array(amounts))
    for (low, value, high), most in zip(shares(found), (100, 100, 1), strict=True):
        assert -1e-9 <= low <= value + 1e-9 and value <= high + 1e-9 <= most + 1e-6


def test_the_intervals_cover_at_about_their_nominal_rate() -> None:
    """Of amounts with a moderate tail: gamma with shape 1.5, whose figures come from a million draws."""
    rng = np.random.default_rng(11)
    truth = concentration(rng.gamma(1.5, 1, 1_000_000))
    hits = np.zeros(3)
    for sample in rng.gamma(1.5, 1, (800, 400)):
        told = shares(concentration(sample))
        hits += [low <= true <= high for (low, _, high), (_, true, _) in zip(told, shares(truth), strict=True)]
    assert all(0.92 <= share <= 0.975 for share in hits / 800)


REFUSED = [
    ([1.0] * (LEAST - 1), "only 29 customers brought anything"),
    ([1.0] * (LEAST - 1) + [0.0] * 100, "only 29 customers brought anything"),
    ([1.0] * 40 + [-1.0], "negative"),
    ([1.0] * 40 + [float("nan")], "no number"),
    ([], "only 0 customers"),
]


@pytest.mark.parametrize(("amounts", "because"), REFUSED)
def test_what_has_no_shares_is_refused(amounts: list[float], because: str) -> None:
    with pytest.raises(Refused, match=because):
        concentration(np.array(amounts))
