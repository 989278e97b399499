"""One figure in full: its line with what was read in it, its groups, every value, and what happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from audit.measurement import Kpi
from audit.pairs import SIGN
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.period import grain_name, per
from pages.components.chart.trend_chart import Labels, trend
from pages.components.chosen import buttons, choice, chosen
from pages.components.frame import page
from pages.components.trends import filters
from pages.components.trends.event_form import events
from pages.components.trends.groups import groups
from pages.components.trends.marks import badge
from pages.components.trends.pair_table import pair_table
from pages.components.trends.series import Series, of_group
from pages.components.trends.signal_words import signalled, targeted
from pages.components.trends.trend_words import answer, caption, dimension, group, said_by_chart
from pages.components.trends.values import values
from pages.components.words import _, figure, plain, said
from pipelines import definitions
from pipelines.runs.run_folder import Run

WHOLE = "whole"


@dataclass(frozen=True)
class View:
    """What the URL asks to be shown of a figure."""

    kpi: Kpi
    grain: str
    by: str
    group: str | None
    """None where the whole is drawn large, and the groups of `by` small."""
    measured: pd.DataFrame


def one_kpi(run: Run, name: str) -> None:
    view = _view(run, definitions.kpis()[name])
    own = _own(view)
    above = [("overview", _("Overview")), ("kpi_trends", _("Trends"))]
    with page(answer(view.kpi, own.points, view.by, view.group), said(view.kpi.title), above):
        _choices(run, view)
        if not own.points:
            st.markdown(_("The last run has no value of this measure. Start a run to compute it."))
            session.link("data", _("Run the assessment again") + " →", view="load")
            return
        _chart(run, view, own)
        _says(own)
        _noted(view)
        if view.by and view.group is None:
            if SIGN in view.by:
                pair_table(view.measured[view.measured["by"] == view.by], view.by)
            else:
                groups(view, own)
        values(view, own)


def _view(run: Run, kpi: Kpi) -> View:
    grain = filters.grain(run)
    measured = session.measurements(run, kpi.name, grain)
    by = chosen("by", [WHOLE, *_dimensions(kpi, measured)], WHOLE)
    by = "" if by == WHOLE else by
    asked = st.query_params.get("group")
    known = set(measured.loc[measured["by"] == by, "group"]) if by else set()
    return View(kpi, grain, by, asked if asked in known else None, measured)


def _dimensions(kpi: Kpi, measured: pd.DataFrame) -> list[str]:
    """Those of the KPI, and the pairs that its contract declares."""
    return [*kpi.by, *sorted(by for by in set(measured["by"]) if SIGN in by)]


def _own(view: View) -> Series:
    return of_group(view.kpi, view.measured, *((view.by, view.group) if view.group is not None else ("", "")))


def _choices(run: Run, view: View) -> None:
    kpis = definitions.kpis()
    titled = sorted(kpis, key=lambda name: said(kpis[name].title).lower())
    chosen("kpi", titled, view.kpi.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice("kpi", _("Measure"), titled, lambda name: said(kpis[name].title), width=420)
        buttons("grain", _("Period"), filters.grains(run), grain_name)
        dimensions = [WHOLE, *_dimensions(view.kpi, view.measured)]
        buttons("by", _("Groups"), dimensions, lambda by: _("Whole") if by == WHOLE else dimension(by))
    if view.group is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            told = _("Shown: {dimension} {group}", dimension=dimension(view.by).lower(), group=group(view.group))
            st.markdown(plain(told), width="content")
            session.link("kpi_trends", _("All groups") + " →", kpi=view.kpi.name, grain=view.grain, by=view.by)


def _chart(run: Run, view: View, own: Series) -> None:
    latest = own.latest
    st.markdown(f"{badge(own)} {plain(said(own.reading.because))}")
    words = Labels(figure(latest.value, own.unit) if latest else "", per(view.grain))
    charts.draw(
        trend(own.points, own.unit, words, own), key="trend", alt=answer(view.kpi, own.points, view.by, view.group)
    )
    st.markdown(tags.small(caption(view.kpi, run, own.points, own.reading)))
    last = own.points[-1]
    session.link(
        "measure", _("How this figure is made, and the rows behind it") + " →", kpi=view.kpi.name, grain=view.grain,
        period=last.period, **({"by": view.by, "group": view.group} if view.group is not None else {}),
    )  # fmt: skip


def _says(own: Series) -> None:
    st.header(_("What the chart says"), anchor=False)
    for sentence in [*signalled(own), *targeted(own), *said_by_chart(own.points)]:
        st.markdown(sentence)


def _noted(view: View) -> None:
    st.header(_("Events"), anchor=False)
    events(session.records(), view.kpi.name, *((view.by, view.group) if view.group is not None else ("", "")))
