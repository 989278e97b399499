"""What if: levers for figures, documents and interviews, and the verdicts that would change. Nothing is kept."""

from __future__ import annotations

import streamlit as st

from audit.evidence import Evidence, Outcome
from audit.measurement import Kpi
from audit.quantity import IN_CHINESE, Unit
from audit.score import Score
from pages.components import session, tags
from pages.components.table import table
from pages.components.words import _, language, plain, said, shown
from pipelines import definitions
from pipelines.readiness.gap_analysis import concluded
from pipelines.readiness.what_if import Levers, possible, what_if
from pipelines.runs.run_folder import Run


def what_if_levers(run: Run, now: Score | None) -> None:
    st.markdown(tags.muted(_("Move what you like: the verdicts follow, your data and records stay as they are.")))
    open_ones = [e for c in run.clauses for r in c.requirements for e in r.evidence if e.outcome != Outcome.MET]
    left, right = st.columns(2, gap="medium")
    with left:
        levers = _levers(run, open_ones)
    with st.spinner(_("Judging what would be"), show_time=False):
        found = what_if(session.workspace(), run, levers, concluded(session.records()))
    with right:
        _shares(now, found.score)
        if not found.changes:
            st.markdown(_("No verdict changes yet."))
            return
        asks = {r.id: said(r.asks) for clause in run.clauses for r in clause.requirements}
        rows = [
            [
                f"**{change.requirement}** {plain(asks[change.requirement])}",
                tags.verdict(change.now),
                "→",
                tags.verdict(change.then),
            ]
            for change in found.changes
        ]
        table([_("Requirement"), _("Now"), "", _("Then")], rows, _("Verdicts that would change"))


def _levers(run: Run, open_ones: list[Evidence]) -> Levers:
    figures = _figures(run, open_ones)
    kinds = session.workspace().checklist(run.edition, run.packs).documents
    approved = st.multiselect(
        _("Documents approved and current"),
        _documents(run, open_ones),
        format_func=lambda kind: said(kinds[kind].title),
        placeholder=_("none"),
        key="approved",
    )
    people = {e.id: e for e in open_ones if e.kind in ("interview", "observation")}
    heard = st.multiselect(
        _("Interviews and observations that confirm it"),
        list(people),
        format_func=lambda id: f"{id} {said(people[id].shows)}",
        placeholder=_("none"),
        key="heard",
    )
    return Levers(figures, frozenset(approved), frozenset(heard))


def _figures(run: Run, open_ones: list[Evidence]) -> dict[str, float]:
    """
    Those that miss a criterion are offered first; any other can be moved too, to see what it would cost. The figures
    of single groups stay as they are.
    """
    asked = [e for clause in run.clauses for r in clause.requirements for e in r.evidence]
    every = [e for e in asked if e.measurement and not e.measurement.by]
    first: dict[str, Evidence] = {}
    for evidence in sorted(every, key=lambda e: e not in open_ones):
        first.setdefault(evidence.kpi, evidence)
    known = definitions.kpis()
    wanted = st.multiselect(
        _("Figures to move"),
        list(first),
        default=[kpi for kpi, evidence in first.items() if evidence in open_ones],
        format_func=lambda kpi: said(known[kpi].title),
        placeholder=_("none"),
        key="figures",
    )
    moved = {kpi: _moved(known[kpi], first[kpi]) for kpi in wanted}
    return {kpi: value for kpi, value in moved.items() if value is not None}


def _moved(kpi: Kpi, evidence: Evidence) -> float | None:
    """The value that it would have; None while it stays as it is."""
    value = evidence.measurement.value if evidence.measurement else None
    now = None if value is None else round(float(value), 2)
    label = f"{said(kpi.title)} ({_unit(kpi.unit)}){_('; ')}{_('your criterion')}{_(': ')}{said(evidence.criterion)}"
    low, high = (0.0, 100.0) if kpi.unit == "%" and 0 <= (now or 0.0) <= 100 else possible(kpi)
    wanted = st.number_input(plain(label), low, high, value=now, step=1.0, key=f"lever {kpi.name}")
    return float(wanted) if wanted is not None and wanted != now else None


def _unit(unit: Unit) -> str:
    return IN_CHINESE.get(unit, unit) if language() == "zh" else unit


def _documents(run: Run, open_ones: list[Evidence]) -> list[str]:
    checklist = session.workspace().checklist(run.edition, run.packs)
    open_ids = {e.id for e in open_ones}
    asked = [getattr(rule, "document", None) for _c, _r, rule in checklist.rules() if rule.id in open_ids]
    return list(dict.fromkeys(kind for kind in asked if kind))


def _shares(now: Score | None, then: Score | None) -> None:
    if now and then:
        gained = round(100 * (then.met - now.met), 1)
        change = f"{gained:+.1f} {_('points')}" if gained else None
        st.metric(_("Share of what is asked that is shown"), f"{100 * then.met:.0f} %", change, delta_color="off")
        st.markdown(tags.small(plain(_("now {share} %", share=shown(round(100 * now.met))))))
