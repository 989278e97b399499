"""Importance against performance: where a driver stands, and when it stands nowhere for sure."""

from __future__ import annotations

import pytest

from pipelines.methods.importance_performance import (
    Estimate,
    ImportancePerformance,
    Judged,
    importance_performance,
)
from pipelines.methods.refused import Refused


def driver(name: str, importance: float, performance: float, half: float = 1, other: float | None = None) -> Judged:
    def of(value: float, width: float) -> Estimate:
        return Estimate(value, value - width, value + width, 100)

    return Judged(name, of(importance, half), of(performance, half if other is None else other))


FOUR = [driver("price", 90, 40), driver("quality", 80, 90), driver("car park", 20, 30), driver("music", 10, 80)]
"""Means: 50 and 60."""


def placed(found: ImportancePerformance) -> dict[str, str]:
    return {one.driver: one.quadrant for one in found.drivers}


def test_the_four_quadrants_by_hand() -> None:
    found = importance_performance(FOUR)
    assert (found.importance_line, found.performance_line) == (50, 60)
    assert placed(found) == {
        "price": "concentrate here",
        "quality": "keep up",
        "car park": "low priority",
        "music": "possible overkill",
    }


@pytest.mark.parametrize(
    ("importance", "performance", "quadrant"),
    [
        (52.1, 70, "keep up"),
        (52, 70, "not clear"),  # reaches down to the line
        (48, 70, "not clear"),
        (47.9, 70, "possible overkill"),
        (70, 51, "not clear"),
        (70, 49, "not clear"),
        (49, 49, "not clear"),
        (50, 50, "not clear"),
    ],
)
def test_an_interval_that_crosses_a_line_is_not_clear(importance: float, performance: float, quadrant: str) -> None:
    asked = [driver("x", importance, performance, 2), driver("y", 30, 30)]
    assert placed(importance_performance(asked, "middle"))["x"] == quadrant


def test_each_direction_has_an_interval_of_its_own() -> None:
    wide_up = driver("x", 70, 70, half=1, other=30)
    wide_across = driver("y", 70, 70, half=30, other=1)
    found = importance_performance([wide_up, wide_across], "middle")
    assert placed(found) == {"x": "not clear", "y": "not clear"}
    assert {one.nearest for one in found.drivers} == {"keep up"}


def test_lines_at_the_middle_are_where_they_are_said_to_be() -> None:
    found = importance_performance(FOUR, "middle", (25, 85))
    assert (found.lines, found.importance_line, found.performance_line) == ("middle", 25, 85)
    assert placed(found)["quality"] == "keep up" and placed(found)["music"] == "low priority"


def test_the_order_of_drivers_says_nothing() -> None:
    assert placed(importance_performance(FOUR[::-1])) == placed(importance_performance(FOUR))


@pytest.mark.parametrize("asked", [[], FOUR[:1]])
def test_one_driver_alone_has_no_map(asked: list[Judged]) -> None:
    with pytest.raises(Refused, match="at least two"):
        importance_performance(asked)


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(Refused, match="price stands there twice"):
        importance_performance([FOUR[0], FOUR[0]])
