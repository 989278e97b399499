"""The periods of a run: every day in exactly one month, and windows that end where they should."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipelines.measuring.periods import DAY, Period, periods, rolling, window

day = dt.date.fromisoformat


def of(grain: str, first: str, last: str, windows: set[int] | None = None) -> list[tuple[str, str, str]]:
    found = [p for p in periods(day(first), day(last), windows or set()) if p.grain == grain]
    return [(p.label, str(p.starts), str(p.ends)) for p in found]


@pytest.mark.parametrize(
    ("length", "ends", "starts"),
    [
        (12, "2026-03-31", "2025-04-01"),
        (12, "2026-03-15", "2025-03-16"),
        (12, "2024-02-29", "2023-03-01"),
        (12, "2025-02-28", "2024-03-01"),
        (12, "2024-02-28", "2023-02-28"),  # 29 February less a year is 28 February
        (1, "2026-02-28", "2026-02-01"),
        (1, "2026-01-31", "2026-01-01"),
        (1, "2026-03-30", "2026-02-28"),  # 31 March less a month is the last day of February
        (3, "2026-01-31", "2025-11-01"),
        (24, "2026-12-31", "2025-01-01"),
        (36, "2026-06-30", "2023-07-01"),
    ],
)
def test_a_window_ends_on_the_day_and_begins_its_months_before(length: int, ends: str, starts: str) -> None:
    assert window(length, day(ends)) == (day(starts), day(ends))


@pytest.mark.parametrize(
    ("grain", "first", "last", "expected"),
    [
        ("month", "2026-01-10", "2026-03-05", [
            ("2026-01", "2026-01-10", "2026-01-31"),
            ("2026-02", "2026-02-01", "2026-02-28"),
            ("2026-03", "2026-03-01", "2026-03-05"),
        ]),
        ("month", "2024-02-01", "2024-02-29", [("2024-02", "2024-02-01", "2024-02-29")]),
        ("month", "2025-12-31", "2026-01-01", [
            ("2025-12", "2025-12-31", "2025-12-31"), ("2026-01", "2026-01-01", "2026-01-01"),
        ]),
        ("quarter", "2025-11-15", "2026-04-02", [
            ("2025-Q4", "2025-11-15", "2025-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2026-Q2", "2026-04-01", "2026-04-02"),
        ]),
        ("year", "2025-11-15", "2026-04-02", [
            ("2025", "2025-11-15", "2025-12-31"), ("2026", "2026-01-01", "2026-04-02"),
        ]),
        ("year", "2026-05-05", "2026-05-05", [("2026", "2026-05-05", "2026-05-05")]),
        ("audit_period", "2026-05-05", "2026-06-05", [("2026-05-05 to 2026-06-05", "2026-05-05", "2026-06-05")]),
    ],
)  # fmt: skip
def test_a_period_at_the_edge_is_cut_to_the_range(
    grain: str, first: str, last: str, expected: list[tuple[str, str, str]]
) -> None:
    assert of(grain, first, last) == expected


def test_the_series_of_twelve_months_has_full_windows_only() -> None:
    found = of("rolling_12_months", "2025-01-01", "2026-03-31")
    assert found == [
        ("2025-03", "2024-04-01", "2025-03-31"),  # the one before the latest, for the comparison
        ("2025-12", "2025-01-01", "2025-12-31"),
        ("2026-01", "2025-02-01", "2026-01-31"),
        ("2026-02", "2025-03-01", "2026-02-28"),
        ("2026-03", "2025-04-01", "2026-03-31"),
    ]


def test_a_range_in_the_middle_of_a_month_ends_with_a_window_of_its_own_name() -> None:
    found = of("rolling_12_months", "2024-01-01", "2026-03-15")
    assert found[-2:] == [("2026-02", "2025-03-01", "2026-02-28"), ("2026-03-15", "2025-03-16", "2026-03-15")]
    assert ("2025-03-15", "2024-03-16", "2025-03-15") in found


@pytest.mark.parametrize(("first", "last"), [("2026-01-01", "2026-03-31"), ("2026-03-31", "2026-03-31")])
def test_a_range_shorter_than_a_year_has_the_latest_window_and_none_before_it(first: str, last: str) -> None:
    assert of("rolling_12_months", first, last) == [("2026-03", "2025-04-01", "2026-03-31")]


def test_another_length_gives_its_latest_window_and_the_one_before() -> None:
    found = of(rolling(6), "2025-01-01", "2026-02-28", {6})
    assert found == [("2025-08", "2025-03-01", "2025-08-31"), ("2026-02", "2025-09-01", "2026-02-28")]


def test_twelve_months_are_always_measured_and_other_lengths_only_when_asked() -> None:
    grains = {p.grain for p in periods(day("2025-01-01"), day("2026-02-28"), set())}
    assert grains == {"audit_period", "month", "quarter", "year", "rolling_12_months"}


@pytest.mark.parametrize(
    ("begins", "first", "last", "expected"),
    [
        (4, "2024-06-10", "2026-05-20", [
            ("FY2025", "2024-06-10", "2025-03-31"), ("FY2026", "2025-04-01", "2026-03-31"),
            ("FY2027", "2026-04-01", "2026-05-20"),
        ]),
        (4, "2026-03-31", "2026-04-01", [
            ("FY2026", "2026-03-31", "2026-03-31"), ("FY2027", "2026-04-01", "2026-04-01"),
        ]),
        (12, "2025-11-30", "2026-11-30", [
            ("FY2025", "2025-11-30", "2025-11-30"), ("FY2026", "2025-12-01", "2026-11-30"),
        ]),
        (2, "2026-01-31", "2026-02-01", [
            ("FY2026", "2026-01-31", "2026-01-31"), ("FY2027", "2026-02-01", "2026-02-01"),
        ]),
        (1, "2025-01-01", "2026-12-31", []),
    ],
)  # fmt: skip
def test_a_fiscal_year_is_named_after_the_year_in_which_it_ends(
    begins: int, first: str, last: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [p for p in periods(day(first), day(last), set(), begins) if p.grain == "fiscal_year"]
    assert [(p.label, str(p.starts), str(p.ends)) for p in found] == expected


DAYS = some.dates(dt.date(1999, 1, 1), dt.date(2045, 12, 31))
RANGES = some.tuples(DAYS, some.integers(0, 1500)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY))


@settings(max_examples=60, deadline=None)
@given(RANGES, some.integers(2, 12))
def test_months_quarters_and_years_tile_the_range(span: tuple[dt.date, dt.date], begins: int) -> None:
    first, last = span
    found = periods(first, last, set(), begins)
    for grain in ("month", "quarter", "year", "fiscal_year"):
        tiles = [p for p in found if p.grain == grain]
        assert (tiles[0].starts, tiles[-1].ends) == (first, last)
        assert all(p.starts <= p.ends for p in tiles)
        assert all(b.starts - a.ends == DAY for a, b in zip(tiles, tiles[1:], strict=False))


@settings(max_examples=60, deadline=None)
@given(RANGES, some.sets(some.integers(1, 36), max_size=3))
def test_no_two_periods_share_a_name_and_windows_meet_without_overlap(
    span: tuple[dt.date, dt.date], lengths: set[int]
) -> None:
    found: list[Period] = periods(*span, lengths)
    assert len({(p.grain, p.label) for p in found}) == len(found)
    for length in lengths:
        latest = [p for p in found if p.grain == rolling(length) and p.ends == span[1]]
        assert len(latest) == 1
        starts, ends = window(length, latest[0].starts - DAY)
        before = [p for p in found if p.grain == rolling(length) and p.ends == ends]
        assert [(p.starts, p.ends) for p in before] == ([(starts, ends)] if ends >= span[0] else [])
