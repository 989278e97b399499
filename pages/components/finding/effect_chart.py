"""The months before and after an action, with the day of the action as a line."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go

from audit.quantity import Unit
from pages.components.chart.charts import figure, palette, periods
from pages.components.chart.point import Point
from pages.components.chart.trend_chart import add_values, span, suffix
from pages.components.words import _, shown
from pipelines.effects.aim import Aimed
from pipelines.effects.effectiveness import Effect
from pipelines.effects.limits import Chart
from pipelines.effects.series import MOST, Month, sides

HIGH = 300


def effect_chart(found: Effect, action: Aimed) -> go.Figure:
    months = _in_view(found.months, action.done_on)
    dots = [_point(month, found.kpi.unit) for month in months]
    others = [_point(month, found.kpi.unit) for month in found.others if month.starts >= months[0].starts]
    names = [dot.name for dot in dots]
    chart = figure(HIGH, margin={"l": 44, "r": 96, "t": 26, "b": 28})
    if others:
        chart.add_trace(_grey(others))
        _label(chart, _("others"), next((dot.value for dot in reversed(others) if dot.evaluated), None))
    add_values(chart, dots, {})
    if found.limits:
        _limits(chart, found.limits, len(names))
    if action.done_on:
        _day(chart, action.done_on, months)
    chart.update_xaxes(periods(names))
    chart.update_xaxes(range=[-0.5, len(names) - 0.5])
    chart.update_yaxes(range=_reach([dots, others], found), ticksuffix=suffix(found.kpi.unit))
    return chart


def _in_view(months: Sequence[Month], done_on: dt.date | None) -> Sequence[Month]:
    """From the first month that is compared; two years where nothing is compared yet."""
    before = sides(months, done_on)[0].months if done_on else ()
    return [month for month in months if not before or month.starts >= before[0].starts][-4 * MOST :]


def _point(month: Month, unit: Unit) -> Point:
    because = "" if month.evaluated else _("not evaluated")
    return Point(unit, "month", month.starts, month.ends, month.value, month.low, month.high, month.n, because, "")


def _grey(others: Sequence[Point]) -> go.Scatter:
    return go.Scatter(
        x=[dot.name for dot in others],
        y=[dot.value if dot.evaluated else None for dot in others],
        mode="lines",
        line={"color": palette()["muted"], "width": 1.4},
        customdata=[_("others: {value}", value=dot.hover) for dot in others],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _limits(chart: go.Figure, limits: Chart, count: int) -> None:
    for at, dash in ((limits.mean, "solid"), (limits.low, "dash"), (limits.high, "dash")):
        line = {"color": palette()["muted"], "width": 1, "dash": dash}
        chart.add_shape(type="line", x0=-0.5, x1=count - 0.5, y0=at, y1=at, line=line, opacity=0.6, layer="below")


def _day(chart: go.Figure, done_on: dt.date, months: Sequence[Month]) -> None:
    """At its place within its month, which a category axis counts from 0."""
    at = next((at for at, month in enumerate(months) if month.starts <= done_on <= month.ends), None)
    if at is None:
        return
    within = (done_on.day - 1) / calendar.monthrange(done_on.year, done_on.month)[1]
    place = at - 0.5 + within
    colour = palette()["text"]
    line = {"color": colour, "width": 1.4, "dash": "dot"}
    chart.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line=line)
    side = "left" if at < len(months) / 2 else "right"
    chart.add_annotation(
        text=_("done on {day}", day=shown(done_on)), x=place, y=1, yref="paper", xanchor=side, yanchor="bottom",
        showarrow=False, font={"color": colour, "size": 12},
    )  # fmt: skip


def _label(chart: go.Figure, text: str, at: float | None) -> None:
    if at is not None:
        chart.add_annotation(
            text=text, x=1, xref="paper", xanchor="left", xshift=8, y=at, showarrow=False,
            font={"color": palette()["muted"], "size": 12},
        )  # fmt: skip


def _reach(series: Sequence[Sequence[Point]], found: Effect) -> list[float]:
    low, high = span([each for each in series if each], found.kpi.unit)
    if found.limits:
        low, high = min(low, found.limits.low), max(high, found.limits.high)
    floor = 0.0 if all((dot.value or 0) >= 0 for dots in series for dot in dots) and found.kpi.unit != "points" else low
    return [max(low, floor - (high - low) * 0.03), min(high, 103.0) if found.kpi.unit == "%" else high]
