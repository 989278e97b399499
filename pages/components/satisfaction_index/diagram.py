"""The model as a drawing: a box for each variable with its index, an arrow for each path, wider where stronger."""

from __future__ import annotations

from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from pages.components.chart.charts import figure, palette
from pages.components.satisfaction_index.places import COLUMNS, Place, places
from pages.components.words import said
from pipelines.analyses.satisfaction_index.found import SatisfactionIndex
from pipelines.methods.path_model.result import Arrow, Bounded

WIDE, HIGH = 0.41, 0.33
"""Half the size of a box, in columns and rows."""
ROW = 126
"""Pixels."""
LETTERS, SIGNS = 13, 6
"""Of a name in one line, in Latin letters and in Chinese."""
THIN, THICK = 1.2, 7.0
ALONG = 0.42
"""Where on its arrow a coefficient stands, as a share of the way."""
Point = tuple[float, float]


def diagram(found: SatisfactionIndex) -> go.Figure:
    paths = [(path.source, path.target) for path in found.fit.paths]
    at = places(list(found.names), paths, found.places)
    rows = max(row for _, row in at.values())
    chart = figure(ROW * rows, margin=dict(l=0, r=0, t=0, b=0), hovermode=False)
    chart.update_xaxes(range=[0.5, COLUMNS + 0.5], visible=False)
    chart.update_yaxes(range=[rows + 0.5, 0.5], visible=False)
    for path in found.fit.paths:
        _arrow(chart, path, at[path.source], at[path.target])
    for latent in found.fit.latents:
        _box(chart, said(found.names[latent.latent]), latent.index, at[latent.latent], latent.latent == found.index)
    return chart


def _arrow(chart: go.Figure, path: Arrow, source: Place, target: Place) -> None:
    colours = palette()
    begins, ends = _edge(source, target), _edge(target, source)
    colour = colours["accent"] if path.value.shown else colours["muted"]
    strength = min(1.0, abs(path.value.value))
    line = dict(color=colour, width=THIN + (THICK - THIN) * strength, dash="solid" if path.value.shown else "dot")
    head = dict(symbol="arrow", size=[0, 13 + 6 * strength], angleref="previous", color=colour, opacity=1, line_width=0)
    chart.add_scatter(
        x=[begins[0], ends[0]], y=[begins[1], ends[1]], mode="lines+markers", line=line, marker=head, hoverinfo="skip"
    )
    label = _between(begins, ends, ALONG)
    chart.add_annotation(
        x=label[0], y=label[1], text=f"{path.value.value:z.2f}", showarrow=False, bgcolor=colours["page"],
        borderpad=1, font=dict(size=12, color=colours["text"] if path.value.shown else colours["muted"]),
    )  # fmt: skip


def _between(begins: Point, ends: Point, share: float) -> Point:
    return begins[0] + share * (ends[0] - begins[0]), begins[1] + share * (ends[1] - begins[1])


def _edge(box: Place, towards: Place) -> Point:
    """Where the straight line to another box leaves this one."""
    across, down = towards[0] - box[0], towards[1] - box[1]
    share = min(WIDE / abs(across) if across else 9.0, HIGH / abs(down) if down else 9.0)
    return box[0] + share * across, box[1] + share * down


def _box(chart: go.Figure, name: str, index: Bounded, at: Place, is_index: bool) -> None:
    colours, (column, row) = palette(), at
    chart.add_shape(
        type="rect", x0=column - WIDE, x1=column + WIDE, y0=row - HIGH, y1=row + HIGH,
        fillcolor=colours["surface"], line=dict(color=colours["accent" if is_index else "border"], width=2),
    )  # fmt: skip
    figures = f"<b>{index.value:.1f}</b><br><span style='font-size:11px'>{index.low:.1f}–{index.high:.1f}</span>"
    chart.add_annotation(
        x=column, y=row, text=f"{_broken(name)}<br>{figures}", showarrow=False, font=dict(size=13), align="center"
    )


def _broken(name: str) -> str:
    if name.isascii():
        lines = wrap(name, LETTERS, max_lines=2, placeholder="…")
    else:
        lines = [name[at : at + SIGNS] for at in range(0, min(len(name), 2 * SIGNS), SIGNS)]
    return "<br>".join(escape(line) for line in lines)
