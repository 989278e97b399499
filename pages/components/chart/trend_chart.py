"""A figure over time: its line and 95 % interval, and the number of records as bars on the same axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from audit.quantity import Unit
from pages.components.chart.charts import figure, palette, periods
from pages.components.chart.point import Point
from pages.components.trends import overlays
from pages.components.trends.margin import Label, beside, name_bars
from pages.components.trends.marks import heights
from pages.components.trends.series import Series

HIGH = 400
SMALL = 150
ROOM = 0.12
"""Share of the values' span that stays free above and below them."""


@dataclass(frozen=True)
class Labels:
    """The words inside the chart."""

    latest: str
    records: str


def trend(dots: Sequence[Point], unit: Unit, labels: Labels, series: Series | None = None) -> go.Figure:
    """With a series also its limits, targets, events and signals."""
    colours = palette()
    chart = make_subplots(rows=2, shared_xaxes=True, row_heights=[0.8, 0.2], vertical_spacing=0.07, figure=figure(HIGH))
    names = [dot.name for dot in dots]
    reach = span([dots], unit, heights(series) if series else ())
    if series:
        overlays.below(chart, series)
    add_values(chart, dots, {"row": 1, "col": 1})
    if series:
        overlays.above(chart, series)
    bars = go.Bar(
        x=names, y=[dot.n for dot in dots], marker={"color": colours["bars"], "line": {"width": 0}}, hoverinfo="skip"
    )
    chart.add_trace(bars, row=2, col=1)
    chart.update_xaxes(periods(names))
    chart.update_xaxes(range=[-0.5, len(names) - 0.5])
    chart.update_yaxes(range=list(reach), ticksuffix=suffix(unit), row=1, col=1)
    chart.update_yaxes(rangemode="tozero", nticks=3, row=2, col=1)
    beside(chart, [*_latest(dots, labels.latest), *(overlays.labels(series) if series else [])], reach, HIGH)
    name_bars(chart, labels.records)
    return chart


def small(
    dots: Sequence[Point], unit: Unit, span_of_all: tuple[float, float], series: Series | None = None
) -> go.Figure:
    """One group among several: the same axis for all, no bars; its name and n stand in its heading."""
    chart = figure(SMALL, margin={"l": 44, "r": 30, "t": 6, "b": 24})
    if series:
        overlays.limits(chart, series)
    add_values(chart, dots, {})
    if series:
        overlays.signals(chart, series)
    axis = periods([dot.name for dot in dots])
    ticks = [dots[0].name, dots[-1].name] if len(dots) > 1 else [dot.name for dot in dots]
    chart.update_xaxes({**axis, "tickvals": ticks}, range=[-0.9, len(dots) - 0.1])
    chart.update_yaxes(range=list(span_of_all), ticksuffix=suffix(unit), nticks=4)
    return chart


def span(charts: Sequence[Sequence[Point]], unit: Unit, more: Sequence[float] = ()) -> tuple[float, float]:
    """The range of a value axis that holds every value and interval of all these charts."""
    dots = [dot for dots in charts for dot in dots]
    ends = [*more, *(end for dot in dots if dot.bounded for end in (dot.low, dot.high))]
    values = [value for value in [*ends, *(dot.value for dot in dots)] if value is not None and math.isfinite(value)]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    free = (high - low) * ROOM or abs(high) * ROOM or 1.0
    rim = free / 4  # so that a dot on the end of its scale is not cut in half
    least = -math.inf if low < 0 else -rim
    most = 100 + rim if unit == "%" else math.inf
    return max(low - free, least), min(high + free, most)


def suffix(unit: Unit) -> str:
    return " %" if unit == "%" else ""


def add_values(chart: go.Figure, dots: Sequence[Point], where: dict[str, int]) -> None:
    """Line, 95 % interval, and hollow marks where a value is not evaluated."""
    for trace in [*_bands(dots), _line(dots), _hollow(dots)]:
        chart.add_trace(trace, **where)


def _line(dots: Sequence[Point]) -> go.Scatter:
    """Breaks where a period is not evaluated: no line runs through what is not known."""
    accent = palette()["accent"]
    return go.Scatter(
        x=[dot.name for dot in dots],
        y=[dot.value if dot.evaluated else None for dot in dots],
        mode="lines+markers",
        line={"color": accent, "width": 2.2},
        marker={"size": 5, "color": accent},
        connectgaps=False,
        customdata=[dot.hover for dot in dots],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hollow(dots: Sequence[Point]) -> go.Scatter:
    violet = palette()["violet"]
    held_back = [dot for dot in dots if dot.value is not None and not dot.evaluated]
    return go.Scatter(
        x=[dot.name for dot in held_back],
        y=[dot.value for dot in held_back],
        mode="markers",
        marker={"size": 8, "symbol": "circle-open", "color": violet, "line": {"width": 1.5, "color": violet}},
        customdata=[dot.hover for dot in held_back],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _bands(dots: Sequence[Point]) -> list[go.Scatter]:
    """One shape for each unbroken run of intervals; a run of one is a bar, for it has no width."""
    runs = [list(run) for bounded, run in groupby(dots, key=lambda dot: dot.bounded) if bounded]
    return [_stem(run[0]) if len(run) == 1 else _band(run) for run in runs]


def _band(run: Sequence[Point]) -> go.Scatter:
    names = [dot.name for dot in run]
    return go.Scatter(
        x=[*names, *names[::-1]],
        y=[*(dot.high for dot in run), *(dot.low for dot in reversed(run))],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=palette()["band"],
        hoverinfo="skip",
    )


def _stem(dot: Point) -> go.Scatter:
    line = {"color": palette()["band"], "width": 12}
    return go.Scatter(x=[dot.name, dot.name], y=[dot.low, dot.high], mode="lines", line=line, hoverinfo="skip")


def _latest(dots: Sequence[Point], text: str) -> list[Label]:
    latest = next((dot for dot in reversed(dots) if dot.evaluated), None)
    return [Label(f"<b>{text}</b>", latest.value, palette()["accent"])] if latest and latest.value is not None else []
