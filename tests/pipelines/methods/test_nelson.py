"""Nelson's tests one by one: each fires at its length and is silent one point short, on the line, and mirrored."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.methods.nelson import RULES, Signal, runs, signals

Distances = list[float | None]
HALVES = (1, 2, 5, 6)
"""Those that act on each half by itself."""
SYMMETRIC = (1, 2, 4, 5, 6, 7, 8)
"""Those that say the same of a series read backwards; a rise (3) becomes a fall."""


def found(rule: int, distances: Distances) -> list[Signal]:
    """The distances are the values, too."""
    return list(signals(distances, distances, (rule,)))


UP_AND_DOWN: Distances = [0.1, -0.1] * 7
FIRES: list[tuple[int, Distances, list[Signal]]] = [
    (1, [3.001], [Signal(1, 0, 0, True)]),
    (1, [0.0, -3.5, 0.0], [Signal(1, 1, 1, False)]),
    (1, [4.0, 4.0], [Signal(1, 0, 0, True), Signal(1, 1, 1, True)]),
    (1, [4.0, None, -4.0], [Signal(1, 0, 0, True), Signal(1, 2, 2, False)]),
    (2, [0.1] * 9, [Signal(2, 0, 8, True)]),
    (2, [0.5, *[-0.5] * 10], [Signal(2, 1, 10, False)]),
    (2, [None, *[2.9] * 9], [Signal(2, 1, 9, True)]),
    (2, [*[0.1] * 9, *[-0.1] * 9], [Signal(2, 0, 8, True), Signal(2, 9, 17, False)]),
    (3, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5], [Signal(3, 0, 5, True)]),
    (3, [0.9, 1.0, 0.4, 0.3, 0.2, 0.1, -0.2, -0.3], [Signal(3, 1, 7, False)]),
    (4, UP_AND_DOWN, [Signal(4, 0, 13, None)]),
    (4, [*UP_AND_DOWN, 0.3], [Signal(4, 0, 14, None)]),
    (4, [0.5, 0.6, 0.55, *UP_AND_DOWN], [Signal(4, 3, 16, None)]),
    (5, [2.1, 2.1], [Signal(5, 0, 1, True)]),
    (5, [2.1, 0.0, 2.1], [Signal(5, 0, 2, True)]),
    (5, [-2.1, 2.5, -2.1], [Signal(5, 0, 2, False)]),  # the third may lie anywhere, also on the other side
    (5, [3.5, 0.0, 2.1], [Signal(5, 0, 2, True)]),  # beyond three is beyond two
    (5, [2.1, 0.0, 2.1, 2.1, 0.0, 0.0], [Signal(5, 0, 3, True)]),  # what overlaps is one signal
    (6, [1.1] * 4, [Signal(6, 0, 3, True)]),
    (6, [-1.1, -1.1, 0.5, -1.1, -1.1], [Signal(6, 0, 4, False)]),
    (6, [1.1, -3.0, 1.1, 1.1, 1.1], [Signal(6, 0, 4, True)]),
    (7, [0.5, -0.9, 0.0] * 5, [Signal(7, 0, 14, None)]),
    (7, [2.0, *[1.0, -1.0] * 8], [Signal(7, 1, 16, None)]),  # on one standard deviation is within it
    (8, [1.1] * 4 + [-1.1] * 4, [Signal(8, 0, 7, None)]),
    (8, [0.0, *[-2.0] * 7, 3.5, 0.0], [Signal(8, 1, 8, None)]),
]
SILENT: list[tuple[int, Distances]] = [
    (1, []),
    (1, [3.0, -3.0]),  # on the limits
    (1, [None]),
    (1, [2.999] * 8),
    (2, [0.1] * 8),
    (2, [*[0.1] * 8, 0.0, *[0.1] * 8]),  # a value on the centre line ends the run
    (2, [*[0.1] * 8, -0.1, *[0.1] * 8]),
    (2, [*[0.1] * 8, None, *[0.1] * 8]),  # a gap ends it, whatever lay there
    (2, [0.0] * 20),
    (3, [0.0, 0.1, 0.2, 0.3, 0.4]),
    (3, [0.0, 0.1, 0.2, 0.2, 0.3, 0.4, 0.5]),  # two equal values end the rise
    (3, [0.0, 0.1, 0.2, None, 0.3, 0.4, 0.5]),
    (3, [0.0] * 9),
    (4, [0.1, -0.1] * 6 + [0.1]),
    (4, [*[0.1, -0.1] * 6, -0.1, *[0.1, -0.1] * 6]),
    (4, [*[0.1, -0.1] * 6, None, *[0.1, -0.1] * 6]),
    (5, [2.1]),
    (5, [2.1, -2.1, 0.0, 2.1]),  # three apart
    (5, [2.1, -2.1]),  # on two sides
    (5, [2.0, 2.0, 2.0]),  # on the line
    (5, [2.1, None, 2.1]),
    (6, [1.1] * 3),
    (6, [1.1, 1.1, 0.0, 0.0, 1.1, 1.1]),  # three in any five
    (6, [1.1, 1.1, -1.1, -1.1, 1.1]),
    (6, [1.0] * 9),
    (6, [1.1, 1.1, None, 1.1, 1.1]),
    (7, [0.5, -0.5] * 7),
    (7, [*[0.5] * 8, 1.1, *[0.5] * 8]),
    (7, [*[0.5] * 8, None, *[0.5] * 8]),
    (8, [1.1] * 4 + [-1.1] * 3),
    (8, [1.1] * 12),  # all on one side is another matter
    (8, [1.1, -1.1, 1.1, -1.1, 0.9, 1.1, -1.1, 1.1, -1.1]),
    (8, [1.1, -1.1, 1.1, -1.1, None, 1.1, -1.1, 1.1, -1.1]),
]


@pytest.mark.parametrize(("rule", "distances", "expected"), FIRES)
def test_a_rule_fires(rule: int, distances: Distances, expected: list[Signal]) -> None:
    assert found(rule, distances) == expected


@pytest.mark.parametrize(("rule", "distances"), SILENT)
def test_a_rule_is_silent(rule: int, distances: Distances) -> None:
    assert found(rule, distances) == []


def mirrored(distances: Distances) -> Distances:
    return [None if each is None else -each for each in distances]


@pytest.mark.parametrize(("rule", "distances", "expected"), FIRES)
def test_the_mirror_image_fires_on_the_other_side(rule: int, distances: Distances, expected: list[Signal]) -> None:
    turned = [
        Signal(each.rule, each.first, each.last, None if each.above is None else not each.above) for each in expected
    ]
    assert found(rule, mirrored(distances)) == turned


@pytest.mark.parametrize(("rule", "distances"), SILENT)
def test_the_mirror_image_is_silent(rule: int, distances: Distances) -> None:
    assert found(rule, mirrored(distances)) == []


SHORTEST = {
    1: [3.1], 2: [0.1] * 9, 3: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 4: UP_AND_DOWN, 5: [2.1, 0.0, 2.1],
    6: [1.1, 1.1, 0.0, 1.1, 1.1], 7: [0.1, -0.1, 0.0] * 5, 8: [1.1, -1.1] * 4,
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_one_point_short_is_silent_from_either_end(rule: int) -> None:
    whole: Distances = list(SHORTEST[rule])
    assert len(found(rule, whole)) == 1
    assert found(rule, whole[:-1]) == found(rule, whole[1:]) == []


def test_only_the_rules_that_are_asked_for_speak() -> None:
    wild: Distances = [3.5] * 15
    assert {each.rule for each in signals(wild, wild)} == {1, 2}
    assert {each.rule for each in signals(wild, wild, RULES)} == {1, 2, 5, 6}
    assert signals(wild, wild, ()) == ()


def test_a_run_of_another_length_can_be_asked_for() -> None:
    assert runs([0.1] * 8, 8) == [Signal(2, 0, 7, True)] and runs([0.1] * 7, 8) == []


known = st.floats(-4, 4).map(lambda each: round(each, 2))
series = st.lists(st.one_of(st.none(), known), max_size=40)


@given(series, st.sampled_from(SYMMETRIC))
def test_backwards_the_same_points_are_signals(distances: Distances, rule: int) -> None:
    there = {(each.first, each.last, each.above) for each in found(rule, distances)}
    last = len(distances) - 1
    back = {(last - each.last, last - each.first, each.above) for each in found(rule, distances[::-1])}
    assert there == back


@given(series, st.sampled_from(RULES))
def test_no_signal_but_single_points_spans_a_gap(distances: Distances, rule: int) -> None:
    for each in found(rule, distances):
        assert None not in distances[each.first : each.last + 1]


@given(series)
def test_runs_are_as_counted_one_by_one(distances: Distances) -> None:
    """By another way: cut at gaps and at the line, then look at each piece."""
    sides = [0 if each is None else (each > 0) - (each < 0) for each in distances]
    expected, at = [], 0
    for side, piece in groupby(sides):
        length = len(list(piece))
        if side and length >= 9:
            expected.append(Signal(2, at, at + length - 1, side > 0))
        at += length
    assert found(2, distances) == expected


@given(series)
def test_several_of_a_few_are_as_every_window_says(distances: Distances) -> None:
    """By another way: every window of three, or of five, that has enough points on one side."""
    for rule, beyond, count, among in ((5, 2, 2, 3), (6, 1, 4, 5)):
        covered = set()
        for start in range(len(distances)):
            for stop in range(start + 1, min(start + among, len(distances)) + 1):
                window = distances[start:stop]
                if None in window:
                    continue
                for side in (1, -1):
                    hits = [start + at for at, each in enumerate(window) if (each or 0) * side > beyond]
                    if len(hits) >= count:
                        covered |= {(side, at) for at in range(hits[0], hits[-1] + 1)}
        told = found(rule, distances)
        assert covered == {(1 if s.above else -1, at) for s in told for at in range(s.first, s.last + 1)}


@given(st.lists(known, min_size=1, max_size=40), st.floats(0.1, 50), st.floats(-100, 100))
def test_rise_and_saw_depend_on_order_alone(values: list[float], scale: float, shift: float) -> None:
    moved: Distances = [round(each * 100) * scale + shift for each in values]
    for rule in (3, 4):
        assert found(rule, list(values)) == list(signals(moved, list(values), (rule,)))
