"""How periods are named, and which are only a part."""

from __future__ import annotations

import datetime as dt

import pytest

from pages.components.chart import period


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("grain", "starts", "ends", "expected"),
    [
        ("month", "2026-10-01", "2026-10-31", "Oct 2026"),
        ("quarter", "2026-10-01", "2026-12-31", "Q4 2026"),
        ("quarter", "2026-02-10", "2026-03-31", "Q1 2026"),
        ("year", "2026-01-01", "2026-12-31", "2026"),
        ("rolling_12_months", "2025-11-01", "2026-10-31", "Oct 2026"),
        # two windows may end in the same month, so the one that ends within it says its day
        ("rolling_12_months", "2025-10-16", "2026-10-15", "15 Oct 2026"),
    ],
)
def test_a_period_is_named_by_its_grain(grain: str, starts: str, ends: str, expected: str) -> None:
    assert period.label(grain, day(starts), day(ends)) == expected


@pytest.mark.parametrize(
    ("grain", "starts", "ends"),
    [
        ("month", "2026-10-02", "2026-10-31"),
        ("month", "2026-10-01", "2026-10-30"),
        ("quarter", "2026-11-01", "2026-12-31"),
        ("quarter", "2026-10-01", "2026-11-30"),
        ("year", "2024-11-01", "2024-12-31"),
        ("year", "2026-01-01", "2026-10-31"),
    ],
)
def test_a_period_that_the_audit_period_cuts_is_a_part(grain: str, starts: str, ends: str) -> None:
    assert period.is_part(grain, day(starts), day(ends))


@pytest.mark.parametrize(
    ("grain", "starts", "ends"),
    [
        ("month", "2026-02-01", "2026-02-28"),
        ("month", "2024-02-01", "2024-02-29"),
        ("month", "2026-12-01", "2026-12-31"),
        ("quarter", "2026-01-01", "2026-03-31"),
        ("quarter", "2026-10-01", "2026-12-31"),
        ("year", "2026-01-01", "2026-12-31"),
        ("rolling_12_months", "2025-10-16", "2026-10-15"),
    ],
)
def test_a_whole_period_is_no_part(grain: str, starts: str, ends: str) -> None:
    assert not period.is_part(grain, day(starts), day(ends))
