"""Heard above the water, unheard below it; the areas are in proportion to the counts."""

from __future__ import annotations

from math import sqrt

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.words import _


def iceberg(heard: int, silent: int) -> go.Figure:
    colours = palette()
    chart = figure(280, hovermode=False, margin=dict(l=8, r=8, t=8, b=8))
    depth = sqrt(heard / (heard + silent))  # how far down from the tip the water stands, of a triangle of height 1
    half = depth / 2
    _area(chart, [0.5, 0.5 + half, 0.5 - half], [1, 1 - depth, 1 - depth], colours["accent"])
    _area(chart, [0.5 - half, 0.5 + half, 1, 0], [1 - depth, 1 - depth, 0, 0], colours["accent fill"])
    chart.add_hline(1 - depth, line=dict(color=colours["muted"], width=1, dash="dash"))
    _label(chart, 1 - depth / 2, _("heard: {count}", count=heard), colours["text"])
    _label(chart, (1 - depth) / 2, _("unheard: {count}", count=silent), colours["text"])
    chart.update_xaxes(visible=False, range=[-0.02, 1.6])
    chart.update_yaxes(visible=False, range=[-0.04, 1.04])
    return chart


def _area(chart: go.Figure, x: list[float], y: list[float], colour: str) -> None:
    chart.add_scatter(x=[*x, x[0]], y=[*y, y[0]], fill="toself", mode="lines", fillcolor=colour, line=dict(width=0))


def _label(chart: go.Figure, y: float, words: str, colour: str) -> None:
    chart.add_annotation(x=1.05, y=y, text=words, showarrow=False, xanchor="left", font=dict(color=colour))
