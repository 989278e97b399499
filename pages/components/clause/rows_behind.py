"""The rows behind one figure with file and line, for those who may look into the data, and the files they came in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.measurement import Measurement
from audit.records import loads
from pages.components import session, tags
from pages.components.states import guard
from pages.components.words import _, plain
from pipelines.reports.cell import safe_csv
from pipelines.runs import results
from pipelines.runs.run_folder import Run

MOST = 500


def way_back(figure: Measurement, run: Run, key: str) -> pd.DataFrame | None:
    """Query, and rows on demand: gives those that were chosen in the table, or None where none are shown."""
    query, rows = st.tabs([_("Query"), _("Rows and files")], key=key, on_change="rerun")
    with query:
        st.code(results.query(figure), language="sql", wrap_lines=True)
    if not rows.open:
        return None
    chosen = None
    with rows, guard():
        if session.least_shown() > 1:
            st.markdown(tags.muted(_("Single records are shown to people who may look into the data.")))
        else:
            chosen = _rows(results.rows(session.workspace(), run, figure), figure, run)
    return chosen


def _rows(frame: pd.DataFrame, figure: Measurement, run: Run) -> pd.DataFrame | None:
    if frame.empty:
        st.markdown(_("No row lies behind this figure."))
        return None
    named = _with_files(frame)
    shown = named.head(MOST)
    st.markdown(_("{count} rows; the first {shown} are shown.", count=len(named), shown=len(shown)))
    chosen = st.dataframe(
        shown, hide_index=True, key=_key(figure, run), alt=_("Rows behind the figure"), on_select="rerun",
        selection_mode="multi-row",
    )  # fmt: skip
    place = st.container()
    name = f"{figure.kpi} {figure.period} {figure.group}".strip().replace(" ", "_")
    place.download_button(_("Download all rows (CSV)"), safe_csv(named), f"{name}.csv", "text/csv", on_click="ignore")
    _files(frame)
    return shown.iloc[chosen.selection.rows]


def _key(figure: Measurement, run: Run) -> str:
    """A choice is of places: under the key of other rows it would mean rows that nobody chose, or none at all."""
    return " ".join(["rows", figure.kpi, figure.grain, figure.period, figure.by, figure.group, run.id])


def _with_files(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with file and line first, as somebody would look them up in the original."""
    files = {load.id: load.file for load in loads.every(session.records())}
    named = frame.drop(columns=["_load", "_line"])
    named.insert(0, _("File"), frame["_load"].map(lambda load: files.get(load, load)))
    named.insert(1, _("Line"), frame["_line"])
    for name in named.select_dtypes("datetime"):
        if (named[name].dropna() == named[name].dropna().dt.normalize()).all():
            named[name] = named[name].dt.date
    return named


def _files(frame: pd.DataFrame) -> None:
    st.subheader(_("Original files"), anchor=False)
    counts = frame["_load"].value_counts()
    for load in loads.every(session.records()):
        if load.id in counts.index:
            with st.container(horizontal=True, vertical_alignment="center"):
                rows = _("{count} rows", count=int(counts[load.id]))
                known_by = tags.small(f"{rows}, SHA-256 {load.sha256[:12]}…")
                st.markdown(f"{plain(load.file)} {known_by}", width="content")
                session.link("data", _("Show the load"), load=load.id)
