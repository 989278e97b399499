"""The measures that people ask for first, one row each: name and n, the line of its months, the last value."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.evidence import Outcome
from pages.components import session, tags
from pages.components.chart.period import label
from pages.components.chart.trend_line import trend_line
from pages.components.words import _, figure, language, plain, said
from pipelines import definitions
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

MEASURES = ("csat_top_2_box", "nps", "complaint_rate", "on_time_of_orders_due")
MONTHS = 24


def measures(workspace: Workspace, run: Run) -> None:
    st.header(_("Satisfaction measures by month"), anchor=False)
    for name in MEASURES:
        months = results.measurements(workspace, run.id, kpi=name, grain="month", by="")
        if name in definitions.kpis() and not months.empty:
            _measure(name, months.sort_values("starts").tail(MONTHS))
    session.link("kpi_trends", _("All measures") + " →")


def _measure(name: str, months: pd.DataFrame) -> None:
    kpi = definitions.kpis()[name]
    last = months.iloc[-1]
    name_cell, line, value = st.columns([3, 5, 4], vertical_alignment="center")
    name_cell.markdown(f"**{plain(said(kpi.title))}**  \n{tags.small(f'n = {int(last.n):,}')}")
    with line:
        if months["value"].notna().any():
            trend_line(months, kpi.unit, said(kpi.title), key=f"line {name}")
    if pd.isna(last.value):
        why = last[f"not_evaluated_{language()}"]
        value.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)}  \n{tags.small(plain(str(why)))}")
    else:
        shown, bracket, spread = figure(last.value, kpi.unit, last.low, last.high).partition(" (")
        when = tags.small(label(last.grain, last.starts, last.ends))
        value.markdown(f"**{shown}** {tags.muted(bracket.strip() + spread)}  \n{when}")
