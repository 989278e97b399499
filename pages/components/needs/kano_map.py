"""Better against worse: how much a feature can please, and how much its absence costs, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chart.charts import figure, palette
from pages.components.needs.words import class_word, lead, share
from pages.components.table import table
from pages.components.tags import small, tag
from pages.components.words import _, plain, said
from pipelines.analyses.kano.found import Kano
from pipelines.analyses.kano.sections import sentence
from pipelines.methods.kano import Feature
from pipelines.methods.kano_table import CLASSES, KanoClass
from pipelines.methods.kano_words import MEANINGS

HEIGHT = 470
QUADRANTS: tuple[tuple[KanoClass, float, float], ...] = (
    ("attractive", 0.02, 0.985),
    ("one-dimensional", 0.98, 0.985),
    ("indifferent", 0.02, 0.015),
    ("must-be", 0.98, 0.015),
)
"""Class -> where its name stands, in the corner of its quarter."""


def kano_map(found: Kano) -> None:
    classes = found.classes.result
    assert classes is not None
    told = said(sentence(classes, found))
    st.markdown(plain(told))
    placed = [each for each in classes.features if each.better and each.worse]
    numbers = {each.feature: at for at, each in enumerate(classes.features, 1)}
    if placed:
        charts.draw(_chart(placed, numbers), key="kano_map", alt=told)
        names = " · ".join(f"**{numbers[each.feature]}** {plain(each.feature)}" for each in placed)
        st.markdown(small(names))
        st.markdown(small(_reading()))
    _table(classes.features, numbers)
    if classes.thin:
        few = _(", ").join(f"{plain(name)} ({count})" for name, count in classes.thin.items())
        st.markdown(small(_("Too few answers for a class: {features}.", features=few)))
    if classes.half:
        half = _("{count} answers had one half of the pair only and count for nothing.", count=classes.half)
        st.markdown(small(half))


def _reading() -> str:
    return _(
        "Up: more satisfaction with the feature (better). Right: more dissatisfaction without it (worse). Lines: 95 % "
        "intervals. Filled: its class is told apart from the second by Fong's test; empty: too close. The class is the "
        "most frequent one, so a point may lie in the quarter of another."
    )


def _chart(placed: Sequence[Feature], numbers: dict[str, int]) -> go.Figure:
    colours = palette()
    chart = figure(HEIGHT, hovermode="closest", margin=dict(l=52, r=12, t=10, b=46))
    for each in placed:
        chart.add_trace(_point(each, str(numbers[each.feature]), colours))
    for name, x, y in QUADRANTS:
        chart.add_annotation(
            x=x, y=y, text=escape(class_word(name)), showarrow=False, font=dict(color=colours["muted"], size=13),
            xanchor="left" if x < 0.5 else "right", yanchor="bottom" if y < 0.5 else "top",
        )  # fmt: skip
    middle = dict(color=colours["muted"], width=1, dash="dot")
    chart.add_shape(type="line", x0=0.5, x1=0.5, y0=0, y1=1, line=middle, layer="below")
    chart.add_shape(type="line", x0=0, x1=1, y0=0.5, y1=0.5, line=middle, layer="below")
    ticks = [0, 0.25, 0.5, 0.75, 1]
    chart.update_xaxes(
        range=[0, 1], tickvals=ticks, ticktext=["0", "−0.25", "−0.5", "−0.75", "−1"], title=_("Worse without it")
    )
    chart.update_yaxes(range=[0, 1], tickvals=ticks, showgrid=False, title=_("Better with it"))
    return chart


def _point(each: Feature, number: str, colours: dict[str, str]) -> go.Scatter:
    assert each.better and each.worse
    filled = each.told_apart
    told = _(
        "{feature}: {class_}, better {better}, worse {worse}, n = {n}",
        feature=each.feature, class_=class_word(each.kano_class), better=share(each.better), worse=share(each.worse),
        n=each.n,
    )  # fmt: skip
    across = _error(-each.worse.value, -each.worse.high, -each.worse.low, colours["accent fill"])
    up = _error(each.better.value, each.better.low, each.better.high, colours["accent fill"])
    return go.Scatter(
        x=[-each.worse.value], y=[each.better.value], mode="markers+text", text=[number], textposition="middle center",
        textfont=dict(size=12, color=colours["page"] if filled else colours["accent"]),
        marker=dict(
            size=22, color=colours["accent"] if filled else colours["page"],
            line=dict(width=2, color=colours["accent"]), opacity=1,
        ),
        error_x=across,
        error_y=up,
        hovertemplate=f"{escape(told)}<extra></extra>",
    )  # fmt: skip


def _error(value: float, low: float, high: float, colour: str) -> dict[str, Any]:
    ends = {"array": [high - value], "arrayminus": [value - low]}
    return {"type": "data", "symmetric": False, "thickness": 1.4, "width": 0, "color": colour} | ends


def _table(features: Sequence[Feature], numbers: dict[str, int]) -> None:
    header = [_("Feature"), _("Class"), _("Second class"), _("Better coefficient"), _("Worse coefficient"), "n"]
    table(header, [_row(each, numbers[each.feature]) for each in features], _("Classes of the features"))
    counted = [_("Feature"), *map(class_word, CLASSES), _("By Blauth's rule"), _("Lead, %"), _("Together A, O, M, %")]
    figures = [asdict(each) for each in features]
    behind("kano", counted, [_counts(each) for each in features], pd.json_normalize(figures))
    present = [name for name in CLASSES if any(each.kano_class == name for each in features)]
    st.markdown("  \n".join(f"**{class_word(name)}** · {plain(said(MEANINGS[name]))}" for name in present))


def _counts(each: Feature) -> list[str]:
    strengths = (f"{each.category_strength:.1f}", f"{each.total_strength:.1f}")
    return [plain(each.feature), *map(str, each.counts.values()), class_word(each.by_blauth), *strengths]


def _row(each: Feature, number: int) -> list[str]:
    doubtful = f" {tag('◷', _('{share} % questionable', share=f'{each.questionable:.0f}'))}" if each.doubtful else ""
    return [
        f"**{number}** {plain(each.feature)}", f"**{class_word(each.kano_class)}**{doubtful}", lead(each),
        share(each.better), share(each.worse), str(each.n),
    ]  # fmt: skip
