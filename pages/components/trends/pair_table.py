"""A declared pair of dimensions as a heat table: one cell for each pair of groups, shaded by its value."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from audit.pairs import SIGN, halves
from pages.components import tags
from pages.components.chart import charts
from pages.components.chart.point import Point, points
from pages.components.trends.trend_words import dimension, group
from pages.components.words import _, figure, plain

ROW = 46


def pair_table(measured: pd.DataFrame, by: str) -> None:
    one, other = by.split(SIGN)
    st.header(_("The same measure by {dimension}", dimension=dimension(by).lower()), anchor=False)
    latest = measured[measured["ends"] == measured["ends"].max()]
    cells = {
        (first, second): points(rows)[-1]
        for name, rows in latest.groupby("group")
        for first, second in [halves(str(name))]
    }
    if not cells:
        st.markdown(_("No pair has a record."))
        return
    told = _("{when}; darker is higher.", when=next(iter(cells.values())).when)
    st.markdown(tags.muted(plain(told[:1].upper() + told[1:])))
    charts.draw(_picture(cells, dimension(one), dimension(other)), "pairs", _told(cells))


def _picture(cells: dict[tuple[str, str], Point], down: str, across: str) -> go.Figure:
    rows = sorted({first for first, _second in cells}, key=lambda name: (name == "", name))
    columns = sorted({second for _first, second in cells}, key=lambda name: (name == "", name))
    colours = charts.palette()
    chart = charts.figure(ROW * len(rows) + 64, margin={"l": 130, "r": 16, "t": 48, "b": 8}, hovermode="closest")
    known = [[cells.get((row, column)) for column in columns] for row in rows]
    chart.add_trace(go.Heatmap(
        z=[[cell.value if cell and cell.evaluated else None for cell in line] for line in known],
        x=[escape(group(name)) for name in columns], y=[escape(group(name)) for name in rows],
        text=[[_cell(cell) for cell in line] for line in known], texttemplate="%{text}", hoverinfo="skip",
        colorscale=[[0, colours["surface"]], [1, colours["accent fill"]]], showscale=False, xgap=2, ygap=2,
        hoverongaps=False,
    ))  # fmt: skip
    for y, line in enumerate(known):
        for x, cell in enumerate(line):
            if cell is None or not cell.evaluated:  # a heat map draws no words where it has no value
                chart.add_annotation(
                    x=x, y=y, text=_cell(cell), showarrow=False, font={"color": colours["muted"], "size": 12}
                )
    chart.update_yaxes(
        autorange="reversed",
        title={"text": escape(down)},
        automargin=True,
        showgrid=False,
        tickfont={"color": colours["text"]},
        type="category",
    )
    chart.update_xaxes(
        side="top", title={"text": escape(across)}, automargin=True, ticks="", showline=False,
        tickfont={"color": colours["text"]}, type="category",
    )  # fmt: skip
    return chart


def _cell(cell: Point | None) -> str:
    if cell is None:
        return "–"
    if cell.hidden:
        return _("suppressed")
    if not cell.evaluated:
        return f"◇ n = {cell.count}"
    return f"<b>{figure(cell.value, cell.unit)}</b><br>n = {cell.count}"


def _told(cells: dict[tuple[str, str], Point]) -> str:
    """The highest and the lowest, which is what a reader looks for."""
    known = sorted((point.value, pair) for pair, point in cells.items() if point.evaluated and point.value is not None)
    if not known:
        return _("No pair is evaluated.")
    (low, lowest), (high, highest) = known[0], known[-1]
    unit = next(iter(cells.values())).unit
    return _(
        "Highest {highest} with {high}, lowest {lowest} with {low}; {count} of {all} pairs are evaluated",
        highest=SIGN.join(map(group, highest)), high=figure(high, unit), lowest=SIGN.join(map(group, lowest)),
        low=figure(low, unit), count=len(known), all=len(cells),
    )  # fmt: skip
