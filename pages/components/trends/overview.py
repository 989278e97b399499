"""All figures at once: those that worsen first, each as a small picture that opens the figure in full."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.components import session, tags
from pages.components.chart.charts import palette
from pages.components.frame import page
from pages.components.table import table
from pages.components.trends import filters
from pages.components.trends.marks import badge, since
from pages.components.trends.order import Asked, ordered
from pages.components.trends.overview_words import answer, counts, latest, told
from pages.components.trends.series import Series, every
from pages.components.trends.small_multiple import picture
from pages.components.words import _, plain, said
from pipelines.reports.cell import safe_csv
from pipelines.runs.run_folder import Run

FIRST = 24
"""Pictures that are drawn before somebody asks for more."""


def overview(run: Run) -> None:
    grain = filters.grain(run)
    found = ordered(every(run, grain).values())
    asked = filters.asked(found)
    with page(answer(found), _("Trends"), [("overview", _("Overview"))]):
        st.markdown(f"{counts(found)} {_basis(run)}")
        filters.draw(found, run)
        shown = [each for each in found if asked.fits(each)]
        if asked != Asked():
            st.markdown(tags.muted(_("{count} of {all} measures fit.", count=len(shown), all=len(found))))
        if filters.as_table():
            _table(shown)
        else:
            _pictures(shown, grain)
        _key()
        _download(shown, grain)


def _basis(run: Run) -> str:
    return tags.muted(_("Data as of {date}; run {run}", date=run.as_of, run=plain(run.id)))


def _pictures(shown: Sequence[Series], grain: str) -> None:
    drawn = shown if st.query_params.get("show") == "all" else shown[:FIRST]
    grid = st.grid(3, min_column_width=340, gap="small")
    for each in drawn:
        with grid.cell():
            _card(each, grain)
    if more := len(shown) - len(drawn):
        st.button(_("Show {count} more", count=more), key="show_all", on_click=_show_all)


def _show_all() -> None:
    st.query_params["show"] = "all"


def _card(series: Series, grain: str) -> None:
    with st.container(border=True, gap="xsmall", key=f"figure {series.kpi.name}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            session.link("kpi_trends", f"**{plain(said(series.kpi.title))}**", kpi=series.kpi.name, grain=grain)
            st.space("stretch")
            st.markdown(badge(series), width="content")
        st.markdown(latest(series))
        if any(point.value is not None for point in series.points):
            st.html(picture(series, palette(), told(series)))
        st.markdown(tags.small(plain(said(series.reading.because))))


def _table(shown: Sequence[Series]) -> None:
    header = [_("Measure"), _("Signal"), _("Since"), _("Latest"), _("Why")]
    rows = [
        [
            f"**{plain(said(each.kpi.title))}**", badge(each), _since(each), latest(each),
            plain(said(each.reading.because)),
        ]
        for each in shown
    ]  # fmt: skip
    with st.container(key="trend_table"):
        table(header, rows, _("Trends"))


def _since(series: Series) -> str:
    at = since(series)
    return "–" if at is None else series.points[at].name


def _key() -> None:
    words = _(
        "Line: the figure. Dashed: control limits; thin: their centre. Dark step: your target. Dotted: an event. "
        "▲ ▼: a signal. Hollow: not evaluated. Bars: number of records. "
        "Each picture has a scale of its own."
    )
    st.markdown(tags.small(words))


def _download(shown: Sequence[Series], grain: str) -> None:
    rows = [
        {
            "kpi": each.kpi.name, "title": said(each.kpi.title), "unit": each.unit, "grain": grain,
            "verdict": each.reading.verdict, "since": _since(each), "because": said(each.reading.because),
            "period": point.period if point else "", "value": point.value if point else None,
            "low": point.low if point else None, "high": point.high if point else None,
            "n": point.n if point else None,
        }
        for each in shown
        for point in [each.latest]
    ]  # fmt: skip
    label, name = _("Download CSV"), f"trends-{grain}.csv"
    st.download_button(label, safe_csv(pd.DataFrame(rows)), name, "text/csv", on_click="ignore")
