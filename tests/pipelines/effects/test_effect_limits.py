"""Limits before an action as Wheeler printed them, and what is a signal after it."""

from __future__ import annotations

import pytest

from pipelines.effects.limits import Chart, chart, signals_after
from pipelines.methods.nelson import Signal

PRINTED = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
"""Wheeler's accounts receivable: mean 4135.50, mean moving range 355.93, limits 3188.72 and 5082.28."""
CALM = Chart(10, 4, 16)


def test_the_limits_are_the_printed_ones() -> None:
    found = chart(PRINTED)
    assert (found.mean, found.low, found.high) == pytest.approx((4135.50, 3188.72, 5082.28), abs=0.01)


def test_limits_of_values_that_never_move_lie_on_them() -> None:
    assert chart([7, 7, 7]) == Chart(7, 7, 7)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([17], [Signal(1, 0, 0, True)]),
        ([10, 3.9], [Signal(1, 1, 1, False)]),
        ([17, 3], [Signal(1, 0, 0, True), Signal(1, 1, 1, False)]),
        ([11] * 8, [Signal(2, 0, 7, True)]),
        ([11, *[9] * 9], [Signal(2, 1, 9, False)]),
        ([11] * 7 + [17], [Signal(1, 7, 7, True), Signal(2, 0, 7, True)]),
    ],
)
def test_a_signal_is_found(values: list[float], expected: list[Signal]) -> None:
    assert signals_after(CALM, values) == expected


@pytest.mark.parametrize(
    "values",
    [
        [],
        [4, 16],  # on the limits
        [10] * 20,  # on the mean
        [11] * 7,  # one short of a run
        [11, 11, 11, 11, 10, 11, 11, 11, 11],  # a value on the mean ends the run
        [11, 9] * 8,
        [15.9, 4.1, 15.9, 4.1],
    ],
)
def test_what_is_ordinary_is_no_signal(values: list[float]) -> None:
    assert signals_after(CALM, values) == []
