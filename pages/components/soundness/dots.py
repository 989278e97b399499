"""Shares or coefficients side by side: a dot on its 95 % interval, and beside it what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.chart.named_rows import ROW, rows_down


@dataclass(frozen=True)
class Dot:
    name: str
    value: float
    low: float
    high: float
    label: str
    """The value in words, above its dot."""
    beside: float | None = None
    """What it is compared with: a ring."""
    told: str = ""
    weak: bool = False


def dots(rows: Sequence[Dot], suffix: str = "", span: tuple[float, float] | None = None) -> go.Figure:
    """The first row stands at the top."""
    colours = palette()
    chart = figure(64 + ROW * len(rows), hovermode="closest", margin=dict(l=8, r=16, t=14, b=28))
    for at, row in enumerate(rows):
        colour = colours["orange"] if row.weak else colours["accent"]
        _interval(chart, at, row, colour)
        _beside(chart, at, row, colours["muted"])
        _value(chart, at, row, colour)
    chart.update_xaxes(range=span or _span(rows), showline=True, ticksuffix=suffix, nticks=6, gridcolor=colours["grid"])
    return rows_down(chart, [row.name for row in rows])


def _interval(chart: go.Figure, at: int, row: Dot, colour: str) -> None:
    line = dict(color=colour, width=9)
    chart.add_scatter(x=[row.low, row.high], y=[at, at], mode="lines", line=line, opacity=0.3, hoverinfo="skip")


def _value(chart: go.Figure, at: int, row: Dot, colour: str) -> None:
    chart.add_scatter(
        x=[row.value],
        y=[at],
        mode="markers+text",
        marker=dict(size=11, color=colour, symbol="square" if row.weak else "circle"),
        text=[row.label],
        textposition="top center",
        textfont=dict(color=colour, size=12),
        cliponaxis=False,
        hovertemplate=f"{escape(row.told or row.label)}<extra></extra>",
    )


def _beside(chart: go.Figure, at: int, row: Dot, colour: str) -> None:
    if row.beside is not None:
        ring = dict(size=12, symbol="circle-open", color=colour, line=dict(width=2, color=colour))
        chart.add_scatter(x=[row.beside], y=[at], mode="markers", marker=ring, hoverinfo="skip")


def _span(rows: Sequence[Dot]) -> tuple[float, float]:
    ends = [end for row in rows for end in (row.low, row.high, row.beside) if end is not None]
    room = (max(ends) - min(ends)) * 0.12 or 1.0
    return min(ends) - room, max(ends) + room
