"""Which figure the URL names, and the choices that lead to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from audit.measurement import Kpi, Measurement
from pages.components import session
from pages.components.chart.period import grain_name, label
from pages.components.chosen import choice, chosen
from pages.components.trends.trend_words import dimension, group
from pages.components.words import _, said
from pipelines import definitions
from pipelines.assess import measurement
from pipelines.runs.run_folder import Run

GRAINS = ("month", "quarter", "year", "fiscal_year", "rolling_12_months", "audit_period")
WHOLE = "whole"


@dataclass(frozen=True)
class Asked:
    kpi: Kpi
    measured: pd.DataFrame
    """All measurements of the KPI and grain, in every grouping, as this person may see them."""
    figure: Measurement | None


def asked(run: Run) -> Asked:
    """The latest month of the first measure where the URL names nothing, or something that there is not."""
    kpis = _titled()
    kpi = definitions.kpis()[chosen("kpi", kpis, kpis[0])]
    grains = _grains(run, kpi)
    measured = session.measurements(run, kpi.name, chosen("grain", grains, grains[0]))
    by = chosen("by", [WHOLE, *sorted(set(measured["by"]) - {""})], WHOLE)
    own = measured[measured["by"] == ("" if by == WHOLE else by)]
    groups = _groups(own)
    named = own[own["group"] == chosen("group", groups, groups[0])] if groups else own
    periods = _periods(named)
    rows = named[named["period"] == chosen("period", periods, periods[0])] if periods else named
    return Asked(kpi, measured, _figure(rows))


def choices(run: Run, found: Asked) -> None:
    kpis = definitions.kpis()
    own = found.measured[found.measured["by"] == ("" if st.session_state["by"] == WHOLE else st.session_state["by"])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice("kpi", _("Measure"), _titled(), lambda name: said(kpis[name].title), width=340)
        choice("grain", _("Length of period"), _grains(run, found.kpi), _grain_name, width=180)
        bys = [WHOLE, *sorted(set(found.measured["by"]) - {""})]
        choice("by", _("Groups"), bys, lambda by: _("Whole") if by == WHOLE else dimension(by), width=180)
        if groups := _groups(own):
            choice("group", _("Group"), groups, group, width=180)
            own = own[own["group"] == st.session_state["group"]]
        if periods := _periods(own):
            named = {row.period: label(row.grain, row.starts, row.ends, row.period) for row in own.itertuples()}
            choice("period", _("Period"), periods, lambda period: named[period], width=180)


def _titled() -> list[str]:
    kpis = definitions.kpis()
    return sorted(kpis, key=lambda name: said(kpis[name].title).lower())


def _grains(run: Run, kpi: Kpi) -> list[str]:
    """The usual ones first, then the windows that criteria ask for."""
    measured = set(session.measured_grains(run, kpi.name))
    return [grain for grain in GRAINS if grain in measured] + sorted(measured - set(GRAINS)) or [GRAINS[0]]


def _grain_name(grain: str) -> str:
    if grain.startswith("rolling") and grain != "rolling_12_months":
        return _("Rolling {count} months", count=int(grain.split("_")[1]))
    return grain_name(grain)


def _groups(own: pd.DataFrame) -> list[str]:
    return sorted(set(own["group"]), key=lambda name: (name == "", name)) if len(own) and own["by"].iloc[0] else []


def _periods(own: pd.DataFrame) -> Sequence[str]:
    """Newest first."""
    return [str(period) for period in own.sort_values("ends", ascending=False)["period"]]


def _figure(rows: pd.DataFrame) -> Measurement | None:
    if rows.empty:
        return None
    row = rows.iloc[0].to_dict()
    return measurement({str(name): value for name, value in row.items()} | {"n": 0 if pd.isna(row["n"]) else row["n"]})
