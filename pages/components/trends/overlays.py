"""What lies over the line of a figure: control limits by phase, targets in steps, events with their words, signals."""

from __future__ import annotations

from html import escape
from itertools import groupby

import plotly.graph_objects as go

from audit.event import Event
from audit.quantity import number
from pages.components.chart.charts import palette
from pages.components.trends.margin import Label
from pages.components.trends.marks import Mark, dated, lines, marks, rule_words
from pages.components.trends.series import Series
from pages.components.words import _

SHAPES = {True: "triangle-up", False: "triangle-down", None: "diamond"}
LINE = 18
"""Pixels of one event's words."""
LONGEST = 28
"""Signs of an event's words that fit beside its line; the rest stands below the chart."""


def below(chart: go.Figure, series: Series) -> None:
    limits(chart, series)
    _targets(chart, series)
    _events(chart, series)


def above(chart: go.Figure, series: Series) -> None:
    signals(chart, series)


def limits(chart: go.Figure, series: Series) -> None:
    """They break where a phase begins, so that nobody takes the limits of one for those of another."""
    for line, dashed in lines(series):
        for values in _by_phase(series, line):
            chart.add_trace(_steady(series, values, palette()["muted"], 1, "dash" if dashed else "solid"))


def _by_phase(series: Series, line: list[float | None]) -> list[list[float | None]]:
    found = series.reading.chart
    phases = found.phases if found else ()
    return [[value if phase.first <= at <= phase.last else None for at, value in enumerate(line)] for phase in phases]


def _targets(chart: go.Figure, series: Series) -> None:
    for side in zip(*series.targets, strict=True) if series.targets else ():
        if any(value is not None for value in side):
            chart.add_trace(_steady(series, list(side), palette()["text"], 1.4, "solid", "hvh"))


def _steady(
    series: Series, values: list[float | None], colour: str, width: float, dash: str, shape: str = "linear"
) -> go.Scatter:
    return go.Scatter(
        x=[point.name for point in series.points], y=values, mode="lines", hoverinfo="skip", connectgaps=False,
        line={"color": colour, "width": width, "dash": dash, "shape": shape},
    )  # fmt: skip


def _events(chart: go.Figure, series: Series) -> None:
    """Their words stand above the chart, where no line runs through them."""
    colour, last = palette()["text"], len(series.points) - 1
    chart.update_layout(margin={"t": 10 + LINE * max([len(found) for found in _together(series)], default=0)})
    for found in _together(series):
        at = found[0][0]
        line = {"color": colour, "width": 1, "dash": "dot"}
        chart.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, xref="x", yref="paper", line=line, layer="below")
        words = "<br>".join(escape(_short(event.words)) for _place, event in found)
        chart.add_annotation(
            text=words, x=at, xref="x", y=1, yref="paper", yanchor="bottom", showarrow=False, align="left",
            xanchor="right" if at > last * 0.7 else "left", font={"color": palette()["muted"], "size": 12},
        )  # fmt: skip


def _together(series: Series) -> list[list[tuple[float, Event]]]:
    """Events of one period share a line."""
    return [list(found) for _at, found in groupby(dated(series), key=lambda each: round(each[0]))]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def signals(chart: go.Figure, series: Series) -> None:
    colours, found = palette(), marks(series)
    if not found:
        return
    dots = [series.points[mark.at] for mark in found]
    chart.add_trace(go.Scatter(
        x=[dot.name for dot in dots], y=[dot.value for dot in dots], mode="markers", name="signals",
        marker={"symbol": [SHAPES[mark.up] for mark in found], "size": 13,
                "color": [colours[mark.tone] for mark in found], "line": {"width": 1.5, "color": colours["page"]}},
        customdata=[_hover(mark) for mark in found],
        hovertemplate="%{customdata}<extra></extra>",
    ))  # fmt: skip


def _hover(mark: Mark) -> str:
    return "<br>".join(escape(f"{mark.shape} {rule_words(rule)}") for rule in mark.rules)


def labels(series: Series) -> list[Label]:
    """Of the last phase, with their numbers."""
    colours = palette()
    centre, low, high = [line for line, _dashed in lines(series)] or ([], [], [])
    named = [("centre", centre, "muted"), ("upper", high, "muted"), ("lower", low, "muted")]
    named += [("target", list(side), "text") for side in zip(*series.targets, strict=True)]
    last = [(word, next((v for v in reversed(line) if v is not None), None), ink) for word, line, ink in named]
    return [
        Label(_named(word, number(v, series.unit, True)), v, colours[ink]) for word, v, ink in last if v is not None
    ]


def _named(word: str, value: str) -> str:
    return {
        "centre": _("centre {value}", value=value),
        "upper": _("upper limit {value}", value=value),
        "lower": _("lower limit {value}", value=value),
        "target": _("target {value}", value=value),
    }[word]
