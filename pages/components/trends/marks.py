"""What stands on a chart besides its line: signals that point where the figure went, limits, targets, events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from audit.event import Event
from audit.tag import Tag
from pages.components.trends.series import Series
from pages.components.words import _, said
from pipelines.methods.nelson import Signal
from pipelines.signalling.sentence import verdict_word

TONES = {"worsening": "red", "improving": "green", "changed": "orange", "not evaluated": "violet"}
"""Colour of a verdict; the others are grey."""


@dataclass(frozen=True)
class Mark:
    """A signal at one point. `up` is None where the rule knows no side."""

    at: int
    up: bool | None
    tone: str
    rules: tuple[int, ...]

    @property
    def shape(self) -> str:
        return {True: "▲", False: "▼", None: "◆"}[self.up]


def marks(series: Series) -> list[Mark]:
    """One for each point that lies in a signal and is drawn."""
    chart = series.reading.chart
    found: dict[int, list[Signal]] = {}
    for signal in chart.signals if chart else ():
        for at in range(signal.first, signal.last + 1):
            if series.points[at].evaluated:
                found.setdefault(at, []).append(signal)
    return [_mark(series, at, signals) for at, signals in sorted(found.items())]


def _mark(series: Series, at: int, signals: Sequence[Signal]) -> Mark:
    sides = {signal.above for signal in signals}
    up = sides.pop() if len(sides) == 1 else None
    return Mark(at, up, tone(series, up), tuple(sorted({signal.rule for signal in signals})))


def tone(series: Series, up: bool | None) -> str:
    if up is None or series.kpi.better == "neither":
        return TONES["changed"]
    return TONES["improving" if up == (series.kpi.better == "higher") else "worsening"]


def since(series: Series) -> int | None:
    """The point from which the signal holds that the verdict rests on; None where it has passed, or has one point."""
    return series.reading.signal.first if series.reading.signal and series.reading.lasts else None


def spanned(series: Series, signal: Signal) -> str:
    """The first and the last period of a signal."""
    first, last = series.points[signal.first].name, series.points[signal.last].name
    return first if signal.first == signal.last else _("{first} to {last}", first=first, last=last)


def dated(series: Series) -> Iterator[tuple[float, Event]]:
    """Events within the chart, at their place between the points."""
    for event in series.events:
        for at, point in enumerate(series.points):
            if point.starts <= event.day <= point.ends and not point.grain.startswith("rolling"):
                within = (event.day - point.starts).days / ((point.ends - point.starts).days + 1)
                yield at - 0.5 + within, event


def runs(line: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Stretches of a line without a gap."""
    found: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(line):
        if value is None:
            found.append([])
        else:
            found[-1].append((at, value))
    return [run for run in found if run]


def lines(series: Series) -> list[tuple[list[float | None], bool]]:
    """Centre and limits, and whether they are dashed. A limit that no value can pass is no limit."""
    chart = series.reading.chart
    least, most = _possible(series)
    limits = [(chart.centre, False), (chart.low, True), (chart.high, True)] if chart else []
    return [([at if at is not None and least <= at <= most else None for at in line], dash) for line, dash in limits]


def heights(series: Series) -> list[float]:
    """Of limits and targets, for the reach of an axis."""
    limits = [value for line, _dashed in lines(series) for value in line if value is not None]
    return [*limits, *(value for pair in series.targets for value in pair if value is not None)]


def _possible(series: Series) -> tuple[float, float]:
    negative = series.unit == "points" or any((point.value or 0) < 0 for point in series.points)
    return -inf if negative else 0.0, 100.0 if series.unit in ("%", "points") else inf


def badge(series: Series) -> str:
    """The verdict as Markdown: a shape, a word, a colour."""
    found = verdict_tag(series)
    colour = TONES.get(series.reading.verdict, "gray")
    return f":{colour}-badge[{found.mark} {said(found.word)}]"


def verdict_tag(series: Series) -> Tag:
    return Tag(_shape(series), verdict_word(series.reading.verdict))


def _shape(series: Series) -> str:
    reading = series.reading
    if reading.verdict == "not evaluated":
        return "◇"
    if reading.verdict in ("stable", "too few points"):
        return "–" if reading.verdict == "stable" else "…"
    if reading.signal:
        return {True: "▲", False: "▼", None: "◆"}[reading.signal.above]
    return "▲" if reading.trend and reading.trend.score > 0 else "▼"


def rule_words(rule: int) -> str:
    """Nelson's tests, each as a person would say it."""
    return {
        1: _("one point beyond a control limit"),
        2: _("nine points in a row on one side of the centre line"),
        3: _("six points in a row rising or falling"),
        4: _("fourteen points in a row going up and down by turns"),
        5: _("two of three points far from the centre line, on one side"),
        6: _("four of five points well off the centre line, on one side"),
        7: _("fifteen points in a row close to the centre line"),
        8: _("eight points in a row far from the centre line, on both sides"),
    }[rule]
