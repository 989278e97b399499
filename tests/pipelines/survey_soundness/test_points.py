"""The sentence of each point."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.methods.difference import Difference
from pipelines.survey_soundness.points import _early_late


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (-12.0, 6.2, "lies between -12.0 and 6.2 points"),
        (-12.04, 6.0, "lies between -12.0 and 6.0 points"),
        (2.0, 8.5, "more content by 5 points (2.0 to 8.5)"),
        (-8.5, -2.0, "less content by 5 points (2.0 to 8.5)"),
    ],
)
def test_both_ends_of_the_interval_have_the_same_decimals(low: float, high: float, told: str) -> None:
    value = 5.0 if low > 0 else -5.0
    survey: Any = SimpleNamespace(
        early_late=SimpleNamespace(result=SimpleNamespace(difference=Difference(value, low, high)))
    )
    assert _early_late(survey).told.en.endswith(told)
