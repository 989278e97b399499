"""A score over its periods: a dot where it is known, a bar from its lowest to its highest where a part is missing."""

from __future__ import annotations

import plotly.graph_objects as go

from audit.targets.scorecard import level_word
from pages.components.chart.charts import figure, palette, periods
from pages.components.scorecard.scorecard_words import period_name, points
from pages.components.words import _, said
from pipelines.targets.scorecards import Judged

SMALL, HIGH = 170, 320
MARGIN = {"l": 34, "r": 18, "t": 6, "b": 24}


def scorecard_chart(judged: Judged, large: bool = False) -> go.Figure:
    names = [period_name(judged, each) for each in judged.periods]
    chart = figure(HIGH, margin={**MARGIN, "r": 110}) if large else figure(SMALL, margin=MARGIN)
    for band in judged.card.bands[1:]:
        line = {"color": palette()["border"], "width": 1}
        chart.add_shape(type="line", x0=0, x1=1, xref="paper", y0=band.points, y1=band.points, line=line, layer="below")
        if large:
            words = _("{word} from {points}", word=level_word(band.word), points=f"{band.points:g}")
            chart.add_annotation(
                x=1, xref="paper", y=band.points, text=words, xanchor="left", xshift=6, showarrow=False
            )
    _ranges(chart, judged, names)
    _known(chart, judged, names)
    axis = periods(names)
    few = {} if large or len(names) < 2 else {"tickvals": [names[0], names[-1]]}
    chart.update_xaxes({**axis, **few}, range=[-0.6, len(names) - 0.4], automargin=large)
    chart.update_yaxes(range=[-3, 103], tickvals=[0, 25, 50, 75, 100] if large else [0, 50, 100])
    return chart


def _known(chart: go.Figure, judged: Judged, names: list[str]) -> None:
    values = [each.score.low if each.score.exact else None for each in judged.periods]
    line = {"color": palette()["accent"], "width": 2}
    chart.add_trace(go.Scatter(
        x=names, y=values, mode="lines+markers", line=line, marker={"size": 8}, connectgaps=False,
        hovertemplate=_("{points} points", points="%{y:.1f}") + "<extra></extra>", name="score",
    ))  # fmt: skip


def _ranges(chart: go.Figure, judged: Judged, names: list[str]) -> None:
    ranged = [(name, each.score) for name, each in zip(names, judged.periods, strict=True)
              if each.score.low is not None and each.score.high is not None and not each.score.exact]  # fmt: skip
    if ranged:
        told = [_("{points} points", points=points(score)) for _name, score in ranged]
        lows = [score.low or 0.0 for _name, score in ranged]
        heights = [(score.high or 0.0) - low for (_name, score), low in zip(ranged, lows, strict=True)]
        colours = palette()
        chart.add_trace(go.Bar(
            x=[name for name, _score in ranged], y=heights, base=lows, width=0.3, customdata=told, name="range",
            marker={"color": colours["accent fill"], "line": {"color": colours["accent"], "width": 1}},
            hovertemplate="%{customdata}<extra></extra>",
        ))  # fmt: skip


def legend() -> str:
    return _(
        "Dot: the score. Bar: from the lowest to the highest that it can be, where a part is not evaluated. No mark: "
        "too much is missing. Lines: from how many points on which word counts, as you set it."
    )


def alt(judged: Judged, told: str) -> str:
    return f"{judged.card.title}: {told}" if told else said(judged.silent) if judged.silent else judged.card.title
