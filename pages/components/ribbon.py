"""The two-row verdict ribbon: what is proposed above what the auditor concluded, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import plotly.graph_objects as go

from audit.evidence import Verdict
from pages.components import charts, tags
from pages.components.words import _

SYMBOLS = {"●": "circle", "✕": "x", "◇": "diamond-open", "–": "line-ew-open"}


class Cell(NamedTuple):
    clause: str
    title: str
    proposed: Verdict
    concluded: Verdict | None


def ribbon(cells: Sequence[Cell]) -> str | None:
    """Draw the ribbon. Gives the clause that the reader clicked on, if any."""
    colours = charts.palette()
    chart = charts.figure(128, margin=dict(l=92, r=4, t=26, b=4), hovermode="closest")
    places = list(range(len(cells)))
    chart.update_xaxes(
        side="top",
        tickvals=places,
        ticktext=[cell.clause for cell in cells],
        range=[-0.5, len(cells) - 0.5],
        ticks="",
        showline=False,
        tickfont=dict(color=colours["text"]),
    )
    chart.update_yaxes(
        tickvals=[1, 0],
        ticktext=[_("Proposed"), _("Concluded")],
        range=[-0.5, 1.5],
        showgrid=False,
        tickfont=dict(color=colours["text"]),
    )
    for row, name in ((1, _("Proposed")), (0, _("Concluded"))):
        verdicts = [cell.proposed if row else cell.concluded for cell in cells]
        chart.add_trace(_marks(cells, verdicts, row, name, colours))
        for place, verdict in zip(places, verdicts, strict=True):
            chart.add_shape(**_box(place, row, verdict, colours))
    picked = charts.draw(chart, "ribbon", _alt(cells), on_select="rerun", selection_mode="points")
    points = picked["selection"]["points"] if picked else []
    return cells[round(points[0]["x"])].clause if points else None


def _box(place: int, row: int, verdict: Verdict | None, colours: dict[str, str]) -> dict[str, object]:
    box = dict(type="rect", x0=place - 0.47, x1=place + 0.47, y0=row - 0.42, y1=row + 0.42, layer="below")
    if verdict is None:
        return box | dict(line=dict(color=colours["muted"], width=1, dash="dot"))
    colour = tags.COLOURS[tags.verdict_words(verdict)[0]]
    return box | dict(line=dict(color=colours[colour], width=1), fillcolor=colours[f"{colour} fill"])


def _marks(
    cells: Sequence[Cell], verdicts: Sequence[Verdict | None], row: int, name: str, colours: dict[str, str]
) -> go.Scatter:
    words = [tags.verdict_words(verdict) for verdict in verdicts]
    return go.Scatter(
        x=list(range(len(cells))),
        y=[row] * len(cells),
        mode="markers",
        marker=dict(
            symbol=[SYMBOLS.get(mark, "square") for mark, _word in words],
            color=[colours[tags.COLOURS[mark]] for mark, _word in words],
            # an open cell keeps an invisible mark: only marks can be clicked
            opacity=[0.0 if verdict is None else 1.0 for verdict in verdicts],
            size=[40 if verdict is None else 12 for verdict in verdicts],
            line=dict(width=2, color=[colours[tags.COLOURS[mark]] for mark, _word in words]),
        ),
        unselected=dict(marker=dict(opacity=1)) if None not in verdicts else None,
        text=[
            f"{cell.clause} {escape(cell.title)}<br>{name}: {mark} {word}"
            for cell, (mark, word) in zip(cells, words, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _alt(cells: Sequence[Cell]) -> str:
    parts = []
    for cell in cells:
        concluded = tags.verdict_words(cell.concluded)[1]
        parts.append(
            _(
                "{clause}: proposed {proposed}, concluded {concluded}",
                clause=cell.clause,
                proposed=tags.verdict_words(cell.proposed)[1],
                concluded=concluded,
            )
        )
    return "; ".join(parts)
