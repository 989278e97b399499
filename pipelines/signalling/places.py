"""The points of a series in order of time, with an empty place for each period that is missing between two of them."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TypeVar

from audit.event import Event
from audit.measurement import Measurement
from audit.quantity import Unit
from pipelines.measuring.periods import DAY, rolling_months, window
from pipelines.methods.control_chart import ControlChart, Phase
from pipelines.methods.nelson import Distances, Signal

Part = TypeVar("Part", Signal, Phase)
MONTHS = {"month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}


@dataclass(frozen=True)
class Places:
    points: tuple[Measurement | None, ...]
    """None where a period is missing."""

    @property
    def values(self) -> Distances:
        return [point.value if point and evaluated(point) else None for point in self.points]

    @property
    def sizes(self) -> list[int]:
        return [max(point.n, 1) if point else 1 for point in self.points]

    @property
    def known(self) -> list[int]:
        return [at for at, value in enumerate(self.values) if value is not None]

    def changes(self, events: Sequence[Event]) -> list[tuple[int, dt.date | None]]:
        """A phase begins with the first period that begins on or after the day of a change."""
        found: list[tuple[int, dt.date | None]] = []
        for event in sorted(events, key=lambda event: event.day):
            after = [at for at, point in enumerate(self.points) if point and point.starts >= event.day]
            if event.baseline and not event.withdrawn and after:
                found.append((after[0], event.day))
        return found

    def waiting(self, events: Sequence[Event]) -> dt.date | None:
        """The latest day of a change after which no period has begun yet."""
        begun = max((point.starts for point in self.points if point), default=dt.date.min)
        return max((e.day for e in events if e.baseline and not e.withdrawn and e.day > begun), default=None)

    def since(self, changes: Sequence[tuple[int, dt.date | None]]) -> Places:
        """Those of the last phase."""
        return Places(self.points[max((place for place, _ in changes), default=0) :])

    def without_empty(self, chart: ControlChart) -> ControlChart:
        """The chart of these places as one of the points alone."""
        numbers = {at: number for number, at in enumerate(self._kept())}
        return replace(
            chart,
            signals=tuple(_moved(signal, numbers) for signal in chart.signals),
            phases=tuple(_moved(phase, numbers) for phase in chart.phases),
            centre=tuple(chart.centre[at] for at in numbers),
            low=tuple(chart.low[at] for at in numbers),
            high=tuple(chart.high[at] for at in numbers),
            moving_ranges=tuple(chart.moving_ranges[at] for at in numbers),
            range_limit=tuple(chart.range_limit[at] for at in numbers),
        )

    def _kept(self) -> Iterator[int]:
        return (at for at, point in enumerate(self.points) if point)


def places(series: Sequence[Measurement]) -> Places:
    """`series` in order of time."""
    length = _length(series)
    found: list[Measurement | None] = []
    for before, point in zip([None, *series], series, strict=False):
        found += [None] * (_missing(before, point, length) if before else 0)
        found.append(point)
    return Places(tuple(found))


def gaps_unknown(series: Sequence[Measurement]) -> bool:
    """Whether periods are missing of which nobody can tell how many."""
    return _length(series) is None and len(places(series).points) > len(series)


def _length(series: Sequence[Measurement]) -> int | None:
    """Of one period in months; None where the periods of a file are days, or of several lengths."""
    lengths = {_months(point) for point in series}
    return lengths.pop() if len(lengths) == 1 else None


def _months(point: Measurement) -> int | None:
    if point.grain:
        return MONTHS.get(point.grain) or rolling_months(point.grain)
    days = monthrange(point.starts.year, point.starts.month)[1]
    return 1 if (point.starts.day, (point.ends - point.starts).days + 1) == (1, days) else None


def _missing(before: Measurement, after: Measurement, length: int | None) -> int:
    """Where the length of a period cannot be told, every gap counts as one."""
    following = before.ends + DAY
    if after.starts <= following:
        return 0
    months = 12 * (after.starts.year - following.year) + after.starts.month - following.month
    return max(months // length, 1) if length else 1


def evaluated(point: Measurement) -> bool:
    """A period that the data cover in part is not like the others, and does not count."""
    return point.value is not None and isfinite(point.value) and point.not_evaluated is None and whole(point)


def whole(point: Measurement) -> bool:
    months = MONTHS.get(point.grain)
    return months is None or (point.starts.day == 1 and window(months, point.ends)[0] == point.starts)


def possible(chart: ControlChart, unit: Unit) -> ControlChart:
    """Limits are drawn no farther than a value can go; what is a signal was told by the whole distance."""
    least = None if unit in ("points", "score") else 0.0
    low = tuple(line if line is None or least is None else max(line, least) for line in chart.low)
    high = tuple(line if line is None or unit != "%" else min(line, 100.0) for line in chart.high)
    return replace(chart, low=low, high=high)


def overlap(series: Sequence[Measurement]) -> bool:
    return any(after.starts <= before.ends for before, after in zip(series, series[1:], strict=False))


def _moved(part: Part, numbers: dict[int, int]) -> Part:
    """An empty place lies between points, so a part may end on one and never is one."""
    last = next(numbers[at] for at in range(part.last, -1, -1) if at in numbers)
    return replace(part, first=numbers[part.first], last=last)
