"""How every chart looks: palette, template, and the one way to put a chart on a page."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import streamlit as st

FONT = "'Source Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
LIGHT = {
    "text": "#0F1720",
    "muted": "#5F6972",
    "accent": "#1F5FA8",
    "accent fill": "#A9C6E8",
    "band": "rgba(31,95,168,0.13)",
    "page": "#FFFFFF",
    "surface": "#F6F8FA",
    "border": "#D5DCE3",
    "grid": "#E6EBF0",
    "bars": "#C9D3DD",
    "green": "#00584C",
    "green fill": "#DDF1EC",
    "red": "#950D12",
    "red fill": "#FBE6E4",
    "violet": "#62449E",
    "violet fill": "#EEE8F8",
    "gray": "#5F6972",
    "gray fill": "#EDF0F3",
    "orange": "#985C00",
    "orange fill": "#FDF0D8",
}
DARK = {
    "text": "#E6EBF0",
    "muted": "#9CA8B3",
    "accent": "#7DB4F0",
    "accent fill": "#2C5887",
    "band": "rgba(125,180,240,0.20)",
    "page": "#10161D",
    "surface": "#18212B",
    "border": "#33414F",
    "grid": "#25303B",
    "bars": "#3B4A58",
    "green": "#4FE3C4",
    "green fill": "#0F332D",
    "red": "#F4827A",
    "red fill": "#431A1B",
    "violet": "#CDB4FB",
    "violet fill": "#2F2547",
    "gray": "#9CA8B3",
    "gray fill": "#26313C",
    "orange": "#FFD25A",
    "orange fill": "#3A2C0C",
}


def dark() -> bool:
    return bool(st.context.theme.type == "dark")


def palette() -> dict[str, str]:
    """Colours for the reader's theme; on a first run, before the browser has said, the light ones."""
    return DARK if dark() else LIGHT


def template(colours: dict[str, str]) -> go.layout.Template:
    """Labels that find no room side by side on a narrow screen are turned, and the chart makes room below."""
    axis = dict(
        zeroline=False, tickfont=dict(color=colours["muted"]), fixedrange=True, exponentformat="none",
        separatethousands=True,
    )  # fmt: skip
    below = dict(autotickangles=[0, 90], automargin="height")
    return go.layout.Template(
        layout=dict(
            font=dict(family=FONT, size=13, color=colours["text"]),
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            margin=dict(l=44, r=118, t=10, b=28),
            showlegend=False,
            hovermode="x unified",
            hoverlabel=dict(
                bgcolor=colours["surface"], bordercolor=colours["border"], font=dict(size=13, color=colours["text"])
            ),
            xaxis=dict(axis, **below, showgrid=False, linecolor=colours["muted"], ticks="outside", ticklen=4),
            yaxis=dict(axis, gridcolor=colours["grid"]),
            colorway=[colours["accent"], colours["muted"], colours["text"]],
        )
    )


def figure(height: int, **layout: Any) -> go.Figure:
    """An empty chart in the house's look."""
    return go.Figure(layout=dict(template=template(palette()), height=height, **layout))


def draw(chart: go.Figure, key: str, alt: str, **more: Any) -> Any:
    """Put a chart on the page. `alt` is one sentence with what the chart shows, n included."""
    return st.plotly_chart(chart, theme=None, config={"displayModeBar": False}, key=key, alt=alt, **more)


def in_lines(name: str, letters: int) -> str:
    """With so many letters in a line; a Chinese one takes the room of two."""
    return "<br>".join(wrap(name, letters if name.isascii() else letters // 2))


def periods(labels: list[str]) -> dict[str, Any]:
    """An axis of periods as they are named: "2026-01" is a category here, not the first of January."""
    step = max(1, -(-len(labels) // 8))
    return dict(type="category", categoryorder="array", categoryarray=labels, tickvals=labels[::-1][::step][::-1])
