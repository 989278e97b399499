"""The small picture of a figure, and the labels beside the large one."""

from __future__ import annotations

import base64
import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.event import Event
from audit.text import Text
from pages.components.chart.charts import LIGHT
from pages.components.chart.point import Point
from pages.components.trends.margin import APART, shifts
from pages.components.trends.marks import lines, marks
from pages.components.trends.series import Series
from pages.components.trends.small_multiple import picture
from pipelines import definitions
from pipelines.methods.control_chart import ControlChart, Phase
from pipelines.methods.nelson import Signal
from pipelines.signals import Reading

KPI = definitions.kpis()["csat_top_2_box"]
SVG = "{http://www.w3.org/2000/svg}"


def point(at: int, value: float | None, because: str = "", n: int | None = 40) -> Point:
    starts = dt.date(2026, at + 1, 1)
    ends = (starts + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return Point("%", "month", starts, ends, value, None, None, n, because, "", f"2026-{at + 1:02}")


def series(
    *points: Point, low: float = 60.0, high: float = 90.0, signals: tuple[Signal, ...] = (), **more: object
) -> Series:
    count = len(points)
    phases = (Phase(0, count - 1, None, count),)
    chart = ControlChart("XmR", (75.0,) * count, (low,) * count, (high,) * count, (None,) * count, (None,) * count,
                         signals, phases, Text(en="r", zh="r"))  # fmt: skip
    return Series(KPI, points, Reading(chart, None, "stable", Text(en="because", zh="b")), **more)  # type: ignore[arg-type]


def drawn(found: Series) -> ElementTree.Element:
    html = picture(found, LIGHT, 'said "<b>"')
    encoded = re.search(r"base64,([^\"]+)", html)
    assert encoded and 'alt="said &quot;&lt;b&gt;&quot;"' in html
    return ElementTree.fromstring(base64.b64decode(encoded[1]))


def shapes(found: Series, name: str, **wanted: str) -> list[ElementTree.Element]:
    return [each for each in drawn(found).iter(f"{SVG}{name}") if all(each.get(k) == v for k, v in wanted.items())]


def test_the_line_breaks_at_what_is_not_evaluated() -> None:
    found = series(point(0, 70), point(1, 71), point(2, 90, "thin"), point(3, 72), point(4, 73))
    assert len(shapes(found, "polyline", stroke=LIGHT["accent"])) == 2
    assert len(shapes(found, "circle", stroke=LIGHT["violet"])) == 1


def test_a_value_between_two_gaps_is_a_dot_and_no_line() -> None:
    found = series(point(0, None, "none"), point(1, 71), point(2, None, "none"))
    assert len(shapes(found, "circle", fill=LIGHT["accent"])) == 1
    assert not shapes(found, "polyline", stroke=LIGHT["accent"])


@pytest.mark.parametrize(("above", "tone"), [(True, "green"), (False, "red")])
def test_a_signal_wears_the_colour_of_its_direction(above: bool, tone: str) -> None:
    found = series(point(0, 70), point(1, 71), signals=(Signal(1, 1, 1, above),))
    assert len(shapes(found, "polygon", fill=LIGHT[tone])) == 1


def test_a_signal_is_marked_at_each_of_its_points_that_is_evaluated() -> None:
    found = series(*(point(at, 70, "thin" if at == 3 else "") for at in range(9)), signals=(Signal(2, 0, 8, False),))
    assert [mark.at for mark in marks(found)] == [0, 1, 2, 4, 5, 6, 7, 8]


def test_nothing_is_marked_where_there_is_no_signal() -> None:
    assert marks(series(point(0, 70), point(1, 71))) == []


def test_a_limit_that_no_share_can_pass_is_not_drawn() -> None:
    (_centre, (low, _), (high, _)) = lines(series(point(0, 70), point(1, 71), low=-4.0, high=103.0))
    assert low == high == [None, None]


def test_an_event_is_a_line_within_its_month_and_one_outside_is_none() -> None:
    inside, outside = (Event(dt.date(2026, month, 15), "moved") for month in (2, 7))
    found = series(point(0, 70), point(1, 71), events=(inside, outside))
    assert len(shapes(found, "polyline", **{"stroke-dasharray": "1 3"})) == 1


def test_targets_are_steps() -> None:
    found = series(point(0, 70), point(1, 71), point(2, 71), targets=((70.0, None), (70.0, None), (80.0, None)))
    (path,) = shapes(found, "polyline", stroke=LIGHT["text"])
    heights = [float(place.split(",")[1]) for place in str(path.get("points")).split()]
    assert heights[:4] == [heights[0]] * 4 and heights[4] == heights[5] < heights[0]


def test_a_hidden_figure_leaves_no_bar() -> None:
    found = series(point(0, 70), point(1, None, "hidden", n=None))
    assert len(shapes(found, "rect")) == 1


@pytest.mark.parametrize("heights", [[], [5.0], [0.0, 100.0], [0.0, APART, 2 * APART]])
def test_labels_that_are_apart_stay(heights: list[float]) -> None:
    assert shifts(heights) == [0.0] * len(heights)


@given(st.lists(st.floats(0, 300), max_size=5).map(sorted))
def test_labels_move_apart_and_keep_their_order(heights: list[float]) -> None:
    placed = [height + shift for height, shift in zip(heights, shifts(heights), strict=True)]
    assert all(other - one > APART - 1 for one, other in pairwise(placed))
