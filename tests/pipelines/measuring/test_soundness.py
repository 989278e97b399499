"""The share of rows behind a figure that is not sound, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hand_made import MARCH, broke, load_of

from audit.load import Load
from pipelines import definitions
from pipelines.measuring.periods import Period
from pipelines.measuring.soundness import Standing, flaws, inside

SURVEY = "survey_responses"
MIDDLE = Period("rolling_12_months", "", dt.date(2025, 3, 16), dt.date(2026, 3, 15))


def shares(by_load: list[tuple[Load, dict[str, int]]], *columns: str, source: str = SURVEY) -> list[float]:
    standing = Standing(definitions.sources()[source], frozenset(columns), by_load)
    return [pytest.approx(flaw.share) for flaw in flaws(standing)]


def survey(**changes: Any) -> Load:
    return load_of(SURVEY, **changes)


@pytest.mark.parametrize(
    ("load", "rows", "expected"),
    [
        (survey(), {"2026-03": 100}, []),
        (survey(rejected=25), {"2026-03": 100}, [20]),
        (survey(rejected=25), {"2026-03": 4}, [20]),  # most of it was replaced since: the share is the load's
        (survey(gate=(broke("recommend", {"2026-03": 7}),)), {"2026-03": 100}, [7]),
        (survey(gate=(broke("recommend", {"2026-03": 7}),)), {"2026-03": 50}, [7]),  # half of it was replaced since
        (survey(gate=(broke("recommend", {"2026-02": 7}),)), {"2026-03": 100}, []),
        (survey(gate=(broke("ease", {"2026-03": 7}),)), {"2026-03": 100}, []),
        (survey(gate=(broke("recommend", outcome="could not be checked"),)), {"2026-03": 100}, [100]),
        (survey(delivered=("recommend",)), {"2026-03": 100}, []),
        (survey(delivered=("ease",)), {"2026-03": 100}, [100]),
        (survey(rejected=25, gate=(broke("recommend", {"2026-03": 70}),)), {"2026-03": 100}, [70, 20]),  # gravest first
        (survey(rejected=25), {}, []),
    ],
)
def test_shares_of_one_load(load: Load, rows: dict[str, int], expected: list[float]) -> None:
    assert shares([(load, rows)], "recommend") == expected


def test_rows_of_several_loads_are_one_whole() -> None:
    bad = survey(id="bad", months={"2026-03": 10}, gate=(broke("recommend", {"2026-03": 10}),))
    assert shares([(survey(), {"2026-03": 90}), (bad, {"2026-03": 10})], "recommend") == [10]


def test_a_month_that_a_later_file_replaced_does_not_count_beside_one_that_stands() -> None:
    bad = survey(id="bad", months={"2026-02": 100, "2026-03": 100}, gate=(broke("recommend", {"2026-02": 90}),))
    corrected = survey(id="corrected", months={"2026-02": 100})
    assert shares([(bad, {"2026-03": 100}), (corrected, {"2026-02": 100})], "recommend") == []


def test_the_same_expectation_of_two_loads_is_added_up() -> None:
    one, two = (survey(id=id, gate=(broke("recommend", {"2026-03": 10}),)) for id in ("one", "two"))
    assert shares([(one, {"2026-03": 100}), (two, {"2026-03": 100})], "recommend") == [10]


def test_a_missing_column_whose_absence_means_something_is_no_flaw() -> None:
    load = load_of("orders", delivered=("order_id", "ordered_at", "customer_id", "promised_at"))
    assert shares([(load, {"2026-03": 100})], "promised_at", "status", source="orders") == []
    assert shares([(load, {"2026-03": 100})], "delivered_at", "status", source="orders") == [100]


@pytest.mark.parametrize(
    ("month", "period", "expected"),
    [
        ("2026-03", MARCH, True),
        ("2026-02", MARCH, False),
        ("2026-04", MARCH, False),
        ("", MARCH, True),  # undated rows belong to every period
        ("2025-03", MIDDLE, True),  # a month that is in it only in part
        ("2026-03", MIDDLE, True),
        ("2025-02", MIDDLE, False),
    ],
)
def test_which_months_belong_to_a_period(month: str, period: Period, expected: bool) -> None:
    assert inside(month, period) == expected
