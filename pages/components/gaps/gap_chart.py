"""What was expected and what was perceived, side by side on the scale of the questions, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.chart.named_rows import ROW, rows_down


@dataclass(frozen=True)
class Joined:
    name: str
    expected: float
    perceived: float
    label: str
    """The gap in words, beside the dot."""
    told: str
    short: bool
    """Whether it clearly fell short."""


def joined(rows: Sequence[Joined], scale: tuple[float, float]) -> go.Figure:
    """The first row stands at the top."""
    colours = palette()
    chart = figure(64 + ROW * len(rows), hovermode="closest", margin=dict(l=8, r=16, t=14, b=28))
    for at, row in enumerate(rows):
        colour = colours["orange"] if row.short else colours["accent"]
        line, ring = dict(color=colour, width=3), dict(size=13, symbol="circle-open", color=colours["muted"])
        between = dict(mode="lines", line=line, opacity=0.5, hoverinfo="skip")
        chart.add_scatter(x=[row.expected, row.perceived], y=[at, at], **between)
        chart.add_scatter(x=[row.expected], y=[at], mode="markers", hoverinfo="skip", marker=ring | _wide(colours))
        perceived(chart, at, row.perceived, row.label, row.told, row.short)
    chart.update_xaxes(range=span(scale), showline=True, nticks=8, gridcolor=colours["grid"])
    return rows_down(chart, [row.name for row in rows])


def _wide(colours: dict[str, str]) -> dict[str, object]:
    return dict(line=dict(width=2, color=colours["muted"]))


def perceived(chart: go.Figure, at: int, value: float, label: str, told: str, short: bool) -> None:
    """A dot with its label above; a square in another colour where it clearly fell short."""
    colour = palette()["orange" if short else "accent"]
    chart.add_scatter(
        x=[value],
        y=[at],
        mode="markers+text",
        marker=dict(size=12, color=colour, symbol="square" if short else "circle"),
        text=[label],
        textposition="top center",
        textfont=dict(color=colour, size=12),
        hovertemplate=f"{escape(told)}<extra></extra>",
    )


def span(scale: tuple[float, float]) -> tuple[float, float]:
    """The scale of the questions, with room for a dot at either end."""
    room = (scale[1] - scale[0]) * 0.04
    return scale[0] - room, scale[1] + room
