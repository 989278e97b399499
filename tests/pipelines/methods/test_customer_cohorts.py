"""Cohorts: a triangle by hand, no cell before its time, and the calendar they stand in."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from pipelines.analyses.customer_base.calendar import Calendar, completed
from pipelines.methods.cohorts import LEAST, Triangle, stayed, triangle
from pipelines.methods.refused import Refused


def made(*rows: list[int], watched: list[int]) -> Triangle:
    """Each row: how many of a cohort completed exactly 0, 1, 2, … periods."""
    counts = np.array(rows)
    return triangle([f"c{at}" for at in range(len(rows))], counts.sum(axis=1), stayed(counts), np.array(watched))


def test_by_hand() -> None:
    found = made([1, 2, 7], [0, 10, 10], [5, 5, 0], watched=[2, 1, 0])
    old, new, newest = found.cohorts
    assert [cell and (cell.count, cell.n) for cell in old.cells] == [(9, 10), (7, 10)]
    assert [cell and (cell.count, cell.n) for cell in new.cells] == [(20, 20), None]
    assert newest.cells == (None, None) and newest.n == 10
    assert [cell and (cell.count, cell.n) for cell in found.total] == [(29, 30), (7, 10)]
    (low, high) = proportion_confint(9, 10, method="wilson")
    assert old.cells[0] and (old.cells[0].share, old.cells[0].low, old.cells[0].high) == pytest.approx(
        (90, 100 * low, 100 * high)
    )


def test_what_is_not_over_yet_is_empty_and_never_zero() -> None:
    """Nobody of the second cohort is there after two periods, because they are not over."""
    found = made([0, 0, 10], [0, 10, 0], watched=[2, 1])
    assert found.cohorts[1].cells[1] is None
    assert found.total[1] and found.total[1].share == 100


def test_all_gone_is_zero_and_never_empty() -> None:
    found = made([10, 0, 0], watched=[2])
    assert [cell and cell.share for cell in found.cohorts[0].cells] == [0, 0]


def test_the_total_weighs_by_customers() -> None:
    found = made([90, 10], [0, 10], watched=[1, 1])
    assert found.total[0] and found.total[0].share == pytest.approx(100 * 20 / 110)


@pytest.mark.parametrize(("n", "told"), [(LEAST - 1, False), (LEAST, True)])
def test_a_few_customers_have_no_share(n: int, told: bool) -> None:
    (cell,) = made([0, n], watched=[1]).cohorts[0].cells
    assert cell and cell.n == n and (cell.share is not None) is told


@pytest.mark.parametrize(
    ("rows", "watched", "because"),
    [([0, 0], 1, "no customer came"), ([3, 4], 0, "one whole period")],
)
def test_without_anything_to_count_there_is_no_triangle(rows: list[int], watched: int, because: str) -> None:
    with pytest.raises(Refused, match=because):
        made(rows, watched=[watched])


COMPLETED = [
    ("2026-01-15", "2026-02-14", 0),
    ("2026-01-15", "2026-02-15", 1),
    ("2026-01-31", "2026-02-28", 0),
    ("2026-01-31", "2026-03-01", 1),
    ("2025-12-01", "2026-12-01", 12),
    ("2026-01-15", "2026-01-15", 0),
]


@pytest.mark.parametrize(("since", "last", "months"), COMPLETED)
def test_whole_months_between_two_days(since: str, last: str, months: int) -> None:
    assert completed(dt.date.fromisoformat(since), dt.date.fromisoformat(last)) == months


def test_in_sql_they_are_the_same() -> None:
    import duckdb

    calendar = Calendar(1, dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=17 * at) for at in range(60)]
    pairs = [(a, b) for a in days for b in days if b >= a]
    connection = duckdb.connect()
    connection.execute("create table t as select unnest($a) as customer_since, unnest($b) as last_day",
                       {"a": [a for a, _ in pairs], "b": [b for _, b in pairs]})  # fmt: skip
    asked = (
        f"select customer_since, last_day, {calendar.completed('last_day')}, {calendar.cohort('customer_since')} from t"
    )
    for since, last, months, cohort in connection.execute(asked).fetchall():
        assert (months, cohort) == (completed(since, last), calendar.place(since))


def test_a_cohort_is_watched_only_for_as_long_as_its_last_customer() -> None:
    calendar = Calendar.over(dt.date(2025, 1, 1), dt.date(2025, 12, 30))
    assert calendar.names == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    # who came on 31 March completes the third quarter on 31 December, a day after the period; on 30 June, the second
    assert list(calendar.watched) == [2, 2, 1, 0]


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [("2026-01-01", "2026-06-30", 1), ("2025-01-01", "2025-12-31", 3), ("2021-01-01", "2026-12-31", 3),
     ("2010-01-01", "2026-12-31", 12)],
)  # fmt: skip
def test_the_step_fits_the_period(starts: str, ends: str, months: int) -> None:
    assert Calendar.over(dt.date.fromisoformat(starts), dt.date.fromisoformat(ends)).months == months
