"""A figure, or one per group, with its interval against the organisation's criterion, on a real axis."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from audit.evidence import Outcome
from audit.measurement import Measurement
from audit.quantity import Quantity, number
from pages.components import tags
from pages.components.chart import charts
from pages.components.words import _, figure, said, shown

ROW = 44


def intervals(
    measured: Sequence[Measurement], weighed: Measurement, outcome: Outcome, limits: Sequence[Quantity], key: str
) -> None:
    """`weighed` is the measurement that the outcome rests on; it carries the outcome's mark."""
    colours = charts.palette()
    known = [m for m in measured if m.value is not None]
    if not known:
        return
    chart = charts.figure(74 + ROW * len(measured), hovermode="closest", margin=dict(l=16, r=16, t=30, b=28))
    suffix = " %" if weighed.unit == "%" else ""
    chart.update_xaxes(range=_range(known, limits), showline=True, ticksuffix=suffix, nticks=8)
    chart.update_yaxes(range=[len(measured) - 0.5, -0.75], showgrid=False, showticklabels=len(measured) > 1)
    if len(measured) > 1:
        names = [escape(m.group) or _("All") for m in measured]
        chart.update_yaxes(tickvals=list(range(len(names))), ticktext=names, automargin=True)
        chart.update_yaxes(tickfont=dict(color=colours["text"]))
    for row, measurement in enumerate(measured):
        _row(chart, row, measurement, outcome if measurement == weighed else None, colours)
    for limit in limits:
        _limit(chart, limit, colours)
    charts.draw(chart, key, _alt(measured, limits))


def _row(chart: go.Figure, row: int, m: Measurement, outcome: Outcome | None, colours: dict[str, str]) -> None:
    mark = tags.outcome_words(outcome)[0] if outcome else ""
    colour = colours[tags.COLOURS[mark]] if outcome else colours["accent"]
    if m.value is None:
        chart.add_annotation(
            x=0.01,
            xref="x domain",
            y=row,
            xanchor="left",
            showarrow=False,
            font=dict(color=colours["violet"]),
            text=_("◇ not evaluated, n = {n}", n=m.n) if m.n or not m.not_evaluated else f"◇ {said(m.not_evaluated)}",
        )
        return
    if m.low is not None and m.high is not None:
        chart.add_trace(
            go.Scatter(
                x=[m.low, m.high],
                y=[row, row],
                mode="lines",
                line=dict(color=colour, width=9),
                opacity=0.35,
                hoverinfo="skip",
            )
        )
        for end, anchor, shift in ((m.low, "right", -9), (m.high, "left", 9)):
            if end == m.value:
                continue
            chart.add_annotation(
                x=end,
                y=row,
                text=number(end, m.unit),
                xanchor=anchor,
                xshift=shift,
                showarrow=False,
                font=dict(color=colours["muted"], size=12),
            )
    symbol = {"✕": "x", "◇": "diamond-open"}.get(mark, "circle")
    chart.add_trace(
        go.Scatter(
            x=[m.value],
            y=[row],
            mode="markers+text",
            marker=dict(symbol=symbol, size=11, color=colour, line=dict(width=1.5, color=colour)),
            text=[shown(m.quantity)],
            textposition="top center",
            textfont=dict(color=colour, weight=650),
            hovertemplate=f"{escape(_told(m))}<extra></extra>",
        )
    )


def _limit(chart: go.Figure, limit: Quantity, colours: dict[str, str]) -> None:
    chart.add_shape(
        type="line",
        x0=limit.value,
        x1=limit.value,
        y0=0.06,
        y1=1,
        yref="y domain",
        layer="below",
        line=dict(color=colours["text"], width=1.6),
    )
    chart.add_annotation(
        x=limit.value,
        y=1,
        yref="y domain",
        yanchor="bottom",
        showarrow=False,
        text=_("your criterion {limit}", limit=limit),
    )


def _range(known: Sequence[Measurement], limits: Sequence[Quantity]) -> list[float]:
    ends = [end for m in known for end in (m.low, m.value, m.high) if end is not None]
    ends += [limit.value for limit in limits]
    room = (max(ends) - min(ends)) * 0.22 or max(abs(ends[0]) * 0.1, 1.0)
    return [min(ends) - room, max(ends) + room]


def _alt(measured: Sequence[Measurement], limits: Sequence[Quantity]) -> str:
    told = [_told(m) for m in measured]
    return "; ".join([*told, *[_("your criterion {limit}", limit=limit) for limit in limits]])


def _told(m: Measurement) -> str:
    if m.value is None and m.not_evaluated:
        return f"{m.group or m.period}: {said(m.not_evaluated)}"
    return f"{m.group or m.period}: {figure(m.value, m.unit, m.low, m.high)}, n = {m.n:,}"
