"""One piece of evidence in full: why, against what, by which query, from which rows of which files."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.evidence import Document, Evidence
from audit.measurement import Measurement
from audit.quantity import Quantity
from audit.records import loads
from audit.rule import Computed
from pages.components import session, tags
from pages.components.document_words import status_words
from pages.components.finding.from_rows import choose
from pages.components.intervals import intervals
from pages.components.states import guard
from pages.components.words import _, plain, said
from pipelines import definitions, results
from pipelines.assess import with_criterion
from pipelines.reports.cell import safe_csv
from pipelines.run_folder import Run

MOST_ROWS = 500


def evidence_detail(evidence: Evidence, run: Run) -> None:
    st.subheader(f"{evidence.id} {plain(said(evidence.shows))}", anchor=False)
    st.markdown(f"{tags.outcome(evidence.outcome)} {plain(said(evidence.because))}")
    if evidence.grade:
        st.markdown(" ".join([tags.muted(_("Grade proposed for a finding")), tags.grade(evidence.grade)]))
    if evidence.measurement:
        _figure(evidence, evidence.measurement, run)
        _way_back(evidence, evidence.measurement, run)
    elif evidence.document:
        _document(evidence.document)


def _figure(evidence: Evidence, measurement: Measurement, run: Run) -> None:
    measured = evidence.groups or (measurement,)
    limits = _limits(evidence.id, run)
    intervals(measured, measurement, evidence.outcome, limits, key=f"interval {evidence.id}")
    kpi = definitions.kpis().get(measurement.kpi)
    what = f"{said(kpi.title)}: {said(kpi.why)}" if kpi else measurement.kpi
    span = _("{starts} to {ends}, n = {n}", starts=measurement.starts, ends=measurement.ends, n=measurement.n)
    st.markdown(tags.small(f"{plain(what)} {plain(span)}"))
    if measurement.warning:
        st.markdown(" ".join([tags.tag("◷", _("Warning")), plain(said(measurement.warning))]))


def _limits(evidence_id: str, run: Run) -> list[Quantity]:
    """The limits as the run used them, which may not be the ones in force now."""
    own = results.criteria(session.workspace(), run.id)
    for _clause, _requirement, rule in session.workspace().checklist(run.edition, run.packs).rules():
        used = with_criterion(rule, own)
        if rule.id == evidence_id and isinstance(used, Computed):
            return [limit for limit in (used.accept.at_least, used.accept.at_most) if limit]
    return []


def _way_back(evidence: Evidence, measurement: Measurement, run: Run) -> None:
    query, rows = st.tabs([_("Query"), _("Rows and files")], key=f"tabs {measurement.kpi}", on_change="rerun")
    workspace = session.workspace()
    with query:
        st.code(results.query(measurement), language="sql", wrap_lines=True)
    if rows.open:
        with rows, guard():
            _rows(results.rows(workspace, run, measurement), measurement, evidence.id)


def _rows(frame: pd.DataFrame, measurement: Measurement, evidence_id: str) -> None:
    if frame.empty:
        st.markdown(_("No row lies behind this figure."))
        return
    named = _with_files(frame)
    shown = named.head(MOST_ROWS)
    st.markdown(_("{count} rows; the first {shown} are shown.", count=len(named), shown=len(shown)))
    chosen = st.dataframe(
        shown, hide_index=True, key=f"rows {measurement.kpi}", alt=_("Rows behind the figure"), on_select="rerun",
        selection_mode="multi-row",
    )  # fmt: skip
    choose(shown, chosen.selection.rows, measurement, evidence_id)
    name = f"{measurement.kpi} {measurement.period} {measurement.group}".strip().replace(" ", "_")
    st.download_button(_("Download all rows (CSV)"), safe_csv(named), f"{name}.csv", "text/csv", on_click="ignore")
    _files(frame)


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


def _document(document: Document) -> None:
    (tab,) = st.tabs([_("Document")])
    with tab:
        facts = {
            _("Title"): document.title,
            _("Kind"): _kind(document.kind),
            _("Status"): status_words(document.status),
            _("Owner"): document.owner or "–",
            _("Reviewed on"): document.reviewed_on or "–",
            _("Covers"): f"{document.covers_from or '–'} – {document.covers_to or '–'}",
            _("Expires on"): document.expires_on or "–",
            _("Requirements that it helps to show"): ", ".join(document.requirements) or "–",
            _("File"): document.file or document.link or "–",
            "SHA-256": document.sha256[:16] or "–",
        }
        rows = [{"": name, " ": plain(str(value))} for name, value in facts.items()]
        st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, hide_header=True)
        with guard():
            _original(document)
        session.link("documents", _("Open the register"))


def _kind(kind: str) -> str:
    known = session.workspace().checklist().documents
    return said(known[kind].title) if kind in known else kind


def _original(document: Document) -> None:
    if document.sha256:
        content = session.workspace().store.get(document.sha256)
        name = document.file or f"{document.id}.bin"
        st.download_button(_("Download the file"), content, name, "application/octet-stream", on_click="ignore")
