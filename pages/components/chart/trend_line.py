"""The small line of one KPI over its months, for a row of a table."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from audit.quantity import Unit
from pages.components.chart import charts
from pages.components.words import _, figure


def trend_line(months: pd.DataFrame, unit: Unit, title: str, key: str) -> None:
    """`months` has the columns period, value, low, high and n, in order of time. A month without a value is a gap."""
    colours = charts.palette()
    chart = charts.figure(62, margin=dict(l=2, r=8, t=6, b=6), hovermode="x")
    chart.update_xaxes(visible=False, **charts.periods(list(months["period"])))
    chart.update_yaxes(visible=False)
    if months["low"].notna().any():
        _band(chart, months, colours)
    hover = [f"{m.period}: {figure(m.value, unit, m.low, m.high)}, n = {m.n:,}" for m in months.itertuples()]
    chart.add_trace(
        go.Scatter(
            x=months["period"],
            y=months["value"],
            mode="lines",
            line=dict(color=colours["accent"], width=2),
            text=hover,
            hovertemplate="%{text}<extra></extra>",
        )
    )
    known = months[months["value"].notna()]
    last = known.iloc[-1:]
    chart.add_trace(
        go.Scatter(
            x=last["period"],
            y=last["value"],
            mode="markers",
            marker=dict(size=7, color=colours["accent"]),
            hoverinfo="skip",
        )
    )
    charts.draw(chart, key, _alt(known, unit, title))


def _band(chart: go.Figure, months: pd.DataFrame, colours: dict[str, str]) -> None:
    nothing = dict(mode="lines", line=dict(width=0), hoverinfo="skip", x=months["period"])
    chart.add_trace(go.Scatter(y=months["low"], **nothing))
    chart.add_trace(go.Scatter(y=months["high"], fill="tonexty", fillcolor=colours["band"], **nothing))


def _alt(known: pd.DataFrame, unit: Unit, title: str) -> str:
    first, last = known.iloc[0], known.iloc[-1]
    return _(
        "{title} by month: {first} in {start}, {last} in {end}, n = {n} in the last month",
        title=title,
        first=figure(first.value, unit),
        start=first.period,
        last=figure(last.value, unit),
        end=last.period,
        n=int(last.n),
    )
