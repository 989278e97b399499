"""Customers by when they came, against how much later they were still there or ordered again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from audit.text import Text
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chart.charts import figure, palette
from pages.components.chosen import buttons, chosen
from pages.components.customers.words import few, months, told, withheld
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.analyses.customer_base import words
from pipelines.analyses.customer_base.found import Cohorts, CustomerBase
from pipelines.methods.cohorts import Cell, Cohort

ROW = 30
KINDS = ("stayed", "ordered")


def cohorts(found: CustomerBase) -> None:
    st.header(_("Who stays, by when they came"), anchor=False)
    kind = chosen("cohorts", KINDS, KINDS[0])
    names = {"stayed": _("Still a customer"), "ordered": _("Ordered again")}
    buttons("cohorts", _("What is counted"), KINDS, names.__getitem__)
    part = found.retention if kind == "stayed" else found.purchases
    if told(part) and part.result:
        _drawn(part.result, words.retention(part.result) if kind == "stayed" else words.purchases(part.result), kind)


def _drawn(found: Cohorts, sentence: Text, kind: str) -> None:
    st.markdown(plain(said(sentence)))
    gone = withheld("cohort", {each.name: each.n for each in found.triangle.cohorts})
    shown = [each for each in found.triangle.cohorts if each.n and each.name not in gone]
    lines = [*shown, Cohort(_("together"), found.triangle.n, found.triangle.total)]
    after = [at * found.months for at in range(1, len(found.triangle.total) + 1)]
    charts.draw(_heat_map(lines, after), key=f"cohorts {kind}", alt=said(sentence))
    told_of = _(
        "In each cell: per cent of the cohort, so many months after each customer’s own first day. An empty cell is "
        "not over for everybody, and no zero; a dot marks fewer than five customers."
    )
    st.markdown(small(told_of))
    _behind(lines, after, gone, kind)


def _heat_map(lines: Sequence[Cohort], after: Sequence[int]) -> go.Figure:
    colours = palette()
    shares = [[cell.share if cell else None for cell in each.cells] for each in lines]
    texts = [["" if cell is None else "·" if cell.share is None else f"{cell.share:.0f}" for cell in each.cells]
             for each in lines]  # fmt: skip
    chart = figure(ROW * len(lines) + 60, margin=dict(l=8, r=8, t=52, b=8), hovermode="closest")
    chart.add_heatmap(
        z=shares, x=[str(each) for each in after], y=[f"{each.name} · {each.n}" for each in lines], text=texts,
        texttemplate="%{text}", zmin=0, zmax=100, showscale=False, xgap=2, ygap=2, hoverongaps=False,
        colorscale=[[0, colours["surface"]], [1, colours["accent fill"]]], textfont=dict(color=colours["text"]),
        hovertemplate="%{y}<br>%{x}: %{z:.1f} %<extra></extra>",
    )  # fmt: skip
    chart.update_yaxes(type="category", autorange="reversed", automargin=True, showgrid=False)
    chart.update_xaxes(type="category", side="top", title=dict(text=_("months later"), standoff=12), ticks="")
    return chart


def _behind(lines: Sequence[Cohort], after: Sequence[int], gone: set[str], kind: str) -> None:
    rows = [[plain(each.name), f"{each.n:,}", *map(_cell, each.cells)] for each in lines]
    rows += [[plain(name), few(), *["–"] * len(after)] for name in sorted(gone)]
    figures = pd.DataFrame(
        [
            {"cohort": each.name, "customers": each.n, "months": month, **vars(cell)}
            for each in lines
            for month, cell in zip(after, each.cells, strict=True)
            if cell
        ]
    )
    behind(f"cohorts-{kind}", [_("Came"), _("Customers"), *map(months, after)], rows, figures)


def _cell(cell: Cell | None) -> str:
    return plain(said(words.of_cell(cell))) if cell else "–"
