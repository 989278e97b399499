"""Key drivers: the published figures of R's swiss data, pingouin, every order by hand, and what stays unanswered."""

from __future__ import annotations

import csv
import os
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.api import OLS, add_constant

from pipelines.methods import key_drivers as method
from pipelines.methods.driver_words import sentence
from pipelines.methods.key_drivers import KeyDrivers, correlations, key_drivers
from pipelines.methods.refused import Refused
from pipelines.methods.subsets import lmg, r_squared
from tests.bench.peers import subsets_by_hand
from tests.bench.peers.judged import judged
from tests.oracles import oracle

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "150"))
SWISS = Path(__file__).parents[1] / "swiss.csv"
NAMES = ("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality")
PUBLISHED = (0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592)
"""R, package relaimpo, of the fertility of 47 Swiss provinces in 1888 on five others."""


def swiss() -> tuple[np.ndarray, np.ndarray]:
    with SWISS.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    return np.array([[float(row[name]) for name in NAMES] for row in rows]), np.array(
        [float(r["Fertility"]) for r in rows]
    )


def made(seed: int, n: int = 200, effects: tuple[float, ...] = (0.6, 0.3, 0.0, 0.2)) -> tuple[np.ndarray, np.ndarray]:
    """Drivers that share something, and an outcome that they move so far."""
    rng = np.random.default_rng(seed)
    drivers = 0.7 * rng.normal(size=(n, 1)) + rng.normal(size=(n, len(effects)))
    return drivers, drivers @ np.array(effects) + rng.normal(size=n)


def names(count: int) -> list[str]:
    return [f"d{at}" for at in range(count)]


def parts(found: KeyDrivers) -> list[float]:
    return [one.lmg for one in found.drivers]


def test_the_published_figures_of_swiss() -> None:
    found = key_drivers(NAMES, *swiss())
    assert parts(found) == pytest.approx(PUBLISHED, abs=5e-9)
    assert found.r2 == pytest.approx(0.7067350, abs=5e-8)


CHANCE = [(30, 6), (60, 12), (100, 8), (200, 3)]


@pytest.mark.parametrize(("n", "count"), CHANCE)
def test_of_what_has_nothing_to_do_with_it_no_driver_is_named(n: int, count: int) -> None:
    """Answers drawn by dice; the probability is that of statsmodels' regression."""
    rng = np.random.default_rng(3)
    answers, outcome = rng.integers(1, 11, (n, count)).astype(float), rng.integers(1, 11, n).astype(float)
    found = key_drivers(names(count), answers, outcome, times=20)
    assert found.p == pytest.approx(OLS(outcome, add_constant(answers)).fit().f_pvalue)
    assert (
        "does not show that satisfaction goes with any" in sentence(found).en and "greatest" not in sentence(found).en
    )


def test_of_what_moves_it_the_greatest_part_is_named() -> None:
    found = key_drivers(NAMES, *swiss(), times=50)
    told = sentence(found).en
    assert found.p == pytest.approx(OLS(swiss()[1], add_constant(swiss()[0])).fit().f_pvalue)
    assert "explain 71 %" in told and "the greatest part goes with Education: 37 %" in told and "chance" not in told


def test_pingouin_says_the_same() -> None:
    cases = [swiss(), made(1), made(2, 60, (0.5, -0.5)), made(3, 90, tuple(np.linspace(-0.4, 0.6, 7)))]
    said = oracle("relative_importance", [{"rows": x.tolist(), "outcome": y.tolist()} for x, y in cases])
    for (drivers, outcome), theirs in zip(cases, said, strict=True):
        found = key_drivers(names(drivers.shape[1]), drivers, outcome, times=2)
        assert parts(found) == pytest.approx(theirs["lmg"], abs=1e-9)
        assert [one.share for one in found.drivers] == pytest.approx(theirs["share"], abs=1e-7)
        assert found.r2 == pytest.approx(theirs["r2"], abs=1e-9)


def by_least_squares(drivers: np.ndarray, outcome: np.ndarray, chosen: tuple[int, ...]) -> float:
    design = np.column_stack([np.ones(len(outcome)), drivers[:, list(chosen)]])
    left = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return float(1 - left @ left / ((outcome - outcome.mean()) ** 2).sum())


def test_every_subset_is_a_regression_of_its_own() -> None:
    drivers, outcome = made(5, 40)
    found = r_squared(correlations(np.column_stack([drivers, outcome])))
    for size in range(5):
        for chosen in combinations(range(4), size):
            at = sum(1 << driver for driver in chosen)
            assert found[at] == pytest.approx(by_least_squares(drivers, outcome, chosen), abs=1e-12)


def test_a_part_is_the_mean_over_all_orders() -> None:
    """As Lindeman, Merenda and Gold describe it: one regression after the other, in each of the 24 orders."""
    drivers, outcome = made(6, 50)
    added: dict[int, list[float]] = {at: [] for at in range(4)}
    for order in permutations(range(4)):
        for at, driver in enumerate(order):
            before, after = order[:at], order[: at + 1]
            gained = by_least_squares(drivers, outcome, after) - by_least_squares(drivers, outcome, before)
            added[driver].append(gained)
    assert parts(key_drivers(names(4), drivers, outcome, times=2)) == pytest.approx(
        [np.mean(a) for a in added.values()]
    )


def test_two_drivers_by_hand() -> None:
    """r(1,y) = .6, r(2,y) = .5, r(1,2) = .4: R² = (.36 + .25 - 2·.6·.5·.4) / (1 - .16) = .37 / .84; the first adds .36
    alone and R² - .25 after the other."""
    table = np.array([[1, 0.4, 0.6], [0.4, 1, 0.5], [0.6, 0.5, 1]])
    whole = 0.37 / 0.84
    assert lmg(table) == pytest.approx([(0.36 + whole - 0.25) / 2, (0.25 + whole - 0.36) / 2])


def test_drivers_that_have_nothing_in_common_have_their_squared_correlations() -> None:
    table = np.eye(4)
    table[3, :3] = table[:3, 3] = [0.5, -0.4, 0.1]
    assert lmg(table) == pytest.approx([0.25, 0.16, 0.01])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), order=st.permutations(range(4)))
def test_parts_are_never_negative_add_up_and_keep_to_their_names(seed: int, order: list[int]) -> None:
    drivers, outcome = made(seed, 60)
    found = key_drivers(names(4), drivers, outcome, times=3)
    turned = key_drivers([names(4)[at] for at in order], drivers[:, order] * 5 - 3, 2 - 7 * outcome, times=3)
    assert min(parts(found)) >= 0
    assert sum(parts(found)) == pytest.approx(found.r2)
    assert {one.driver: one.lmg for one in turned.drivers} == pytest.approx(
        {one.driver: one.lmg for one in found.drivers}
    )
    for one in found.drivers:
        assert one.low <= one.high and one.low >= 0


def test_intervals_hold_the_true_part_as_often_as_promised() -> None:
    """Of the drivers that have an effect; the one without can only lie above 0, which the docstring says."""
    effects = (0.6, 0.3, 0.2)
    shared = 0.49 * np.ones((3, 3)) + np.eye(3)
    moved = shared @ np.array(effects)
    table = np.block([[shared, moved[:, None]], [moved[None], np.array([[moved @ np.array(effects) + 1]])]])
    spread = np.sqrt(np.diag(table))
    truth = lmg(table / np.outer(spread, spread))
    inside = np.zeros(3)
    for seed in range(ROUNDS):
        found = key_drivers(names(3), *made(seed, 250, effects), times=150)
        inside += [one.low <= true <= one.high for one, true in zip(found.drivers, truth, strict=True)]
    assert inside / ROUNDS == pytest.approx([0.95] * 3, abs=3 * np.sqrt(0.95 * 0.05 / ROUNDS) + 0.025)


def test_of_many_respondents_each_resample_draws_some_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interval is as wide as that of resamples of all."""
    whole = made(7, 3_000)
    monkeypatch.setattr(method, "MOST", 3_000)
    full = key_drivers(names(4), *whole, times=300)
    monkeypatch.setattr(method, "MOST", 500)
    some = key_drivers(names(4), *whole, times=300)
    assert (full.drawn, some.drawn) == (3_000, 500)
    assert parts(full) == parts(some)
    for one, other in zip(full.drivers[:2], some.drivers[:2], strict=True):
        assert other.high - other.low == pytest.approx(one.high - one.low, rel=0.2)


def test_the_seed_decides_and_nothing_else() -> None:
    assert key_drivers(names(4), *made(1), times=20) == key_drivers(names(4), *made(1), times=20)
    assert key_drivers(names(4), *made(1), times=20) != key_drivers(names(4), *made(1), seed=1, times=20)


def test_who_left_a_question_open_is_left_out_and_counted() -> None:
    drivers, outcome = made(2)
    drivers[3, 1] = outcome[5] = np.nan
    kept = np.delete(np.arange(200), [3, 5])
    found, whole = (
        key_drivers(names(4), *both, times=2) for both in [(drivers, outcome), (drivers[kept], outcome[kept])]
    )
    assert (found.n, found.left_out, whole.left_out) == (198, 2, 0)
    assert found.drivers == whole.drivers


def test_drivers_that_say_nearly_the_same_are_named() -> None:
    drivers, outcome = made(4)
    drivers[:, 2] = drivers[:, 0] + 0.2 * drivers[:, 2]
    found = key_drivers(names(4), drivers, outcome, times=2)
    assert found.close == ("d0", "d2")
    inflated = 1 / (1 - by_least_squares(drivers[:, 1:], drivers[:, 0], (0, 1, 2)))
    assert found.drivers[0].vif == pytest.approx(inflated)
    assert key_drivers(names(4), *made(4), times=2).close == ()


def test_few_for_so_many_drivers_is_thin() -> None:
    assert key_drivers(names(4), *made(1, 81), times=2).thin
    assert not key_drivers(names(4), *made(1, 82), times=2).thin


def silent() -> dict[str, Any]:
    drivers, outcome = made(3, 70, (0.3,) * 13)
    flat, twin, summed = (drivers[:, :4].copy() for _ in range(3))
    flat[:, 2], twin[:, 2], summed[:, 2] = 7, drivers[:, 0], drivers[:, 0] + 2 * drivers[:, 1]
    return {
        "one driver": (drivers[:, :1], outcome, "1 drivers were asked about"),
        "thirteen": (drivers, outcome, "13 drivers were asked about"),
        "few": (drivers[:29, :2], outcome[:29], "29 respondents .* at least 30"),
        "few for so many": (drivers[:59, :12], outcome[:59], "59 respondents .* at least 60"),
        "all left something open": (drivers[:, :2] * np.nan, outcome, "0 respondents"),
        "alike": (flat, outcome, "everybody judged d2 alike"),
        "all equally satisfied": (drivers[:, :4], outcome * 0 + 5, "everybody is equally satisfied"),
        "twins": (twin, outcome, "says the same"),
        "a sum of two": (summed, outcome, "says the same"),
    }


@pytest.mark.parametrize("case", silent())
def test_what_stays_unanswered(case: str) -> None:
    drivers, outcome, why = silent()[case]
    with pytest.raises(Refused, match=why):
        key_drivers(names(drivers.shape[1]), drivers, outcome, times=2)


def test_a_resample_in_which_a_driver_has_no_spread_adds_nothing() -> None:
    """One respondent alone differs, so that a third of the resamples see no difference at all."""
    drivers, outcome = made(9, 60, (0.5, 0.5))
    drivers[:, 1] = 0
    drivers[0, 1] = 1
    found = key_drivers(names(2), drivers, outcome)
    assert found.drivers[1].low == 0 and np.isfinite(found.drivers[1].high)


def test_both_sides_of_the_benchmark_find_the_same() -> None:
    scores, outcome = judged(5, 400)
    found = key_drivers([str(at) for at in range(5)], scores, outcome).drivers
    assert [one.lmg for one in found] == pytest.approx(subsets_by_hand.parts(scores, outcome), abs=1e-12)
