"""XmR charts as Wheeler and NIST printed them and as statprocon draws them; phases, gaps, and limits that stay."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statprocon import XmR

from audit.text import Text
from pipelines.methods import control_chart as methods
from pipelines.methods.control_chart import Asked, ControlChart, Phase, Signal

WHY = Text(en="why", zh="为何")
RECEIVABLE = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
"""Wheeler: mean 4135.50, mean moving range 355.93, limits 3188.72 and 5082.28, range limit 1163.19."""
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH 6.3.2.2: mean 50.81, mean moving range 1.8778, limits 45.8159 and 55.8041, with 3/1.128."""
DAY = dt.date(2026, 3, 1)


def charted(values: Sequence[float | None], kind: str = "XmR", **more: Any) -> ControlChart:
    return methods.control_chart(Asked(values, [1] * len(values), kind, **more), WHY)  # type: ignore[arg-type]


def test_the_limits_are_the_printed_ones() -> None:
    found = charted(RECEIVABLE)
    assert (found.centre[0], found.low[0], found.high[0], found.range_limit[0]) == pytest.approx(
        (4135.50, 3188.72, 5082.28, 1163.19), abs=0.005
    )
    ranges = [step for step in found.moving_ranges if step is not None]
    assert found.moving_ranges[0] is None and sum(ranges) / 15 == pytest.approx(355.93, abs=0.005)
    assert found.signals == (Signal(1, 15, 15, True),) and found.phases == (Phase(0, 15, None, 16),)
    assert (found.kind, found.reason, found.stretch) == ("XmR", WHY, 1.0)


def test_the_limits_of_nist_differ_by_the_constant_alone() -> None:
    """They use 3/1.128 where Wheeler rounds it to 2.66."""
    found = charted(FLOW)
    assert found.centre[0] == pytest.approx(50.81, abs=5e-5)
    spans = [bound - 50.81 for bound in (45.8159, 55.8041)]
    own = [bound - (found.centre[0] or 0) for bound in (found.low[0] or 0, found.high[0] or 0)]
    assert own == pytest.approx([span * 2.66 / (3 / 1.128) for span in spans], abs=2e-3)
    assert found.signals == ()


@pytest.mark.real_data
def test_every_published_case(real_data: Path) -> None:
    cases = json.loads((real_data / "reference_xmr.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) >= 8
    for name, case in cases.items():
        values, told = case["data"], case["published"]
        found = charted(values, "XmR median" if case["median_mr"] else "XmR")
        for key, figure in (("mean", found.centre[0]), ("LNPL", found.low[0]), ("UNPL", found.high[0]),
                            ("URL", found.range_limit[0])):  # fmt: skip
            wanted = told.get(key, told.get(f"{key}_book"))
            if wanted is not None:
                half = 0.5 * 10 ** -len(str(wanted).partition(".")[2])  # of the last digit printed
                rounded = name.startswith("NIST") or "_book" in "".join(told)  # another constant; a mean rounded first
                assert figure == pytest.approx(wanted, abs=0.07 if rounded else 1.01 * half), name
        for rule, above, key in ((1, True, "rule1_x_above"), (1, False, "rule1_x_below")):
            if key in told:
                assert [s.first for s in found.signals if (s.rule, s.above) == (rule, above)] == told[key], name


values = st.lists(st.integers(-1000, 1000).map(lambda each: each / 4), min_size=10, max_size=24)


@given(values, st.booleans())
def test_the_lines_are_those_of_statprocon(series: list[float], of_median: bool) -> None:
    oracle = XmR(series, moving_range_uses="median" if of_median else "average")
    found = charted(series, "XmR median" if of_median else "XmR")
    wanted = (
        oracle.x_central_line()[0], oracle.lower_natural_process_limit()[0],
        oracle.upper_natural_process_limit()[0], oracle.upper_range_limit()[0],
    )  # fmt: skip
    assert (found.centre[0], found.low[0], found.high[0], found.range_limit[0]) == pytest.approx(
        [float(each) for each in wanted],
        abs=3e-3,  # it rounds to thousandths, the moving range before it is multiplied by up to 3.87 too
    )


@given(values)
def test_points_beyond_the_limits_are_those_of_statprocon(series: list[float]) -> None:
    oracle, found = XmR(series), charted(series, rules=(1,))
    low, high = (
        float(each[0]) for each in (oracle.lower_natural_process_limit(), oracle.upper_natural_process_limit())
    )
    assume(min(abs(value - bound) for value in series for bound in (low, high)) > 2e-3)  # it rounds to thousandths
    assert [s.first for s in found.signals] == [
        at for at, out in enumerate(oracle.rule_1_x_indices_beyond_limits()) if out
    ]


@given(values, st.floats(0.01, 1000), st.floats(-1e4, 1e4))
def test_shifting_and_scaling_moves_the_lines_and_no_signal(series: list[float], scale: float, shift: float) -> None:
    assume(len(set(series)) > 1)
    here, there = charted(series), charted([value * scale + shift for value in series])
    assert there.high[0] == pytest.approx((here.high[0] or 0) * scale + shift, rel=1e-6, abs=1e-6)
    assume(not _near_a_line(series, here))
    assert here.signals == there.signals


def _near_a_line(series: Sequence[float], chart: ControlChart) -> bool:
    """Where rounding may put a value on either side."""
    lines = [line or 0.0 for line in (chart.centre[0], chart.low[0], chart.high[0])]
    return any(0 < abs(value - line) < 1e-3 for value in series for line in lines)


@given(values)
def test_turned_upside_down_the_other_side_is_signalled(series: list[float]) -> None:
    here, there = charted(series), charted([-value for value in series])
    assert [(s.rule, s.first, s.last, s.above) for s in here.signals] == [
        (s.rule, s.first, s.last, not s.above) for s in there.signals
    ]


@given(values)
def test_backwards_the_lines_are_the_same(series: list[float]) -> None:
    here, there = charted(series), charted(series[::-1])
    assert (here.centre[0], here.low[0]) == pytest.approx((there.centre[0], there.low[0]), abs=1e-9)


CALM = [10.0, 12.0, 11.0, 9.0, 10.0, 12.0, 9.0, 11.0, 10.0, 11.0]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_below_six_points_there_are_no_limits(count: int) -> None:
    found = charted(CALM[:count])
    assert found.centre == found.low == found.high == found.range_limit == (None,) * count and not found.signals
    assert len(found.phases) == min(count, 1)


@pytest.mark.parametrize("count", [6, 9])
def test_below_ten_points_limits_are_provisional_and_nothing_is_judged_by_them(count: int) -> None:
    found = charted([*CALM[: count - 1], 99.0])
    assert found.centre[0] is not None and found.phases[0].provisional and not found.signals


def test_from_ten_points_on_they_count() -> None:
    found = charted([*CALM[:9], 99.0], rules=(1,))
    assert not found.phases[0].provisional and found.signals == (Signal(1, 9, 9, True),)


def test_a_gap_is_no_point_and_no_neighbour() -> None:
    gapped: list[float | None] = [*CALM[:5], None, *CALM[5:]]
    found = charted(gapped)
    assert found.centre[5] is None and found.low[5] is None and found.moving_ranges[5:7] == (None, None)
    assert found.phases[0].points == 10 and found.centre[0] == pytest.approx(sum(CALM) / 10)
    steps = [abs(b - a) for part in (CALM[:5], CALM[5:]) for a, b in zip(part, part[1:], strict=False)]
    assert found.high[0] == pytest.approx(sum(CALM) / 10 + 2.66 * sum(steps) / len(steps))


def test_where_hardly_two_neighbours_are_known_there_are_no_limits() -> None:
    found = charted([value for each in CALM for value in (each, None)])
    assert set(found.centre) == {None} and not found.signals and found.phases[0].points == 10


def test_a_change_of_the_process_begins_new_limits() -> None:
    """What would be a run and points beyond the limits is ordinary after the change."""
    moved = [value + 20 for value in CALM]
    found = charted(CALM + moved, changes=[(10, DAY)])
    assert found.phases == (Phase(0, 9, None, 10), Phase(10, 19, DAY, 10)) and found.signals == ()
    assert found.centre[9] == pytest.approx(10.5) and found.centre[10] == pytest.approx(30.5)
    assert found.moving_ranges[10] is None, "no range between two phases"
    assert charted(CALM + moved).signals != ()


def test_a_change_without_enough_points_after_it_leaves_these_unjudged() -> None:
    found = charted([*CALM, 90.0, 91.0], changes=[(10, DAY)])
    assert found.centre[10:] == (None, None) and found.signals == () and found.centre[9] is not None


def test_no_run_goes_on_across_a_change() -> None:
    high = [10.0, 20.0] * 5 + [16.0] * 5
    low = [16.0] * 4 + [10.0, 20.0] * 5
    assert not [s for s in charted(high + low, changes=[(15, DAY)]).signals if s.rule == 2]
    assert [s for s in charted(high + low).signals if s.rule == 2]


def test_a_change_before_the_first_point_names_its_day() -> None:
    assert charted(CALM, changes=[(0, DAY)]).phases == (Phase(0, 9, DAY, 10),)


def test_two_changes_between_the_same_points_are_one() -> None:
    later = DAY + dt.timedelta(days=9)
    assert [p.frozen_from_day for p in charted(CALM * 2, changes=[(10, DAY), (10, later)]).phases] == [None, later]


@pytest.mark.parametrize("kind", ["XmR", "XmR median", "c"])
def test_limits_rest_on_the_first_two_years_and_no_later_point_moves_them(kind: str) -> None:
    first = CALM * 2 + CALM[:4]
    before, after = charted(first, kind), charted([*first, 60.0, 70.0, 80.0], kind)
    assert before.low == after.low[:24] and before.high == after.high[:24]
    assert {s.first for s in after.signals if s.rule == 1} >= {24, 25, 26}
    assert before.low[:23] != charted(first[:23], kind).low, "the twenty-fourth still counts"


def test_values_that_never_move_are_ordinary_and_any_other_is_a_signal() -> None:
    assert charted([7.1] * 24, rules=range(1, 9)).signals == (Signal(7, 0, 23, None),)
    assert charted([0.1 + 0.2] * 24).signals == ()
    assert charted([*[7.1] * 24, 7.2]).signals == (Signal(1, 24, 24, True),)


def test_every_tuple_has_one_entry_for_each_point() -> None:
    found = charted([*CALM, None, *CALM])
    for line in (found.centre, found.low, found.high, found.moving_ranges, found.range_limit):
        assert len(line) == 21 and all(each is None or math.isfinite(each) for each in line)
