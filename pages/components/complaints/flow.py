"""What came in and what was closed, month by month, and how many stayed open."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chart.charts import figure, palette
from pages.components.chart.period import label
from pages.components.tags import small
from pages.components.words import _, language, plain
from pipelines.runs.run_folder import Run

MONTHS = 24
COUNTED = ("complaints_received", "complaints_closed", "open_complaints")
RECENT = 6


def flow(run: Run) -> None:
    st.header(_("What comes in and what is closed"), anchor=False)
    months = _months(run)
    if len(months.dropna()) < 2:
        st.markdown(plain(_why(run)))
        return
    names = [label("month", row.starts, row.ends) for row in months.itertuples()]
    sentence = _sentence(months)
    st.markdown(plain(sentence))
    charts.draw(_chart(names, months), key="flow", alt=sentence)
    told = _("Bars: received (dark) and closed (light) in each month. Line: open at its end. Gap: not evaluated.")
    st.markdown(small(told))
    rows = [[name, *(_count(row[kpi]) for kpi in COUNTED)] for name, row in _latest_first(names, months)]
    header = [_("Month"), _("Came in"), _("Were closed"), _("Open at the end")]
    behind("complaints-flow", header, rows, months)


def _months(run: Run) -> pd.DataFrame:
    found = [session.measurements(run, kpi, "month", "").set_index("period") for kpi in COUNTED]
    months = found[0][["starts", "ends"]].copy()
    for kpi, one in zip(COUNTED, found, strict=True):
        months[kpi] = one["value"]
    return months.sort_values("starts").tail(MONTHS).reset_index()


def _why(run: Run) -> str:
    """The reason that the last month gives for having no figure."""
    last = session.measurements(run, COUNTED[0], "month", "").sort_values("starts").tail(1)
    why = "" if last.empty else last.iloc[0][f"not_evaluated_{language()}"]
    return why if isinstance(why, str) and why else _("Two months with complaints are needed to show their flow.")


def _sentence(months: pd.DataFrame) -> str:
    recent = months.dropna().tail(RECENT)
    received, closed, open_ = (recent[kpi] for kpi in COUNTED)
    return _(
        "In the last {count} months {received} came in and {closed} were closed; {open} are open, {before} were at the "
        "end of the first of these months.",
        count=len(recent),
        received=int(received.sum()),
        closed=int(closed.sum()),
        open=int(open_.iloc[-1]),
        before=int(open_.iloc[0]),
    )


def _chart(names: Sequence[str], months: pd.DataFrame) -> go.Figure:
    colours = palette()
    chart = figure(300, barmode="group", bargap=0.3, bargroupgap=0.05, margin=dict(l=34, r=8, t=26, b=28))
    words = dict(zip(COUNTED, (_("received"), _("closed"), _("open at the end")), strict=True))
    for kpi, colour in zip(COUNTED[:2], ("accent", "bars"), strict=True):
        chart.add_bar(
            x=names, y=months[kpi], marker=dict(color=colours[colour], line=dict(width=0)),
            hovertemplate=f"{words[kpi]}: %{{y}}<extra></extra>",
        )  # fmt: skip
    kpi = COUNTED[2]
    chart.add_scatter(
        x=names, y=months[kpi], mode="lines+markers", line=dict(color=colours["text"], width=2), marker=dict(size=5),
        connectgaps=False, hovertemplate=f"{words[kpi]}: %{{y}}<extra></extra>",
    )  # fmt: skip
    chart.update_xaxes(charts.periods(list(names)))
    chart.update_yaxes(rangemode="tozero", nticks=5)
    _label(chart, months[kpi], words[kpi], colours["text"])
    return chart


def _label(chart: go.Figure, counts: pd.Series, word: str, colour: str) -> None:
    """Above the chart: beside it there is no room on a narrow screen."""
    last = counts.dropna()
    if not last.empty:
        chart.add_annotation(
            x=1, xref="paper", xanchor="right", y=1, yref="paper", yanchor="bottom", showarrow=False,
            text=f"{word}{_(': ')}{int(last.iloc[-1])}", font=dict(color=colour),
        )  # fmt: skip


def _latest_first(names: Sequence[str], months: pd.DataFrame) -> list[tuple[str, dict[str, float]]]:
    return list(zip(names, months.to_dict("records"), strict=True))[::-1]


def _count(value: float) -> str:
    return "–" if pd.isna(value) else f"{int(value):,}"
