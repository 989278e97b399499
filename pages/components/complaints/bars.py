"""Horizontal bars with their numbers beside them, one row for each name."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette

ROW = 34
Part = tuple[str, Sequence[float], str]
"""What the part of each bar is called, its lengths, and its colour in the palette."""


def bars(names: Sequence[str], parts: Sequence[Part], labels: Sequence[str], suffix: str = "") -> go.Figure:
    """The first name stands at the top; parts stand behind each other. Names are HTML, as Plotly reads them."""
    colours = palette()
    chart = figure(
        ROW * len(names) + 40, barmode="stack", margin=dict(l=8, r=120, t=6, b=26), hovermode="closest", bargap=0.35
    )
    for title, lengths, colour in parts:
        told = [f"{title}: {length:g}{suffix}" for length in lengths]
        chart.add_bar(
            x=list(lengths), y=list(names), orientation="h", marker=dict(color=colours[colour], line=dict(width=0)),
            customdata=told, hovertemplate="%{y}<br>%{customdata}<extra></extra>",
        )  # fmt: skip
    totals = [sum(part[1][at] for part in parts) for at in range(len(names))]
    for name, total, label in zip(names, totals, labels, strict=True):
        chart.add_annotation(x=total, y=name, text=label, xanchor="left", xshift=6, showarrow=False)
    chart.update_yaxes(type="category", autorange="reversed", automargin=True, showgrid=False)
    most = max([*totals, 1])
    chart.update_xaxes(rangemode="tozero", nticks=5, ticksuffix=suffix, range=[0, most * 1.12])
    if most < 5 and not suffix:
        chart.update_xaxes(dtick=1)  # nobody counts half complaints
    return chart
