"""What is at stake: worked out by hand, with intervals that cover, and nothing where an assumption is nobody's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from audit.assumption import AssumptionName
from audit.text import Text
from pipelines.analyses.lifetime_value.found import AtRisk, LifetimeValue
from pipelines.analyses.part import Part
from pipelines.analyses.value_base.found import Mending, Retention, ValueBase
from pipelines.methods.lifetime_value import Ahead
from pipelines.methods.propagate import Known, propagate
from pipelines.methods.refused import Refused
from pipelines.methods.unheard import by_assumption, by_survey
from pipelines.methods.value_at_stake import Worth, remaining_years
from pipelines.worth.heard import unheard
from pipelines.worth.stakes import Stake, stakes
from pipelines.worth.words import assumed_sentence, stake_sentence

SILENT: Part[Any] = Part(None, Text(en="nothing is loaded of Orders", zh="订单没有导入任何数据"))
DAY = dt.date(2026, 10, 31)
COMING = Ahead(800, 700.0, 4000.0, tuple([10_000.0] * 60), (0.02, 0.03, 0.04, 0.05, 0.06))
RISK = AtRisk(12, 3, 2, 9000.0, 1000.0, ())
LIFETIME = LifetimeValue(DAY, SILENT, SILENT, SILENT, Part(COMING), SILENT, Part(RISK))
MENDING = Mending("register", 60, Known(90, 80, 95), 25, Known(60, 41, 77), Known(30, 10, 50))
BASE = ValueBase(
    DAY, DAY, Part(800), Part(Known(5000, 4500, 5500)), Part(Retention(780, Known(90, 88, 92))), Part(120),
    Part(MENDING), SILENT,
)  # fmt: skip
GIVEN: dict[AssumptionName, float] = {
    "contribution_margin": 30, "discount_rate": 0, "horizon": 12, "cost_of_keeping": 100, "winning_over_keeping": 5,
    "kept_when_resolved": 85, "kept_when_not_resolved": 70,
}  # fmt: skip
LEFT = 0.9 ** (1 / 12)
YEARS = LEFT * (1 - LEFT**12) / (1 - LEFT) / 12
"""Of a year, with 90 of 100 left at its end: a geometric series."""


def each(base: ValueBase = BASE, lifetime: LifetimeValue = LIFETIME, **given: float | None) -> dict[str, Stake]:
    owned = {name: value for name, value in (GIVEN | given).items() if value is not None}
    return {one.name: one for one in stakes(lifetime, base, owned)}  # type: ignore[arg-type]


def worth(stake: Stake) -> Worth:
    assert stake.worth is not None
    return stake.worth


def step(stake: Stake, name: str) -> Any:
    return next(one for one in worth(stake).steps if one.name == name)


def test_a_point_of_retention_by_hand() -> None:
    found = each()["point_of_retention"]
    assert step(found, "years").value == pytest.approx(YEARS)
    assert worth(found).total.value == pytest.approx(8 * 5000 * 0.3 * YEARS)
    gained = each(retention_gain=2.5)["point_of_retention"]
    assert worth(gained).total.value == pytest.approx(2.5 * 8 * 5000 * 0.3 * YEARS)
    assert "is worth 11," in stake_sentence(gained).en, "a point is a point, whatever is to be gained"


@pytest.mark.parametrize(
    ("retention", "yearly", "months", "years"),
    [(100, 0, 12, 1.0), (100, 0, 60, 5.0), (0, 0, 60, 0.0), (90, 0, 12, YEARS), (100, 11.111111111111, 12, YEARS)],
)
def test_years_that_remain(retention: float, yearly: float, months: int, years: float) -> None:
    assert remaining_years(retention, yearly, months) == pytest.approx(years)


def test_a_complaint_answered_in_time_by_measured_shares() -> None:
    found = each()["resolved_complaint"]
    one = 5000 * 0.3 * YEARS
    assert worth(found).total.value == pytest.approx(0.30 * one)
    assert step(found, "resolved_all").value == pytest.approx(120 * 0.30 * one)
    assert {s.name: s.origin for s in worth(found).steps}["kept_resolved"] == "measured"
    wide, narrow = worth(found).total, worth(each()["point_of_retention"]).total
    assert wide.low is not None and narrow.low is not None
    assert (wide.value - wide.low) / wide.value > (narrow.value - narrow.low) / narrow.value


def test_a_complaint_answered_in_time_by_assumption_where_the_data_is_thin() -> None:
    found = each(replace(BASE, mending=SILENT))["resolved_complaint"]
    assert worth(found).total.value == pytest.approx(0.15 * 5000 * 0.3 * YEARS)
    assert {s.name: s.origin for s in worth(found).steps}["kept_resolved"] == "assumed"


def test_winning_over_keeping_by_hand() -> None:
    found = each()["winning_over_keeping"]
    assert worth(found).total.value == pytest.approx(78 * 100 * 4)
    assert (worth(found).total.low, worth(found).total.high) == pytest.approx((780 * 0.08 * 400, 780 * 0.12 * 400))
    assert worth(each(winning_over_keeping=0.5)["winning_over_keeping"]).total.value == pytest.approx(-78 * 50)


def test_lifetime_value_by_hand_and_its_bars_add_up() -> None:
    found = each(discount_rate=12.0, horizon=24)["lifetime_value"]
    rate = 1.12 ** (1 / 12)
    today = sum(10_000 / rate**month for month in range(1, 25))
    *parts, total = worth(found).steps
    assert total.value == pytest.approx(0.3 * today) and sum(p.value for p in parts) == pytest.approx(total.value)
    assert total.low == pytest.approx(0.3 * today * (1 - 1.959964 * 0.03))


def test_at_risk_by_hand() -> None:
    assert worth(each()["at_risk"]).total.value == pytest.approx(8000 * 0.3)


NEEDED = {
    "lifetime_value": ("contribution_margin", "discount_rate", "horizon"),
    "point_of_retention": ("contribution_margin", "discount_rate", "horizon"),
    "resolved_complaint": ("contribution_margin", "discount_rate", "horizon"),
    "winning_over_keeping": ("cost_of_keeping", "winning_over_keeping"),
    "at_risk": ("contribution_margin",),
}


@pytest.mark.parametrize(("figure", "name"), [(figure, name) for figure, names in NEEDED.items() for name in names])
def test_without_an_owners_value_there_is_no_figure(figure: str, name: str) -> None:
    found = each(**{name: None})
    assert found[figure].worth is None and found[figure].missing == (name,)
    assert "Nobody owns the assumption" in stake_sentence(found[figure]).en
    for other, names in NEEDED.items():
        assert (found[other].worth is None) == (name in names)


@pytest.mark.parametrize("name", ["kept_when_resolved", "kept_when_not_resolved"])
def test_what_is_measured_needs_no_assumption(name: str) -> None:
    assert each(**{name: None})["resolved_complaint"].worth
    assert each(replace(BASE, mending=SILENT), **{name: None})["resolved_complaint"].missing == (name,)


@pytest.mark.parametrize(
    ("base", "lifetime", "figures"),
    [
        (replace(BASE, customers=SILENT), LIFETIME, {"point_of_retention"}),
        (replace(BASE, revenue=SILENT), LIFETIME, {"point_of_retention", "resolved_complaint"}),
        (replace(BASE, retention=SILENT), LIFETIME,
         {"point_of_retention", "resolved_complaint", "winning_over_keeping"}),
        (BASE, replace(LIFETIME, coming=SILENT), {"lifetime_value"}),
        (BASE, replace(LIFETIME, at_risk=SILENT), {"at_risk"}),
        (replace(BASE, complaints=SILENT), LIFETIME, set()),
        (replace(BASE, survey=SILENT), LIFETIME, set()),
    ],
)  # fmt: skip
def test_without_data_there_is_no_figure(base: ValueBase, lifetime: LifetimeValue, figures: set[str]) -> None:
    found = each(base, lifetime)
    assert {name for name, one in found.items() if one.worth is None} == figures
    assert all("nothing is loaded of Orders" in stake_sentence(found[name]).en for name in figures)


def test_intervals_of_a_product_cover_at_their_nominal_rate() -> None:
    """Mean of 400 amounts × share of 300 × 50: the interval covers the true product."""
    rng, inside = np.random.default_rng(4), 0
    for _ in range(600):
        mean, share = rng.normal(100, 40, 400), rng.binomial(300, 0.8) / 300
        half = 1.96 * mean.std() / 20, 1.96 * np.sqrt(share * (1 - share) / 300)
        known = {"m": Known(mean.mean(), mean.mean() - half[0], mean.mean() + half[0]),
                 "s": Known(share, share - half[1], share + half[1])}  # fmt: skip
        found = propagate(lambda m: 50 * m["m"] * m["s"], known)
        inside += found.low <= 50 * 100 * 0.8 <= found.high
    assert 0.93 <= inside / 600 <= 0.97


def test_an_interval_that_does_not_hold_its_value_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="does not lie within"):
        Known(5, 6, 7)


def test_a_formula_that_falls_with_its_figure_keeps_the_ends_in_order() -> None:
    found = propagate(lambda m: 100 - m["x"], {"x": Known(40, 30, 45)})
    assert (found.low, found.value, found.high) == (55, 60, 70)
    assert propagate(lambda m: 7.0, {}) == Known(7, 7, 7)


def test_unheard_by_assumption_by_hand() -> None:
    found = by_assumption(120, 4, 10)
    assert [each.share for each in found.at] == [2, 4, 8]
    assert [each.unheard.value for each in found.at] == pytest.approx([5880, 2880, 1380])
    assert found.at[1].dissatisfied.value == 3000 and found.told == 28_800
    assert found.at[1].unheard.low < 2880 < found.at[1].unheard.high
    assert by_assumption(120, 4).told is None
    assert [each.share for each in by_assumption(120, 80).at] == [40, 80, 100]
    assert by_assumption(120, 100).at[1].unheard.value == 0
    with pytest.raises(Refused, match="no complaint is on record"):
        by_assumption(0, 4)


def test_unheard_by_survey_by_hand() -> None:
    found = by_survey(800, 200, 25, 15)
    assert found.share_silent.value == 60 and found.share_that_complains.value == 40
    assert found.unheard.value == pytest.approx(15 / 200 * 800)
    assert found.unheard.low == pytest.approx(8 * 4.5974917, rel=1e-6), "Wilson of 15 in 200 by hand"
    for answered, dissatisfied, because in ((29, 29, "only 29 customers answered"), (200, 9, "only 9 customers who")):
        with pytest.raises(Refused, match=because):
            by_survey(800, answered, dissatisfied, 5)
    assert by_survey(800, 30, 10, 0).unheard.value == 0


def test_a_share_that_cannot_hold_is_said_to_be_so() -> None:
    few, more = (assumed_sentence(unheard(BASE, {"share_that_complains": share})).en for share in (4, 50))
    assert "There are 800 customers only, so the assumed share cannot hold for you" in few
    assert "cannot hold" not in more
    none = unheard(BASE, {})
    assert none.by_assumption is None and none.missing == ("share_that_complains",)
    assert "Nobody owns the assumption" in assumed_sentence(none).en
    silent = unheard(replace(BASE, complaints=SILENT), {"share_that_complains": 4})
    assert silent.by_assumption is None and "nothing is loaded" in assumed_sentence(silent).en
