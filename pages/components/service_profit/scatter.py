"""Units as points: the leading figure across, the following one up, one mark for each unit and quarter."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.words import said
from pipelines import definitions
from pipelines.analyses.service_profit.found import Link, Pair

SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
COLOURS = ("accent", "orange", "green", "violet", "text", "red", "muted")


def scatter(pairs: list[Pair], link: Link) -> go.Figure:
    kpis, colours = definitions.kpis(), palette()
    chart = figure(420, hovermode="closest", margin=dict(l=8, r=16, t=14, b=8), showlegend=True)
    chart.update_layout(legend=dict(orientation="h", yanchor="bottom", y=1.0, x=0))
    for at, unit in enumerate(dict.fromkeys(pair.unit for pair in pairs)):
        own = [pair for pair in pairs if pair.unit == unit]
        mark = dict(size=10, symbol=SHAPES[at % len(SHAPES)], color=colours[COLOURS[at % len(COLOURS)]])
        chart.add_scatter(
            x=[pair.leading.value for pair in own],
            y=[pair.following.value for pair in own],
            mode="markers",
            name=escape(unit),
            marker=mark,
            customdata=[_told(pair) for pair in own],
            hovertemplate="%{customdata}<extra></extra>",
        )
    for axis, kpi in ((chart.update_xaxes, link.leading), (chart.update_yaxes, link.following)):
        suffix = " %" if kpis[kpi].unit == "%" else ""
        axis(
            title=escape(said(kpis[kpi].title)), ticksuffix=suffix, automargin=True, nticks=6, gridcolor=colours["grid"]
        )
    return chart


def _told(pair: Pair) -> str:
    first = f"{pair.period}: {pair.leading.value:.1f} (n = {pair.leading.n:,})"
    return f"{escape(pair.unit)}<br>{first}<br>{pair.later}: {pair.following.value:.1f} (n = {pair.following.n:,})"
