"""
Which points of a control chart are signals: the eight tests of Nelson (1984), The Shewhart Control Chart - Tests for
Special Causes, Journal of Quality Technology 16(4), 237-239.

Assumptions: points in order of time, independent in ordinary times, scattered about the centre line without a lasting
skew. Each further test raises the rate of false alarms: 1 and 2 are the default, the others are for who asks.
Limits: tests 1, 2, 5 and 6 look at each half by itself. A value on the centre line ends a run (2); two equal values end
a rise or fall (3, 4). A point that is not known ends every sequence: what lay there could have ended it, so no test but
the first can say anything across a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TypeVar

T = TypeVar("T")
RULES = (1, 2, 3, 4, 5, 6, 7, 8)
DEFAULT = (1, 2)
RUN = 9
ROUNDING = 1e-9
"""Share of a standard deviation by which arithmetic may miss a line."""
Distances = Sequence[float | None]


@dataclass(frozen=True)
class Signal:
    rule: int
    first: int
    """Position of its first point, from 0; of a test like two of three, of the first of the two."""
    last: int
    above: bool | None
    """Above the centre line, or rising; None where a test knows no side."""


@dataclass(frozen=True)
class Stretch:
    """Points without a gap between them."""

    begins: int
    values: list[float]
    distances: list[float]
    """From the centre line, in standard deviations of the point."""


def signals(values: Distances, distances: Distances, rules: Sequence[int] = DEFAULT) -> tuple[Signal, ...]:
    """In the order in which they end. `distances` are those of `values` from their centre line, in standard deviations;
    None where a point is not known. Points that satisfy a test together are one signal."""
    found = [
        replace(signal, first=signal.first + stretch.begins, last=signal.last + stretch.begins)
        for stretch in _stretches(values, distances)
        for rule in rules
        for signal in TESTS[rule](stretch)
    ]
    return tuple(sorted(found, key=lambda signal: (signal.last, signal.rule, signal.first)))


def runs(distances: Distances, length: int = RUN) -> list[Signal]:
    """Test 2, for who counts another length: so many points in a row on one side."""
    known = [distance or 0.0 for distance in distances]  # a gap ends a run, as the line itself does
    return [Signal(2, *each, side > 0) for side, each in _alike(map(_side, known)) if side and _long(each, length)]


def _stretches(values: Distances, distances: Distances) -> Iterator[Stretch]:
    known = [value is not None and distance is not None for value, distance in zip(values, distances, strict=True)]
    for is_known, (first, last) in _alike(known):
        if is_known:
            part = slice(first, last + 1)
            yield Stretch(
                first, [v for v in values[part] if v is not None], [d for d in distances[part] if d is not None]
            )


def _beyond(stretch: Stretch) -> list[Signal]:
    """1: one point beyond three standard deviations."""
    return [Signal(1, at, at, d > 0) for at, d in enumerate(stretch.distances) if abs(d) > 3 + ROUNDING]


def _runs(stretch: Stretch) -> list[Signal]:
    """2: nine points in a row on one side."""
    return runs(stretch.distances)


def _rises(stretch: Stretch) -> list[Signal]:
    """3: six points in a row steadily rising or falling."""
    steps = [_side(after - before) for before, after in pairwise(stretch.values)]
    spans = ((step, (first, last + 1)) for step, (first, last) in _alike(steps))
    return [Signal(3, *span, step > 0) for step, span in spans if step and _long(span, 6)]


def _saw(stretch: Stretch) -> list[Signal]:
    """4: fourteen points in a row going up and down by turns."""
    steps = [_side(after - before) for before, after in pairwise(stretch.values)]
    turns = [one * other < 0 for one, other in pairwise(steps)]
    spans = ((is_turn, (first, last + 2)) for is_turn, (first, last) in _alike(turns))
    return [Signal(4, *span, None) for is_turn, span in spans if is_turn and _long(span, 14)]


def _two_of_three(stretch: Stretch) -> list[Signal]:
    """5: two of three points in a row beyond two standard deviations, on the same side."""
    return _several(5, stretch, beyond=2, count=2, among=3)


def _four_of_five(stretch: Stretch) -> list[Signal]:
    """6: four of five points in a row beyond one standard deviation, on the same side."""
    return _several(6, stretch, beyond=1, count=4, among=5)


def _calm(stretch: Stretch) -> list[Signal]:
    """7: fifteen points in a row within one standard deviation, on either side."""
    within = [abs(distance) <= 1 + ROUNDING for distance in stretch.distances]
    return [Signal(7, *span, None) for is_within, span in _alike(within) if is_within and _long(span, 15)]


def _torn(stretch: Stretch) -> list[Signal]:
    """8: eight points in a row beyond one standard deviation, some on each side."""
    outside = [abs(distance) > 1 + ROUNDING for distance in stretch.distances]
    spans = [span for is_outside, span in _alike(outside) if is_outside and _long(span, 8)]
    sides = [{_side(each) for each in stretch.distances[first : last + 1]} for first, last in spans]
    return [Signal(8, *span, None) for span, both in zip(spans, sides, strict=True) if both == {1, -1}]


def _several(rule: int, stretch: Stretch, beyond: float, count: int, among: int) -> list[Signal]:
    """Each half by itself; what overlaps is one signal."""
    found: list[Signal] = []
    for side in (1, -1):
        places = [at for at, d in enumerate(stretch.distances) if d * side > beyond + ROUNDING]
        spans = [(a, b) for a, b in zip(places, places[count - 1 :], strict=False) if b - a < among]
        found += [Signal(rule, *span, side > 0) for span in _merged(spans)]
    return found


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in spans:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def _alike(each: Iterable[T]) -> Iterator[tuple[T, tuple[int, int]]]:
    """Neighbours that are alike, with the places of the first and the last of them."""
    for value, group in groupby(enumerate(each), key=lambda pair: pair[1]):
        places = [at for at, _ in group]
        yield value, (places[0], places[-1])


def _long(span: tuple[int, int], length: int) -> bool:
    return span[1] - span[0] + 1 >= length


def _side(value: float) -> int:
    return int(value > 0) - int(value < 0)


TESTS: dict[int, Callable[[Stretch], list[Signal]]] = dict(
    zip(RULES, (_beyond, _runs, _rises, _saw, _two_of_three, _four_of_five, _calm, _torn), strict=True)
)
