"""The chart of an action: a line on the right day, the others in grey, and nothing through what is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from audit.text import Text
from pages.components.finding.effect_chart import effect_chart
from pipelines import definitions
from pipelines.effects.effectiveness import Aim, Effect
from pipelines.effects.limits import Chart
from pipelines.effects.series import Month

KPI = definitions.kpis()["csat_top_2_box"]
AIM = Aim(KPI.name, dt.date(2025, 3, 16), dt.date(2025, 6, 30))


def month(number: int, value: float | None, evaluated: bool = True, year: int = 2025) -> Month:
    starts = dt.date(year, number, 1)
    ends = (starts + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    low, high = (value - 5, value + 5) if value is not None else (None, None)
    return Month(starts, ends, value, 40, low, high, evaluated, evaluated)


def drawn(*months: Month, others: tuple[Month, ...] = (), limits: Chart | None = None, aim: Aim = AIM) -> Any:
    told = Effect("not shown", Text(en="said", zh="said"), KPI, months, others, limits=limits)
    return effect_chart(told, aim)


def line(chart: Any) -> Any:
    return next(trace for trace in chart.data if trace.mode == "lines+markers")


@pytest.mark.parametrize(
    ("day", "place"),
    [(dt.date(2025, 3, 1), 1.5), (dt.date(2025, 3, 17), 1.5 + 16 / 31), (dt.date(2025, 1, 1), -0.5)],
)
def test_the_line_stands_at_its_place_within_the_month(day: dt.date, place: float) -> None:
    chart = drawn(month(1, 70), month(2, 71), month(3, 72), month(4, 80), aim=replace(AIM, done_on=day))
    (shape,) = chart.layout.shapes
    assert (shape.x0, shape.x1) == pytest.approx((place, place))
    assert any("done on" in (note.text or "") for note in chart.layout.annotations)


@pytest.mark.parametrize("day", [None, dt.date(2023, 1, 1), dt.date(2025, 5, 1)])
def test_no_line_stands_where_there_is_no_such_day(day: dt.date | None) -> None:
    chart = drawn(month(3, 72), month(4, 80), aim=replace(AIM, done_on=day))
    assert not chart.layout.shapes and not chart.layout.annotations


def test_the_line_of_values_breaks_where_a_month_cannot_be_used() -> None:
    chart = drawn(month(1, 70), month(2, None, False), month(3, 90, False), month(4, 80))
    assert list(line(chart).y) == [70, None, None, 80]
    (hollow,) = [trace for trace in chart.data if trace.marker.symbol == "circle-open"]
    assert list(hollow.y) == [90]


def test_the_others_are_one_grey_line_without_a_band() -> None:
    months, others = (month(1, 70), month(2, 71)), (month(1, 60), month(2, 61))
    alone, chart = drawn(*months), drawn(*months, others=others)
    assert len(chart.data) == len(alone.data) + 1
    grey = chart.data[0]
    assert list(grey.y) == [60, 61] and grey.mode == "lines" and grey.line.color != line(chart).line.color


def test_control_limits_are_drawn_where_there_are_some_and_lie_in_view() -> None:
    chart = drawn(month(1, 70), month(3, 71), limits=Chart(70, 40, 99))
    heights = [shape.y0 for shape in chart.layout.shapes if shape.y0 == shape.y1]
    low, high = chart.layout.yaxis.range
    assert heights == [70, 40, 99] and low <= 40 and high >= 99


def test_only_months_from_the_first_compared_one_on_are_in_view() -> None:
    long = [month(number, 70, year=year) for year in (2022, 2023, 2024) for number in range(1, 13)]
    chart = drawn(*long, aim=replace(AIM, done_on=dt.date(2024, 6, 10)))
    assert list(line(chart).x)[0] == "Jun 2023" and len(line(chart).x) == 19
