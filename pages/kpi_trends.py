"""One figure over time: its line and interval, the records behind each value, its groups, and its definition."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.measurement import Kpi
from pages.components import charts, session
from pages.components.chosen import buttons, choice, chosen
from pages.components.frame import page
from pages.components.period import GRAINS, grain_name, per
from pages.components.point import Point, aligned, points
from pages.components.table import table
from pages.components.trend_chart import Labels, small, span, trend
from pages.components.trend_words import answer, caption, dimension, group, latest_evaluated, note, said_by_chart
from pages.components.words import _, figure, plain, said
from pipelines import definitions, results
from pipelines.reports.cell import safe_csv

WHOLE = "whole"
MOST_GROUPS = 12
"""Small charts that one screen can hold; the table below has every group."""


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    kpis = definitions.kpis()
    titled = sorted(kpis, key=lambda name: said(kpis[name].title).lower())
    kpi = kpis[chosen("kpi", titled, "csat_top_2_box")]
    grain = chosen("grain", GRAINS, "month")
    by = chosen("by", [WHOLE, *kpi.by], WHOLE)
    measured = results.measurements(workspace, run.id, kpi=kpi.name, grain=grain)
    whole = _series(measured[measured["by"] == ""])
    groups = _groups(measured[measured["by"] == by], whole)
    with page(answer(kpi, whole), _("KPI trends"), [("overview", _("Overview"))]):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            choice("kpi", _("Measure"), titled, lambda name: said(kpis[name].title))
            buttons("grain", _("Period"), GRAINS, grain_name)
            buttons("by", _("Groups"), [WHOLE, *kpi.by], lambda by: _("Whole") if by == WHOLE else dimension(by))
        if not whole:
            st.markdown(_("The last run has no value of this measure. Start a run to compute it."))
            session.link("data", _("Run the assessment again") + " →", view="load")
            return
        _chart(kpi, grain, whole, caption(kpi, run, whole))
        _reading(kpi, by, whole, groups)
        _figures(kpi, grain, by, whole, groups, measured)
        _definition(kpi)


def _series(measurements: pd.DataFrame) -> list[Point]:
    """Rolling windows that end within a month stand between the others; only the latest of them is of interest."""
    found = points(measurements)
    return [p for p in found if p.grain != "rolling_12_months" or p.ends_a_month or p is found[-1]]


def _groups(measurements: pd.DataFrame, whole: Sequence[Point]) -> dict[str, list[Point]]:
    """Every group on the axis of the whole, the one with most records first."""
    found = {str(name): aligned(points(rows), whole) for name, rows in measurements.groupby("group", dropna=False)}
    return dict(sorted(found.items(), key=lambda item: (-sum(point.n for point in item[1]), item[0])))


def _chart(kpi: Kpi, grain: str, whole: Sequence[Point], words: str) -> None:
    latest = latest_evaluated(whole)
    name = figure(latest.value, kpi.unit) if latest else ""
    charts.draw(trend(whole, kpi.unit, Labels(name, per(grain))), key="trend", alt=answer(kpi, whole))
    st.markdown(f":gray[:small[{words}]]")


def _reading(kpi: Kpi, by: str, whole: Sequence[Point], groups: dict[str, list[Point]]) -> None:
    if not groups:
        _says(whole)
        return
    _says(whole)
    st.header(_("The same measure by {dimension}", dimension=dimension(by).lower()), anchor=False)
    drawn = dict(list(groups.items())[:MOST_GROUPS])
    if len(groups) > len(drawn):
        more = _("The {count} with most records of {all}; the table has every one.", count=len(drawn), all=len(groups))
        st.markdown(f":gray[{more}]")
    reach = span([*drawn.values()], kpi.unit)
    grid = st.grid(4, min_column_width=250, gap="small")
    for index, (name, series) in enumerate(drawn.items()):
        with grid.cell():
            _group(kpi, index, name, series, reach)


def _group(kpi: Kpi, index: int, name: str, series: Sequence[Point], reach: tuple[float, float]) -> None:
    latest = series[-1]
    value = f"{plain(latest.said)}" if latest.evaluated else f":violet[◇ {_('not evaluated')}]"
    st.markdown(f"**{plain(group(name))}** {value} :gray[:small[n = {latest.n:,}]]")
    alt = f"{group(name)}: {latest.said}, n = {latest.n:,}"
    charts.draw(small(series, kpi.unit, reach), key=f"small {index}", alt=alt)


def _says(whole: Sequence[Point]) -> None:
    st.header(_("What the chart says"), anchor=False)
    for sentence in said_by_chart(whole):
        st.markdown(sentence)


def _figures(
    kpi: Kpi, grain: str, by: str, whole: Sequence[Point], groups: dict[str, list[Point]], measured: pd.DataFrame
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(_("The figures"), anchor=False)
        st.space("stretch")
        kept = measured[measured["by"].isin(["", by])].sort_values(["by", "group", "ends"])
        st.download_button(_("Download CSV"), safe_csv(kept), f"{kpi.name}-{grain}.csv", "text/csv", on_click="ignore")
    grouped = {"": whole} | groups if groups else {"": whole}
    named = [("" if series is whole else group(name), series) for name, series in grouped.items()]
    rows = [
        [
            *([plain(name) or _("Whole")] if groups else []),
            point.name,
            plain(point.said),
            f"{point.n:,}",
            note(point) or "–",
        ]
        for name, series in named
        for point in reversed(series)
    ]
    header = [_("Period"), _("Value (95 % interval)") if kpi.interval else _("Value"), "n", _("Note")]
    table([*([dimension(by)] if groups else []), *header], rows, _("The figures"))


def _definition(kpi: Kpi) -> None:
    with st.expander(_("Definition and query")):
        st.markdown(plain(said(kpi.why)))
        clauses = _(
            "Used by clauses {clauses}. At least {least} records are needed.",
            clauses=", ".join(kpi.clauses),
            least=kpi.least,
        )
        st.markdown(f":gray[{plain(clauses)}]")
        st.code(kpi.query, language="sql")


main()
