"""The map of importance against performance: four labelled quarters, and a cross of intervals for each driver."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.drivers.map_words import importance_words
from pages.components.words import said
from pipelines.methods.driver_words import quadrant_name
from pipelines.methods.importance_performance import ImportancePerformance, Placed, Quadrant

HEIGHT = 440
ROOM = 0.14
CORNERS: tuple[tuple[Quadrant, float, float], ...] = (
    ("concentrate here", 0.0, 1.0),
    ("keep up", 1.0, 1.0),
    ("low priority", 0.0, 0.0),
    ("possible overkill", 1.0, 0.0),
)
"""Where the name of a quarter stands: across and up."""


def drawn(found: ImportancePerformance, importance: str, performance: str) -> go.Figure:
    colours = palette()
    chart = figure(HEIGHT, hovermode="closest", margin=dict(l=52, r=12, t=26, b=44))
    line = dict(color=colours["muted"], width=1, dash="dot")
    chart.add_vline(x=found.performance_line, line=line)
    chart.add_hline(y=found.importance_line, line=line)
    for quadrant, across, up in CORNERS:
        chart.add_annotation(
            text=f"<i>{escape(said(quadrant_name(quadrant)))}</i>", xref="paper", yref="paper", x=across,
            y=up, xanchor="right" if across else "left", yanchor="bottom" if up else "top", yshift=4 if up else 20,
            showarrow=False, font=dict(color=colours["muted"], size=12),
        )  # fmt: skip
    for at, one in enumerate(sorted(found.drivers, key=lambda each: (each.importance.value, each.driver))):
        _point(chart, one, "top center" if at % 2 else "bottom center")
    ends = {axis: _range(list(_ends(found, axis))) for axis in ("performance", "importance")}
    chart.update_xaxes(title=performance, range=ends["performance"], showline=True, gridcolor=colours["grid"], nticks=6)
    chart.update_yaxes(title=importance, range=ends["importance"], showline=True, gridcolor=colours["grid"], nticks=6)
    return chart


def _point(chart: go.Figure, one: Placed, side: str) -> None:
    colours, clear = palette(), one.quadrant != "not clear"
    colour = {"concentrate here": colours["orange"], "not clear": colours["muted"]}.get(one.quadrant, colours["accent"])
    chart.add_scatter(
        x=[one.performance.value],
        y=[one.importance.value],
        mode="markers+text",
        marker=dict(size=11, color=colour, symbol="circle" if clear else "square"),
        error_x=_error(one.performance.value, one.performance.low, one.performance.high, colour),
        error_y=_error(one.importance.value, one.importance.low, one.importance.high, colour),
        text=[escape(one.driver[:28])],
        textposition=side,
        textfont=dict(color=colours["text"], size=12),
        hovertemplate=f"{escape(importance_words(one))}<extra></extra>",
    )


def _error(value: float, low: float, high: float, colour: str) -> dict[str, object]:
    up, down = [high - value], [value - low]
    return dict(type="data", symmetric=False, array=up, arrayminus=down, color=colour, thickness=1.5, width=3)


def _ends(found: ImportancePerformance, axis: str) -> Iterator[float]:
    yield getattr(found, f"{axis}_line")
    for one in found.drivers:
        yield getattr(one, axis).low
        yield getattr(one, axis).high


def _range(ends: list[float]) -> tuple[float, float]:
    room = (max(ends) - min(ends)) * ROOM or 1.0
    return min(ends) - room, max(ends) + room
