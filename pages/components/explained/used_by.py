"""What is asked of a figure: criteria of the checklist with what came of them, and objectives."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from audit.evidence import Evidence
from audit.measurement import Kpi
from audit.records.targets import objectives
from audit.rule import Computed
from audit.sentence import criterion_of
from audit.targets.objective import target_on
from pages.components import session, tags
from pages.components.chart.period import grain_name
from pages.components.table import table
from pages.components.trends.trend_words import named_for
from pages.components.words import _, plain, said
from pipelines.assess import with_criterion
from pipelines.runs import results
from pipelines.runs.run_folder import Run


def used_by(kpi: Kpi, run: Run) -> None:
    st.header(_("What is asked of it"), anchor=False)
    st.markdown(tags.muted(_("Used by clauses {clauses}.", clauses=", ".join(kpi.clauses))))
    _criteria(kpi, run)
    _objectives(kpi, run.as_of)


def _criteria(kpi: Kpi, run: Run) -> None:
    own, found = results.criteria(session.workspace(), run.id), _evidence(run)
    asked = [
        (clause.clause, used)
        for clause, _requirement, rule in session.workspace().checklist(run.edition, run.packs).rules()
        if isinstance(used := with_criterion(rule, own), Computed) and used.computed == kpi.name
    ]
    if not asked:
        st.markdown(_("No criterion of the checklist rests on it."))
        return
    for number, rule in asked:
        evidence = found.get(rule.id)
        outcome = tags.outcome(evidence.outcome) if evidence else "–"
        criterion = tags.muted(f"{_('your criterion')}{_(': ')}{plain(said(criterion_of(rule.accept, kpi)))}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            session.link("clause", f"**{rule.id}**", clause=number, evidence=rule.id)
            st.markdown(f"{outcome} {plain(said(rule.shows))} {criterion}", width="content")


def _evidence(run: Run) -> dict[str, Evidence]:
    return {each.id: each for clause in run.clauses for r in clause.requirements for each in r.evidence}


def _objectives(kpi: Kpi, day: dt.date) -> None:
    own = [each for each in objectives.every(session.records()) if each.kpi == kpi.name]
    if not own:
        st.markdown(tags.muted(_("No objective is set for it.")))
        return
    rows = []
    for each in own:
        target = target_on(each, day)
        whom = said(named_for(kpi.title, each.by, each.group)) if each.by else _("Whole")
        aim = plain(said(target.words)) if target else tags.muted(_("no target on {day}", day=day))
        rows.append([f"**{each.id}** {plain(each.title)}", plain(whom), grain_name(each.grain), aim, plain(each.owner)])
    header = [_("Objective"), _("For whom"), _("Period"), _("Target in force"), _("Owner")]
    table(header, rows, _("Objectives"))
