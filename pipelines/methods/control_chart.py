"""
Control charts: what is ordinary from one period to the next, and what is a signal.

XmR: see individuals_chart; p, u and c: see attributes_chart. Which points are signals: see nelson.
Assumptions: values in order of time, whose neighbours differ only as in ordinary times. Limits: values that overlap (as
rolling years do) or repeat with the seasons give limits that are too narrow or too wide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np

from audit.text import Text
from pipelines.methods import attributes_chart, nelson
from pipelines.methods.individuals_chart import Line, individual
from pipelines.methods.nelson import DEFAULT, Distances
from pipelines.methods.nelson import Signal as Signal

Kind = Literal["XmR", "XmR median", "p", "u", "c"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DRAWN = 6
"""Points from which provisional limits are drawn; nothing is judged by them."""
FEWEST = 10
"""Points from which limits are judged by."""
FROZEN = 24
"""Points after which the limits of a phase stay what they are, so that later points are judged and do not move them;
two years of months, in which every season counts alike."""


@dataclass(frozen=True)
class Phase:
    """Points between two changes of the process; the limits rest on the first of them."""

    first: int
    last: int
    frozen_from_day: dt.date | None
    """The day of the change with which it begins; None for the first phase."""
    points: int
    """Those that are known."""
    rare: bool = False
    """Events are so few that limits are exact and only rule 1 is looked for; each phase for itself, because a change of
    the process may make what was frequent rare."""

    @property
    def places(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def provisional(self) -> bool:
        return self.points < FEWEST


@dataclass(frozen=True)
class ControlChart:
    """One entry for each point, None where it is not known, or where there are no limits yet."""

    kind: Kind
    centre: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    moving_ranges: tuple[float | None, ...]
    """From the point before; None for counts, for the first of a phase, and after a gap."""
    range_limit: tuple[float | None, ...]
    signals: tuple[Signal, ...]
    phases: tuple[Phase, ...]
    reason: Text
    """Why this kind."""
    stretch: float = 1.0
    """Laney's factor on the limits of counts; 1 where chance alone explains how they scatter."""
    rules: tuple[int, ...] = DEFAULT
    """Those that were looked for; like `stretch`, of the last phase."""


class Asked(NamedTuple):
    """What is charted: values in order of time, for counts with their records; a share or rate counts per `per`."""

    values: Distances
    sizes: Sequence[int] = ()
    kind: Kind = "XmR"
    per: float = 100.0
    changes: Sequence[tuple[int, dt.date | None]] = ()
    """Places at which a phase begins, and the day of the change."""
    rules: Sequence[int] = DEFAULT

    @property
    def ranged(self) -> bool:
        return self.kind.startswith("XmR")


Lines = Sequence[Line | None]


def control_chart(asked: Asked, reason: Text) -> ControlChart:
    phases = _phases(asked)
    drawn = [_drawn(asked, phase) for phase in phases]
    lines = [line for each, _ in drawn for line in each]
    return ControlChart(
        kind=asked.kind,
        centre=tuple(line and line.centre for line in lines),
        low=tuple(line and line.low for line in lines),
        high=tuple(line and line.high for line in lines),
        moving_ranges=tuple(
            _range(asked, phase, at) if asked.ranged else None for phase in phases for at in phase.places
        ),
        range_limit=tuple(line and line.range_limit for line in lines),
        signals=tuple(signal for phase in phases for signal in _signals(asked, phase, lines)),
        phases=phases,
        reason=reason,
        stretch=drawn[-1][1] if drawn else 1.0,
        rules=_looked_for(asked, phases[-1]) if phases else (),
    )


def _phases(asked: Asked) -> tuple[Phase, ...]:
    days: dict[int, dt.date | None] = {0: None}
    days |= {place: day for place, day in asked.changes if 0 <= place < len(asked.values)}
    spans = pairwise([*sorted(days), len(asked.values)]) if asked.values else ()
    return tuple(_phase(asked, range(a, b), days[a]) for a, b in spans)


def _phase(asked: Asked, places: range, day: dt.date | None) -> Phase:
    known = _known(asked, places)
    base = [] if asked.ranged else known[:FROZEN]
    values, sizes = [asked.values[at] or 0.0 for at in base], [asked.sizes[at] for at in base]
    rare = attributes_chart.rare(asked.kind, values, sizes, asked.per)
    return Phase(places[0], places[-1], day, len(known), rare)


def _known(asked: Asked, places: range) -> list[int]:
    return [at for at in places if asked.values[at] is not None]


def _drawn(asked: Asked, phase: Phase) -> tuple[list[Line | None], float]:
    """The lines of a phase, and the factor by which those of counts were widened."""
    base = _known(asked, phase.places)[:FROZEN]
    ranges = [step for at in base if (step := _range(asked, phase, at)) is not None]
    if len(ranges) < DRAWN - 1:
        return [None for _ in phase.places], 1.0
    known = [value for at in base if (value := asked.values[at]) is not None]
    if asked.ranged:
        line = individual(known, ranges, asked.kind == "XmR median")
        return [line if asked.values[at] is not None else None for at in phase.places], 1.0
    lines = _counted(asked, phase, known, [asked.sizes[at] for at in base])
    factor = 1.0 if phase.rare else attributes_chart.stretch(_steps(asked, phase, lines, base))
    return [line and line.stretched(factor) for line in lines], factor


def _counted(asked: Asked, phase: Phase, known: Sequence[float], records: Sequence[int]) -> list[Line | None]:
    middle = attributes_chart.centre(asked.kind, known, records)
    places = _known(asked, phase.places)
    sizes = np.array([asked.sizes[at] for at in places], dtype=float)
    if phase.rare:
        total = len(known) if asked.kind == "c" else sum(records)
        low, high = attributes_chart.exact(asked.kind, middle, sizes, asked.per, total)
    else:
        span = 3 * attributes_chart.deviations(asked.kind, middle, sizes, asked.per)
        low, high = middle - span, middle + span
    bounds = dict(zip(places, zip(low.tolist(), high.tolist(), strict=True), strict=True))
    return [Line(middle, *bounds[at]) if at in bounds else None for at in phase.places]


def _range(asked: Asked, phase: Phase, at: int) -> float | None:
    """Between neighbours alone: what lay in a gap is not known."""
    value, before = asked.values[at], asked.values[at - 1] if at > phase.first else None
    return abs(value - before) if value is not None and before is not None else None


def _steps(asked: Asked, phase: Phase, lines: Lines, base: Sequence[int]) -> list[float]:
    away = {at: _away(asked, at, lines[at - phase.first]) for at in base}
    known = {at: found for at, found in away.items() if found is not None}
    return [known[at] - known[at - 1] for at in known if at - 1 in known]


def _away(asked: Asked, at: int, line: Line | None) -> float | None:
    value = asked.values[at]
    return line.distance(value) if value is not None and line else None


def _looked_for(asked: Asked, phase: Phase) -> tuple[int, ...]:
    return tuple(rule for rule in asked.rules if rule == 1 or not phase.rare)


def _signals(asked: Asked, phase: Phase, lines: Lines) -> list[Signal]:
    if phase.provisional:
        return []
    distances = [_away(asked, at, lines[at]) for at in phase.places]
    found = nelson.signals(asked.values[phase.first : phase.last + 1], distances, _looked_for(asked, phase))
    return [replace(each, first=each.first + phase.first, last=each.last + phase.first) for each in found]
