"""A chart whose rows have names, one below the other; long names are broken so that a telephone has room."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from pages.components.chart.charts import palette

ROW = 40
LINE = 22
"""Letters of a name in one line."""


def rows_down(chart: go.Figure, names: Sequence[str]) -> go.Figure:
    """Row 0 stands at the top."""
    colours = palette()
    chart.update_yaxes(
        range=[len(names) - 0.5, -0.7], showgrid=False, automargin=True, tickfont=dict(color=colours["text"]),
        tickvals=list(range(len(names))), ticktext=[broken(name) for name in names],
    )  # fmt: skip
    return chart


def broken(name: str) -> str:
    lines = wrap(name, LINE, max_lines=2, placeholder="…") if name.isascii() else [name[:LINE]]
    return "<br>".join(escape(line) for line in lines) or "–"
