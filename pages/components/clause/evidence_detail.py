"""One piece of evidence in full: why, against what, by which query, from which rows of which files."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.evidence import Document, Evidence
from audit.measurement import Measurement
from audit.quantity import Quantity
from audit.rule import Computed
from audit.withheld import is_withheld
from pages.components import session, tags
from pages.components.clause.intervals import intervals
from pages.components.clause.rows_behind import way_back
from pages.components.document.document_words import status_words
from pages.components.finding.from_rows import choose
from pages.components.states import guard
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.assess import with_criterion
from pipelines.runs import results
from pipelines.runs.run_folder import Run


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
    dates = {"starts": measurement.starts, "ends": measurement.ends}
    hidden = is_withheld(measurement, session.least_shown())
    span = _("{starts} to {ends}", **dates) if hidden else _("{starts} to {ends}, n = {n}", **dates, n=measurement.n)
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
    query = {"by": measurement.by, "group": measurement.group} if measurement.by else {}
    session.link(
        "measure", _("How this figure is made") + " →", kpi=measurement.kpi, grain=measurement.grain,
        period=measurement.period, **query,
    )  # fmt: skip
    chosen = way_back(measurement, run, f"tabs {measurement.kpi}")
    if chosen is not None:
        choose(chosen, range(len(chosen)), measurement, evidence.id)


def _document(document: Document) -> None:
    (tab,) = st.tabs([_("Document")])
    with tab:
        facts = {
            _("Title"): document.title,
            _("Kind"): _kind(document.kind),
            _("Status"): status_words(document.status),
            _("Owner"): document.owner or "–",
            _("Reviewed on"): document.reviewed_on or "–",
            _("Covers"): _covers(document),
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


def _covers(document: Document) -> str:
    if not document.covers_from and not document.covers_to:
        return "–"
    return f"{document.covers_from or '…'} – {document.covers_to or '…'}"


def _kind(kind: str) -> str:
    known = session.workspace().checklist().documents
    return said(known[kind].title) if kind in known else kind


def _original(document: Document) -> None:
    if document.sha256:
        content = session.workspace().store.get(document.sha256)
        name = document.file or f"{document.id}.bin"
        st.download_button(_("Download the file"), content, name, "application/octet-stream", on_click="ignore")
