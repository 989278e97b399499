"""On how few customers revenue and complaints hang."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chart.charts import figure, palette
from pages.components.customers.words import few, told
from pages.components.table import code, table
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.analyses.customer_base import words
from pipelines.analyses.customer_base.found import CustomerBase, Revenue
from pipelines.methods.concentration import Concentration
from pipelines.reports.cell import safe_csv

FIRST = 10
STEPS = (1, 5, *range(10, 101, 10))


def few_bring_most(found: CustomerBase) -> None:
    st.header(_("On how few customers revenue hangs"), anchor=False)
    period = _("{starts} to {ends}", starts=found.latest_starts, ends=found.ends)
    if told(found.revenue) and found.revenue.result:
        _drawn(found.revenue.result.concentration, said(words.revenue(found.revenue.result)), period, "revenue")
        if session.may("see data"):
            _largest(found.revenue.result)
    st.header(_("From how few customers complaints come"), anchor=False)
    if told(found.complaints) and found.complaints.result:
        _drawn(
            found.complaints.result.concentration, said(words.complaints(found.complaints.result)), period, "complaints"
        )


def _drawn(found: Concentration, sentence: str, period: str, name: str) -> None:
    if min(found.needed_count, found.top_count) < session.least_shown():
        st.markdown(few())
        return
    st.markdown(plain(sentence))
    charts.draw(_chart(found, _first(found)), key=f"pareto {name}", alt=sentence)
    rule = _(
        "The thin line: if all brought the same. That a fifth brings four fifths is a rule of thumb; this is measured."
    )
    st.markdown(small(f"{period} · n = {found.n:,} · {rule}"))
    at = [step for step in STEPS if step >= _first(found)]
    rows = [[f"{step} %", f"{found.curve[step]:.1f} %"] for step in at]
    figures = pd.DataFrame({"customers_percent": at, "brought_percent": [found.curve[step] for step in at]})
    behind(f"pareto-{name}", [_("Share of the customers, from the top"), _("Bring")], rows, figures)


def _first(found: Concentration) -> int:
    """The first per cent of the curve that does not tell of fewer customers than may be shown."""
    least = session.least_shown()
    return 0 if least == 1 else next((at for at in range(1, 101) if at * found.n >= 100 * least), 100)


def _chart(found: Concentration, first: int) -> go.Figure:
    colours = palette()
    chart = figure(320, margin=dict(l=8, r=16, t=14, b=52), hovermode="closest")
    chart.add_scatter(x=[0, 100], y=[0, 100], mode="lines", line=dict(color=colours["bars"], width=1), hoverinfo="skip")
    at = list(range(first, 101))
    chart.add_scatter(
        x=at, y=[found.curve[step] for step in at], mode="lines", line=dict(color=colours["accent"], width=2),
        hovertemplate="%{x:.0f} %: %{y:.1f} %<extra></extra>",
    )  # fmt: skip
    chart.add_scatter(
        x=[found.needed.value], y=[80], mode="markers+text", marker=dict(size=10, color=colours["accent"]),
        text=[f"{found.needed.value:.0f} % → 80 %"], hoverinfo="skip",
        textposition="top left" if found.needed.value > 60 else "bottom right",
    )  # fmt: skip
    chart.update_xaxes(range=[0, 101], ticksuffix=" %", title=dict(text=_("customers, from the top"), standoff=14))
    chart.update_yaxes(range=[0, 102], ticksuffix=" %", automargin=True)
    return chart


def _largest(found: Revenue) -> None:
    st.markdown(plain(said(words.largest(found))))
    header = [_("Customer (pseudonym)"), _("Orders"), _("Share of revenue")]
    rows = [[code(each.customer), f"{each.orders:,}", f"{each.share:.2f} %"] for each in found.largest[:FIRST]]
    table(header, rows, _("The largest customers"))
    every = safe_csv(pd.DataFrame([vars(each) for each in found.largest]))
    label = _("Download the largest customers (CSV)")
    st.download_button(label, every, "customers-largest.csv", "text/csv", on_click="ignore")
