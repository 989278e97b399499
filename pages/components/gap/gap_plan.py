"""The form in which a gap gets an owner, a day and an effort."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.readiness import effort_word
from audit.records.auditing import gap_plans
from audit.records.auditing.gap_plans import EFFORTS, GapPlan
from pages.components import draft, session
from pages.components.words import _, said, shown
from pipelines.readiness.gap_analysis import Planned

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


@st.fragment
def _form(each: Planned) -> None:
    id = each.gap.requirement.id
    form = f"plan {id}"
    fields = {name: draft.field(form, f"{name} {id}") for name in ("effort", "owner", "due", "note")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, gap_plans.times(session.records(), id), {"effort": EFFORTS})
        grid = st.grid(3, min_column_width=220)
        with grid.cell():
            effort = st.selectbox(
                _("Effort"), EFFORTS, EFFORTS.index(each.effort), format_func=lambda name: said(effort_word(name)),
                key=fields["effort"], **noting,
            )  # fmt: skip
        with grid.cell():
            owner = st.text_input(_("Owner"), each.owner, key=fields["owner"], **noting)
        with grid.cell():
            due = st.date_input(_("Due"), value=each.due_on, key=fields["due"], format="YYYY-MM-DD", **noting)
        was = each.plan.note if each.plan else ""
        note = st.text_area(_("What will be done"), was, height=68, key=fields["note"], **noting)
        plan = GapPlan(id, effort, owner, due, note)
        if draft.send(
            form,
            draft.button(form, _("Keep the plan"), "plan"),
            lambda key: gap_plans.plan(session.records(), plan, session.person(), key=key, seen=seen),
            lambda: _both(gap_plans.current(session.records())[id], plan),
        ):
            st.session_state[KEPT] = id
            st.rerun()


def _both(theirs: GapPlan, own: GapPlan) -> draft.Both:
    return [
        (_("Effort"), said(effort_word(theirs.effort)), said(effort_word(own.effort))),
        (_("Owner"), theirs.owner, own.owner),
        (_("Due"), shown(theirs.due_on) if theirs.due_on else "", shown(own.due_on) if own.due_on else ""),
        (_("What will be done"), theirs.note, own.note),
    ]
