"""A figure against its target: the line with its interval, the target as steps, other thresholds, the forecast."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from audit.quantity import Quantity, number
from pages.components.chart.charts import figure, palette, periods
from pages.components.chart.point import Point
from pages.components.chart.trend_chart import add_values, span, suffix
from pages.components.trends.margin import Label, beside
from pages.components.words import _, language
from pipelines.targets.objectives import Judged

SMALL, HIGH = 170, 340
BOUNDS = ("at_least", "at_most")
DASHES = {"warn_at": "dot", "stretch": "dash"}


def objective_chart(judged: Judged, large: bool = False) -> go.Figure:
    """One place for each period that has a target."""
    dots = _dots(judged)
    names = [dot.name for dot in dots]
    chart = figure(HIGH if large else SMALL, **({} if large else {"margin": {"l": 44, "r": 18, "t": 6, "b": 24}}))
    add_values(chart, dots, {})
    for bound in (*BOUNDS, *DASHES):
        _steps(chart, _line(judged, bound), bound)
    _expected(chart, judged, names)
    axis = periods(names)
    few = {} if large or len(names) < 2 else {"tickvals": [names[0], names[-1]]}
    chart.update_xaxes({**axis, **few}, range=[-0.6, len(names) - 0.4], automargin=large)
    unit = dots[0].unit
    reach = span([dots], unit, _heights(judged))
    chart.update_yaxes(range=list(reach), ticksuffix=suffix(unit), nticks=None if large else 4)
    if large:
        beside(chart, _labels(judged), reach, HIGH)
    return chart


def _dots(judged: Judged) -> list[Point]:
    return [
        Point(
            unit=judged.kpi.unit if judged.kpi else "count", grain=judged.objective.grain, starts=each.starts,
            ends=each.ends, value=found.value if found else None, low=found.low if found else None,
            high=found.high if found else None, n=found.n if found else 0, because=_silent(each), warning="",
            period=each.period,
        )
        for each in judged.periods for found in (each.measurement,)
    ]  # fmt: skip


def _silent(period: Any) -> str:
    figure = period.measurement
    held_back = period.met == "not evaluated" or figure is None or figure.not_evaluated is not None
    return str(period.because.said(language())) if held_back else ""


def _line(judged: Judged, bound: str) -> list[float | None]:
    found: list[Quantity | None] = [getattr(each.target, bound) for each in judged.periods]
    return [each.value if each else None for each in found]


def _steps(chart: go.Figure, values: Sequence[float | None], bound: str) -> None:
    """A level line for each stretch of periods with the same value, from the edge of the first to that of the last."""
    colours = palette()
    colour = {"warn_at": colours["orange"], "stretch": colours["muted"]}.get(bound, colours["text"])
    line = {"color": colour, "width": 1.4 if bound in BOUNDS else 1, "dash": DASHES.get(bound, "solid")}
    for value, together in groupby(enumerate(values), key=lambda each: each[1]):
        places = [at for at, _value in together]
        if value is not None:
            ends = {"x0": places[0] - 0.5, "x1": places[-1] + 0.5, "y0": value, "y1": value}
            chart.add_shape(type="line", **ends, line=line, layer="between", name=bound)


def _expected(chart: go.Figure, judged: Judged, names: Sequence[str]) -> None:
    forecast, colours = judged.forecast, palette()
    if forecast is None or forecast.value is None or forecast.low is None or forecast.high is None:
        return
    unit = judged.kpi.unit if judged.kpi else "count"
    told = _("expected {value} ({low}–{high})", value=number(forecast.value, unit, True),
             low=number(forecast.low, unit, True), high=number(forecast.high, unit, True))  # fmt: skip
    up, down = [forecast.high - forecast.value], [forecast.value - forecast.low]
    ends = {"type": "data", "symmetric": False, "array": up, "arrayminus": down}
    arms = {**ends, "thickness": 1.5, "width": 6, "color": colours["muted"]}
    marker = {"symbol": "diamond-open", "size": 10, "color": colours["muted"], "line": {"width": 1.5}}
    chart.add_trace(go.Scatter(
        x=[names[-1]], y=[forecast.value], error_y=arms, mode="markers", marker=marker, customdata=[told],
        hovertemplate="%{customdata}<extra></extra>", name="expected",
    ))  # fmt: skip


def _heights(judged: Judged) -> list[float]:
    forecast = judged.forecast
    ends = (forecast.low, forecast.high) if forecast else ()
    lines = (value for bound in (*BOUNDS, *DASHES) for value in _line(judged, bound))
    return [value for value in (*ends, *lines) if value is not None]


def _labels(judged: Judged) -> list[Label]:
    colours, last = palette(), judged.periods[-1].target
    named = [
        (_("target {value}", value=_plain(last.at_least)), last.at_least, "text"),
        (_("target {value}", value=_plain(last.at_most)), last.at_most, "text"),
        (_("warning {value}", value=_plain(last.warn_at)), last.warn_at, "orange"),
        (_("stretch {value}", value=_plain(last.stretch)), last.stretch, "muted"),
    ]
    return [Label(words, value.value, colours[ink]) for words, value, ink in named if value]


def _plain(value: Quantity | None) -> str:
    return number(value.value, value.unit) if value else ""
