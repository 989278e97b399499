"""What a chart draws, and what it must not draw: no line and no band through what is not known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from audit.quantity import Unit
from pages.components.chart.point import Point, aligned
from pages.components.chart.trend_chart import Labels, span, trend


def point(month: int, value: float | None, because: str = "", half: float | None = 5.0, unit: Unit = "%") -> Point:
    starts = dt.date(2026, month, 1)
    ends = (starts + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    low, high = (value - half, value + half) if value is not None and half is not None else (None, None)
    return Point(unit, "month", starts, ends, value, low, high, 40, because, "")


def traces(points: list[Point], kind: str = "scatter") -> list[Any]:
    return [each for each in trend(points, "%", Labels("latest", "records")).data if each.type == kind]


def line(points: list[Point]) -> Any:
    return next(trace for trace in traces(points) if trace.mode == "lines+markers")


def hollow(points: list[Point]) -> Any:
    return next(trace for trace in traces(points) if trace.mode == "markers")


def bands(points: list[Point]) -> list[Any]:
    return [trace for trace in traces(points) if trace.fill == "toself"]


def test_the_line_breaks_where_a_period_is_not_evaluated() -> None:
    points = [point(1, 70), point(2, 71), point(3, 90, because="only 12 records"), point(4, 72)]
    assert list(line(points).y) == [70, 71, None, 72]
    assert line(points).connectgaps is False


def test_a_value_that_is_not_evaluated_is_a_hollow_dot() -> None:
    drawn = hollow([point(1, 70), point(2, 90, because="only 12 records")])
    assert (list(drawn.x), list(drawn.y), drawn.marker.symbol) == (["Feb 2026"], [90], "circle-open")


def test_a_period_without_a_value_has_no_dot_at_all() -> None:
    points = [point(1, 70), point(2, None, because="no records")]
    assert (len(hollow(points).x), list(line(points).y)) == (0, [70, None])


def test_each_unbroken_run_of_intervals_has_a_band_of_its_own() -> None:
    points = [point(1, 70), point(2, 71), point(3, None, because="none"), point(4, 72), point(5, 73)]
    assert [list(band.x) for band in bands(points)] == [
        ["Jan 2026", "Feb 2026", "Feb 2026", "Jan 2026"],
        ["Apr 2026", "May 2026", "May 2026", "Apr 2026"],
    ]


def test_a_single_interval_between_gaps_is_a_stem() -> None:
    points = [point(1, None, because="none"), point(2, 71), point(3, None, because="none")]
    stems = [trace for trace in traces(points) if trace.mode == "lines"]
    assert (bands(points), [list(stem.y) for stem in stems]) == ([], [[66, 76]])


def test_a_figure_without_interval_has_no_band() -> None:
    points = [point(1, 70, half=None), point(2, 71, half=None)]
    assert [trace for trace in traces(points) if trace.mode == "lines"] == []


def test_bars_and_line_share_the_axis_of_all_periods() -> None:
    points = [point(1, 70), point(2, None, because="none"), point(3, 72)]
    (bars,) = traces(points, "bar")
    assert list(bars.x) == list(line(points).x) == ["Jan 2026", "Feb 2026", "Mar 2026"]


@pytest.mark.parametrize(
    ("values", "unit", "bottom", "top"),
    [
        ([40, 60], "%", 37.6, 62.4),
        # a share ends at 0 and 100, a little free so that a dot on the end is not cut in half
        ([2, 99], "%", -2.91, 102.91),
        ([0, 10], "days", -0.3, 11.2),
        ([-20, 30], "points", -26, 36),
        ([50, 50], "%", 44, 56),
    ],
)
def test_the_axis_leaves_a_little_room_around_the_values(
    values: list[float], unit: Unit, bottom: float, top: float
) -> None:
    points = [point(month, value, half=None, unit=unit) for month, value in enumerate(values, start=1)]
    assert span([points], unit) == pytest.approx((bottom, top))


def test_the_axis_holds_the_intervals_of_all_charts() -> None:
    bottom, top = span([[point(1, 40)], [point(1, 60)]], "%")
    assert bottom < 35 and top > 65


def test_an_axis_without_values_is_still_one() -> None:
    assert span([[point(1, None, because="none")]], "%") == (0.0, 1.0)


def test_a_group_without_records_in_a_period_gets_an_empty_one() -> None:
    whole = [point(1, 70), point(2, 71), point(3, 72)]
    found = aligned([point(2, 50)], whole)
    assert [each.value for each in found] == [None, 50, None]
    assert [each.n for each in found] == [0, 40, 0] and all(each.because for each in (found[0], found[2]))
