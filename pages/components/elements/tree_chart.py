"""A tree whose every branch has a mean on 0 to 100 with its interval; names stand above their line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette

ROW = 38
STEP = 16
"""Pixels by which a branch stands further in."""
LONGEST = 42


@dataclass(frozen=True)
class Row:
    level: int
    """0 is an element, 1 a driver, 2 a question."""
    name: str
    mean: float | None
    low: float | None
    high: float | None
    label: str
    told: str


def tree(rows: Sequence[Row]) -> go.Figure:
    colours = palette()
    chart = figure(44 + ROW * len(rows), hovermode="closest", margin=dict(l=14, r=22, t=8, b=28))
    for at, row in enumerate(rows):
        _name(chart, at, row, colours)
        if row.mean is not None:
            _mean(chart, at, row, row.mean, colours)
    span = [len(rows) - 0.4, -0.75]
    chart.update_yaxes(range=span, showgrid=False, showticklabels=False, ticks="")
    chart.update_xaxes(range=(0, 100), showline=True, gridcolor=colours["grid"], nticks=6)
    return chart


def _name(chart: go.Figure, at: int, row: Row, colours: dict[str, str]) -> None:
    name = escape(row.name if len(row.name) <= LONGEST else row.name[: LONGEST - 1] + "…")
    words = f"<b>{name}</b>" if row.level == 0 else f"└ {name}"
    if row.mean is None and row.label:
        words = f"{words}: {escape(row.label)}"
    chart.add_annotation(
        text=words, xref="paper", x=0, xshift=STEP * row.level, xanchor="left", y=at - 0.36, yanchor="middle",
        showarrow=False, font=dict(color=colours["text"] if row.level < 2 else colours["muted"], size=13),
    )  # fmt: skip


def _mean(chart: go.Figure, at: int, row: Row, mean: float, colours: dict[str, str]) -> None:
    colour = colours["accent"] if row.level == 0 else colours["muted"]
    if row.low is not None and row.high is not None:
        line = dict(color=colour, width=8)
        chart.add_scatter(x=[row.low, row.high], y=[at, at], mode="lines", line=line, opacity=0.35, hoverinfo="skip")
    chart.add_scatter(
        x=[mean],
        y=[at],
        mode="markers",
        marker=dict(size=11 if row.level == 0 else 8, color=colour),
        hovertemplate=f"{escape(row.told)}<extra></extra>",
    )
    end = mean if row.high is None else max(mean, row.high)
    chart.add_annotation(
        text=escape(row.label), x=end, y=at, xanchor="left", xshift=6, yanchor="middle", showarrow=False,
        font=dict(color=colours["text"], size=12),
    )  # fmt: skip
