"""The form in which a gap gets an owner, a day and an effort."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.errors import RecordError
from audit.readiness import effort_word
from audit.records import gap_plans
from audit.records.gap_plans import EFFORTS, GapPlan
from pages.components import session
from pages.components.words import _, plain, said
from pipelines.gap_analysis import Planned

KEPT = "gap_kept"


def gap_plan(rows: Sequence[Planned]) -> None:
    if kept := st.session_state.pop(KEPT, ""):
        st.success(_("The plan for {requirement} is kept.", requirement=kept))
    known = {each.gap.requirement.id: each for each in rows}
    with st.expander(_("Plan a gap: who does what until when")):
        wanted = st.selectbox(_("Requirement"), list(known), format_func=lambda id: _named(known[id]), key="gap_asked")
        each = known[wanted]
        session.link("clause", _("Open the clause") + " →", clause=each.gap.clause)
        _form(each)


def _named(each: Planned) -> str:
    return f"{each.gap.requirement.id} {said(each.gap.requirement.asks)}"


def _form(each: Planned) -> None:
    id = each.gap.requirement.id
    with st.form(f"plan {id}", border=False):
        grid = st.grid(3, min_column_width=220)
        with grid.cell():
            effort = st.selectbox(
                _("Effort"), EFFORTS, EFFORTS.index(each.effort), format_func=lambda name: said(effort_word(name)),
                key=f"effort {id}",
            )  # fmt: skip
        with grid.cell():
            owner = st.text_input(_("Owner"), each.owner, key=f"owner {id}")
        with grid.cell():
            due = st.date_input(_("Due"), value=each.due_on, key=f"due {id}", format="YYYY-MM-DD")
        note = st.text_area(_("What will be done"), each.plan.note if each.plan else "", height=68, key=f"note {id}")
        if st.form_submit_button(_("Keep the plan"), type="primary", disabled=session.closed() is not None):
            _keep(GapPlan(id, effort, owner, due, note))


def _keep(plan: GapPlan) -> None:
    try:
        gap_plans.plan(session.records(), plan, session.actor())
    except RecordError as error:
        st.error(plain(str(error)))
        return
    st.session_state[KEPT] = plan.requirement_id
    st.rerun()
