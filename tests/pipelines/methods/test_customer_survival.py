"""How long customers stay: by hand, against statsmodels, and in simulation."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from pipelines.methods.refused import Refused
from pipelines.methods.survival import LEAST_AT_RISK, Stays, curve, log_rank, stays, survival


def watched(lengths: list[int], left: list[int], entered: list[int] | None = None) -> Stays:
    return stays(np.array(lengths), np.array(left, dtype=bool), None if entered is None else np.array(entered))


def test_by_hand() -> None:
    """Six customers: one leaves at 1, one at 3, one at 4; the others are last seen at 2, 3 and 5."""
    found = curve(watched([1, 2, 3, 3, 4, 5], [1, 0, 1, 0, 1, 0]))
    assert found.survival == pytest.approx([1, 5 / 6, 5 / 6, 5 / 6 * 3 / 4, 5 / 6 * 3 / 4 * 1 / 2, 5 / 16])
    assert list(found.at_risk) == [6, 6, 5, 4, 2, 1]
    greenwood = 5 / 8 * np.sqrt(1 / (6 * 5) + 1 / (4 * 3))
    assert found.error[3] == pytest.approx(greenwood)
    # Kalbfleisch and Prentice: S to the power of exp(+-z * error / (S * |log S|))
    power = np.exp(1.959963984540054 * greenwood / (5 / 8 * abs(np.log(5 / 8))))
    assert (found.low[3], found.high[3]) == pytest.approx(((5 / 8) ** power, (5 / 8) ** (1 / power)))


def test_who_enters_late_is_at_risk_from_then_on() -> None:
    """Four from the start, four who had stayed 2 when they were first watched; one of each leaves at 3."""
    found = curve(watched([3, 5, 5, 5, 3, 5, 5, 5], [1, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 2, 2, 2, 2]))
    assert list(found.at_risk) == [4, 4, 8, 8, 6, 6]
    assert found.survival[3] == pytest.approx(6 / 8)


def test_without_anybody_who_left_the_bound_is_that_of_n_stays_without_an_event() -> None:
    found = curve(watched([9] * 40, [0] * 40))
    assert set(found.survival) == {1.0} and set(found.high) == {1.0}
    assert found.low[9] ** 40 == pytest.approx(0.025)


def test_when_the_last_one_leaves_nobody_is_left_and_the_bounds_stay_in_order() -> None:
    found = curve(watched([1, 2, 3], [1, 1, 1]))
    assert found.survival[3] == 0 and found.error[3] == 0 and found.low[3] == 0
    assert found.high[3] == pytest.approx(found.high[2])
    assert np.isfinite(found.high).all()


def drawn(seed: int, n: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    entered = rng.integers(0, 20, n) * (rng.random(n) < 0.6)
    return entered + rng.integers(0, 40, n), rng.random(n) < 0.5, entered


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_curve_is_that_of_statsmodels_with_late_entry_too(seed: int) -> None:
    """Its entry is the time after which one is watched, ours the first at which one can leave."""
    lengths, left, entered = drawn(seed)
    ours = curve(stays(lengths, left, entered))
    theirs = SurvfuncRight(lengths.astype(float), left.astype(int), entry=entered - 0.5)
    at = theirs.surv_times.astype(int)
    assert ours.survival[at] == pytest.approx(theirs.surv_prob, abs=1e-12)
    some = theirs.surv_prob > 1e-12  # where nobody is left it gives no error
    assert ours.error[at][some] == pytest.approx(theirs.surv_prob_se[some], abs=1e-12)
    assert list(ours.at_risk[at]) == list(theirs.n_risk)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_log_rank_is_that_of_statsmodels(seed: int) -> None:
    lengths, left, entered = drawn(seed)
    group = np.random.default_rng(seed).integers(0, 3, len(lengths))
    ours = log_rank({str(k): stays(*(each[group == k] for each in (lengths, left, entered))) for k in range(3)})
    statistic, p = survdiff(lengths.astype(float), left.astype(int), group, entry=entered - 0.5)
    assert (ours.statistic, ours.p) == pytest.approx((statistic, p))
    assert sum(ours.observed) == pytest.approx(sum(ours.expected)) == left.sum()


def test_the_median_is_the_first_time_by_which_half_have_left_and_its_interval_covers_it() -> None:
    rng = np.random.default_rng(5)
    hits = 0
    for lengths in rng.geometric(0.05, (300, 120)):  # half have left after log(.5) / log(.95) = 13.5, so 14
        found = survival(stays(lengths, np.ones(120, dtype=bool)))
        assert found.median is not None and found.median_low is not None
        hits += found.median_low <= 14 <= (found.median_high or 10**6)
    assert 0.92 <= hits / 300 <= 0.985


def test_the_intervals_cover_at_their_nominal_rate_with_late_entry_and_customers_who_are_still_there() -> None:
    rng = np.random.default_rng(7)
    truth = 0.97 ** np.arange(61)
    hits = np.zeros(3)
    for _ in range(600):
        lives, entered = rng.geometric(0.03, 400) - 1, rng.integers(0, 25, 400) * (rng.random(400) < 0.5)
        lives, entered = lives[lives >= entered], entered[lives >= entered]
        last = entered + rng.integers(5, 50, len(lives))
        found = curve(stays(np.minimum(lives, last), lives <= last, entered))
        # S(t) is the share that stays longer than t
        hits += [found.low[t] <= truth[t + 1] <= found.high[t] for t in (6, 12, 24)]
    assert all(0.925 <= share <= 0.975 for share in hits / 600)


def test_the_order_of_customers_is_of_no_matter() -> None:
    lengths, left, entered = drawn(9)
    order = np.random.default_rng(0).permutation(len(lengths))
    one, other = survival(stays(lengths, left, entered)), survival(stays(lengths[order], left[order], entered[order]))
    assert one == other


def test_the_curve_ends_where_few_are_watched() -> None:
    found = survival(watched([5] * 50 + [30] * (LEAST_AT_RISK - 1), [0] * 59))
    assert (found.begins, found.ends, found.points[-1].time) == (0, 5, 5)
    assert found.at(6) is None


def test_where_few_young_ones_are_watched_the_curve_begins_later_and_one_departure_does_not_decide_all() -> None:
    young = [(1, 1, 0), (20, 0, 0)]
    old = [(20 + at % 10, int(at % 10 == 0), 12) for at in range(60)]
    found = survival(watched(*([row[k] for row in young + old] for k in range(3))))
    assert found.begins == 2  # after the thin departure at 1
    assert found.points[0].survival == 100 and found.points[0].time == 2


REFUSED = [
    (watched([5] * 29, [1] * 29), "only 29 customers were watched"),
    (watched([at for at in range(0, 400, 10)], [0] * 40, [at for at in range(0, 400, 10)]), "never were 10 customers"),
]


@pytest.mark.parametrize(("few", "because"), REFUSED)
def test_thin_data_gives_no_curve(few: Stays, because: str) -> None:
    with pytest.raises(Refused, match=because):
        survival(few)


def test_who_left_before_being_watched_is_a_mistake() -> None:
    with pytest.raises(Refused, match="ends before"):
        watched([3], [1], [4])


@pytest.mark.parametrize(
    ("groups", "because"),
    [
        ({"a": watched([9] * 50, [1] * 50)}, "one group only"),
        ({"a": watched([9] * 50, [0] * 50), "b": watched([9] * 50, [0] * 50)}, "0 customers left"),
        ({"a": watched([9] * 50, [1] * 12 + [0] * 38), "b": watched([9] * 5, [0] * 5)}, "at least 5"),
    ],
)
def test_few_departures_are_not_compared(groups: dict[str, Stays], because: str) -> None:
    with pytest.raises(Refused, match=because):
        log_rank(groups)
