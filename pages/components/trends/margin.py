"""Labels in the right margin of a chart, instead of a legend: placed by pixels, for fractions slide off when narrow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import plotly.graph_objects as go

from pages.components.chart.charts import palette

APART = 15.0
"""Pixels between two labels."""
LINES = 0.75
"""Share of a chart's height that the axis of values takes."""


class Label(NamedTuple):
    text: str
    value: float
    colour: str


def beside(chart: go.Figure, labels: Sequence[Label], reach: tuple[float, float], high: int) -> None:
    """Those that would lie on one another move apart, and keep their order."""
    low, top = reach
    per_unit = high * LINES / (top - low)
    placed = sorted((label for label in labels if low <= label.value <= top), key=lambda label: label.value)
    for label, shift in zip(placed, shifts([label.value * per_unit for label in placed]), strict=True):
        chart.add_annotation(
            text=label.text, x=1, xref="x domain", xanchor="left", xshift=8, y=label.value, yref="y", yshift=shift,
            showarrow=False, align="left", font={"color": label.colour, "size": 12},
        )  # fmt: skip


def shifts(heights: Sequence[float]) -> list[float]:
    """How far each of these (in rising order) has to move so that all are apart; together they stay in the middle."""
    places = list(heights)
    for _round in range(len(places) * 4):
        close = [at for at, (one, other) in enumerate(pairwise(places)) if other - one < APART - 1e-9]
        for at in close:
            lacks = APART - (places[at + 1] - places[at])
            places[at] -= lacks / 2
            places[at + 1] += lacks / 2
        if not close:
            break
    return [place - height for place, height in zip(places, heights, strict=True)]


def name_bars(chart: go.Figure, words: str) -> None:
    chart.add_annotation(
        text=words, x=1, xref="x domain", xanchor="left", xshift=8, y=0.5, yref="y2 domain", showarrow=False,
        align="left", font={"color": palette()["muted"], "size": 12},
    )  # fmt: skip
