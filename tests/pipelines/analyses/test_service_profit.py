"""The chain by unit, from the figures of a run: found by names, whole quarters only, and silent where it must be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.analyses import service_profit
from pipelines.analyses.part import Part
from pipelines.analyses.service_profit import CUSTOMERS, EMPLOYEES, chain
from pipelines.analyses.service_profit.found import Chain, ServiceProfit
from pipelines.methods.refused import Refused

UNITS = ("North", "East", "South", "West", "Centre", "Coast")
QUARTERS = [f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]


def row(kpi: str, quarter: str, by: str, group: str, value: float, **more: Any) -> dict[str, Any]:
    starts = pd.Period(quarter.replace("-", ""), freq="Q").start_time.date()
    ends = pd.Period(quarter.replace("-", ""), freq="Q").end_time.date()
    whole = {
        "kpi": kpi, "grain": "quarter", "period": quarter, "starts": starts, "ends": ends, "by": by, "group": group,
        "value": value, "n": 40, "not_evaluated_en": None,
    }  # fmt: skip
    return whole | more


def made(by: str = "region", lag: int = 1, units: tuple[str, ...] = UNITS) -> list[dict[str, Any]]:
    """Customers follow the employees of their unit after one quarter."""
    rng = np.random.default_rng(2)
    staff = rng.normal(70, 8, (len(units), len(QUARTERS)))
    rows = []
    for at, quarter in enumerate(QUARTERS):
        rows.append(row(CUSTOMERS, quarter, "", "", 80.0))
        for unit, name in enumerate(units):
            rows.append(row(EMPLOYEES, quarter, "unit", name, staff[unit, at]))
            before = staff[unit, at - lag] if at >= lag else 70.0
            rows.append(row(CUSTOMERS, quarter, by, name, 20 + 0.8 * before + rng.normal(0, 1)))
            rows.append(row("repurchase_rate", quarter, by, name, rng.normal(40, 3)))
    return rows


def found(rows: list[dict[str, Any]], dimension: str | None = None) -> Chain:
    return chain(pd.DataFrame(rows), dimension)


@pytest.mark.parametrize("by", ["region", "segment", "product", "channel"])
def test_the_dimension_is_found_by_the_names_of_its_groups(by: str) -> None:
    assert found(made(by)).dimension == by


def test_names_are_alike_whatever_their_capitals_and_width() -> None:
    rows = [each | {"group": each["group"].upper()} if each["by"] == "unit" else each for each in made()]
    assert len(found(rows).units) == len(UNITS)


def test_the_lag_that_was_put_in_is_found_and_the_next_link_shows_nothing() -> None:
    first, second = found(made()).links
    assert (first.leading, first.following) == (EMPLOYEES, CUSTOMERS)
    assert first.found.result and first.found.result.strongest.lag == 1 and first.found.result.strongest.clear
    assert second.following == "repurchase_rate" and second.found.result and not second.found.result.strongest.clear


def test_a_link_without_figures_by_that_dimension_is_left_out() -> None:
    rows = [each for each in made() if each["kpi"] != "repurchase_rate"]
    assert [link.following for link in found(rows).links] == [CUSTOMERS]


def test_the_pairs_are_those_that_were_counted() -> None:
    seen = found(made())
    for lag in seen.links[0].found.result.lags if seen.links[0].found.result else ():
        pairs = seen.pairs(seen.links[0], lag.lag)
        assert len(pairs) == lag.pairs == len(UNITS) * (len(QUARTERS) - lag.lag)
        assert all(QUARTERS.index(pair.later) - QUARTERS.index(pair.period) == lag.lag for pair in pairs)


def test_what_was_not_evaluated_is_no_pair() -> None:
    rows = [
        each | {"not_evaluated_en": "only 9 records"} if each["group"] == "East" and each["kpi"] == EMPLOYEES else each
        for each in made()
    ]
    lag = found(rows).links[0].found.result
    assert lag and lag.lags[0].units == len(UNITS) - 1 and lag.lags[0].pairs == (len(UNITS) - 1) * len(QUARTERS)


def test_a_quarter_that_the_audit_period_cuts_is_left_out() -> None:
    rows = [each | {"starts": dt.date(2024, 2, 1)} if each["period"] == "2024-Q1" else each for each in made()]
    assert found(rows).periods == tuple(QUARTERS[1:])


def test_names_of_one_side_alone_are_told() -> None:
    rows = [
        each | {"group": "Head office"} if each["group"] == "Coast" and each["by"] == "unit" else each
        for each in made()
    ]
    seen = found(rows)
    assert seen.without_customers == ("Head office",) and seen.without_employees == ("Coast",)


def test_the_set_up_may_name_the_dimension() -> None:
    rows = [*made("region"), *[each for each in made("product", units=UNITS[:4]) if each["by"] == "product"]]
    assert found(rows).dimension == "region" and found(rows, "product").dimension == "product"
    assert len(found(rows, "product").units) == 4


SILENT = [
    # rows, dimension, what is said
    ([each | {"group": f"Team {each['group']}"} if each["by"] == "unit" else each for each in made()], None,
     "no unit of the employee survey (Team Centre, Team Coast, Team East, Team North, Team South) is called like a"),
    (made("region"), "segment", "is called like a segment of the customers who answered"),
    ([each for each in made() if each["kpi"] != EMPLOYEES], None, "no unit of the employee survey has enough answers"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "dimension", "told"), SILENT)
def test_without_common_names_nothing_is_said(rows: list[dict[str, Any]], dimension: str | None, told: str) -> None:
    with pytest.raises(Refused) as raised:
        found(rows, dimension)
    assert told in raised.value.because.en


@pytest.mark.parametrize("units", [1, 2, 3])
def test_few_units_are_no_chain(units: int) -> None:
    (first, *_) = found(made(units=UNITS[:units])).links
    assert first.found.result is None and first.found.because
    assert first.found.because.en == f"only {units} units have both figures; at least 4 are needed"


def test_the_report_says_what_was_found_with_the_warning_or_why_not() -> None:
    known = ServiceProfit(Part(found(made())))
    sections = service_profit.sections(known)
    assert len(sections) == 2
    assert "the second is higher one quarter later" in sections[0].sentence.en
    assert all("A correlation is no cause." in section.sentence.en for section in sections)
    assert [len(row) for row in sections[0].rows] == [len(sections[0].heads)] * 5
    assert service_profit.FOUND.validate_json(service_profit.FOUND.dump_json(known)) == known
    (silent,) = service_profit.sections(ServiceProfit(Part(None)))
    assert silent.rows == () and silent.sentence.en == "Nothing was found."
