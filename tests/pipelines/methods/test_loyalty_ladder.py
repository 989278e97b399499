"""The loyalty ladder: what puts a customer on which step, and who moved."""

from __future__ import annotations

from collections import Counter

import pytest
from statsmodels.stats.proportion import proportion_confint

from pipelines.methods.ladder import STEPS, Known, Ladder, Place, ladder, step_of
from pipelines.methods.refused import Refused

STANDS = [
    # orders, lately, before the record, in touch, promoter, referred
    ((0, False, False, False, False, False), "suspect"),
    ((0, False, False, True, False, False), "potential"),
    ((0, False, False, True, True, False), "potential"),  # praise alone is no purchase
    ((0, False, False, False, False, True), "suspect"),  # nor is a recommendation
    ((1, True, False, False, False, False), "first purchase"),
    ((1, True, False, True, False, False), "first purchase"),
    ((1, True, False, True, True, False), "first purchase"),  # a promoter after one order is no supporter yet
    ((2, True, False, False, False, False), "repeat"),
    ((1, True, True, False, False, False), "repeat"),  # a customer since before orders were on record
    ((2, True, False, True, True, False), "supporter"),
    ((1, True, True, True, True, False), "supporter"),
    ((2, True, False, False, False, True), "advocate"),
    ((1, True, False, False, False, True), "advocate"),
    ((2, True, False, True, True, True), "advocate"),
    ((1, False, False, False, False, False), "lapsed"),
    ((2, False, False, True, True, True), "lapsed"),  # neither praise nor recommendation is an order
    ((0, False, True, False, False, False), "lapsed"),  # may have ordered before the record, and not lately
]


@pytest.mark.parametrize(("known", "step"), STANDS)
def test_each_customer_stands_on_the_highest_step_that_holds(
    known: tuple[int, bool, bool, bool, bool, bool], step: str
) -> None:
    assert step_of(Known(*known)) == step


def counted(**moves: int) -> Counter[tuple[Place, Place]]:
    """repeat_advocate=3 is three who went from the one to the other."""
    names = {name.replace(" ", ""): name for name in (*STEPS, "left", "not a customer yet")}
    return Counter({tuple(names[half] for half in move.split("_")): n for move, n in moves.items()})  # type: ignore[misc]


def rung(found: Ladder, step: str) -> tuple[int, float, int | None]:
    one = next(each for each in found.rungs if each.step == step)
    return one.count, one.share, one.before


def test_by_hand() -> None:
    found = ladder(
        counted(repeat_repeat=20, repeat_advocate=10, firstpurchase_repeat=10, supporter_lapsed=5, lapsed_repeat=5,
                repeat_left=7, notacustomeryet_suspect=50, notacustomeryet_left=2, left_left=99)
    )  # fmt: skip
    assert (found.n, found.n_before) == (100, 57)
    assert rung(found, "repeat") == (35, 35, 37)
    assert rung(found, "suspect") == (50, 50, 0)
    assert rung(found, "lapsed") == (5, 5, 5)
    assert (found.rose, found.fell, found.stayed) == (25, 5, 20)
    assert ("repeat", "left", 7) in found.moves and not any(since == "left" for since, _, _ in found.moves)
    low, high = proportion_confint(35, 100, method="wilson")
    one = next(each for each in found.rungs if each.step == "repeat")
    assert (one.low, one.high) == pytest.approx((100 * low, 100 * high))


def test_the_shares_make_up_the_whole_and_so_do_the_moves() -> None:
    found = ladder(counted(repeat_repeat=31, suspect_potential=7, lapsed_left=3, notacustomeryet_firstpurchase=9))
    assert sum(one.share for one in found.rungs) == pytest.approx(100)
    assert sum(one.share_before or 0 for one in found.rungs) == pytest.approx(100)
    assert sum(n for _, to, n in found.moves if to != "left") == found.n


def test_where_nothing_is_known_of_before_nobody_moved_and_nothing_was_zero() -> None:
    found = ladder(counted(repeat_repeat=40), compared=False)
    assert found.moves == () and found.n_before is None
    assert all(one.before is None and one.share_before is None for one in found.rungs)


@pytest.mark.parametrize("moves", [{}, {"repeat_repeat": 29}, {"repeat_left": 100}])
def test_few_customers_have_no_ladder(moves: dict[str, int]) -> None:
    with pytest.raises(Refused, match="at least 30"):
        ladder(counted(**moves))
