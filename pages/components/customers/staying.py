"""How long customers stay: the curve with its interval and how many it rests on."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chart.charts import figure, palette
from pages.components.customers.words import few, group, months, told, withheld
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.analyses.customer_base import words
from pipelines.analyses.customer_base.found import MONTH, CustomerBase, Survived, month_day
from pipelines.methods.survival import MARKS, Point, Survival

TICKS = 6


def staying(found: CustomerBase) -> None:
    st.header(_("How long customers stay"), anchor=False)
    if not told(found.survival) or found.survival.result is None:
        return
    survived = found.survival.result
    sentence = said(words.survival(survived))
    st.markdown(plain(sentence))
    charts.draw(_chart(survived.whole), key="survival", alt=sentence)
    told_of = _(
        "Share still there by months of stay, with the 95 % interval; below the months: how many were watched. "
        "{late} were customers before the period and enter at the stay they had reached; who left before is unknown.",
        late=survived.whole.entered_late,
    )
    st.markdown(small(told_of))
    _behind(survived.whole)
    _segments(survived)


def _chart(whole: Survival) -> go.Figure:
    colours = palette()
    at = [point.time / MONTH for point in whole.points]
    chart = figure(320, margin=dict(l=8, r=16, t=10, b=44))
    step = dict(shape="hv", width=0)
    chart.add_scatter(x=at, y=[p.high for p in whole.points], mode="lines", line=step, hoverinfo="skip")
    chart.add_scatter(
        x=at, y=[p.low for p in whole.points], mode="lines", line=step, fill="tonexty", fillcolor=colours["band"],
        hoverinfo="skip",
    )  # fmt: skip
    chart.add_scatter(
        x=at, y=[p.survival for p in whole.points], mode="lines",
        line=dict(shape="hv", width=2, color=colours["accent"]),
        customdata=[plain(said(words.share(p))) for p in whole.points],
        hovertemplate="%{x:.0f}: %{customdata}<extra></extra>",
    )  # fmt: skip
    ticks = _ticks(whole)
    chart.update_xaxes(
        tickvals=[p.time / MONTH for p in ticks], ticktext=[f"{p.time / MONTH:.0f}<br>n={p.at_risk:,}" for p in ticks]
    )
    chart.update_yaxes(range=[0, 102], ticksuffix=" %", automargin=True)
    return chart


def _ticks(whole: Survival) -> list[Point]:
    """Whole years, as many as find room on a telephone."""
    yearly = [p for p in whole.points if any(abs(p.time - month_day(12 * year)) < 1 for year in range(100))]
    chosen = yearly if len(yearly) > 2 else list(whole.points)
    return chosen[:: -(-len(chosen) // TICKS)]


def _behind(whole: Survival) -> None:
    header = [_("Stay"), _("Still there (95 % interval)"), _("Standard error"), _("Watched")]
    rows = [
        [months(round(p.time / MONTH)), plain(said(words.share(p))), f"{p.error:.2f}", f"{p.at_risk:,}"]
        for p in whole.points
    ]
    behind("survival", header, rows, pd.DataFrame([{"months": p.time / MONTH, **asdict(p)} for p in whole.points]))


def _segments(survived: Survived) -> None:
    if not survived.groups:
        return
    st.subheader(_("By segment"), anchor=False)
    verdict = survived.alike.result
    why = survived.alike.because
    st.markdown(plain(said(words.alike(verdict))) if verdict else plain(said(why)) if why else "")
    gone = withheld("segment", {each.name: each.n for each in survived.groups})
    rows = []
    for each in survived.groups:
        curve = None if each.name in gone else each.survival.result
        size = few() if each.name in gone else f"{each.n:,}"
        rows.append([group(each.name), size, *(_at(curve, month) for month in MARKS)])
    table([_("Segment"), _("Customers"), *map(months, MARKS)], rows, _("By segment"))


def _at(curve: Survival | None, month: int) -> str:
    point = curve.at(month_day(month)) if curve else None
    return plain(said(words.share(point))) if point else "–"
