"""The zone of tolerance as a bar, and where what was perceived lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.chart.named_rows import ROW, rows_down
from pages.components.gaps.gap_chart import perceived, span


@dataclass(frozen=True)
class Span:
    name: str
    least: float
    most: float
    value: float
    label: str
    told: str
    below: bool


def spans(rows: Sequence[Span], scale: tuple[float, float]) -> go.Figure:
    """The first row stands at the top."""
    colours = palette()
    chart = figure(64 + ROW * len(rows), hovermode="closest", margin=dict(l=8, r=16, t=14, b=28))
    for at, row in enumerate(rows):
        line = dict(color=colours["bars"], width=13)
        chart.add_scatter(x=[row.least, row.most], y=[at, at], mode="lines", line=line, hoverinfo="skip")
        perceived(chart, at, row.value, row.label, row.told, row.below)
    chart.update_xaxes(range=span(scale), showline=True, nticks=8, gridcolor=colours["grid"])
    return rows_down(chart, [row.name for row in rows])
