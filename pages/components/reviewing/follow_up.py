"""What becomes of a decision: its steps, its actions, and whether the figures show that they worked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.finding.finding import Action
from audit.records.reviewing.review_decisions import Decision
from pages.components import tags
from pages.components.finding.action_forms import action_forms, plan_form
from pages.components.finding.effect import effect
from pages.components.reviewing.decision_forms import follow_forms
from pages.components.words import _, plain, shown


def follow_up(decisions: Sequence[Decision], actions: Sequence[Action]) -> None:
    st.header(_("Follow a decision up"), anchor=False)
    known = {each.id: each for each in decisions}
    id = st.selectbox(
        _("Decision"), list(known), format_func=lambda id: f"{id} · {known[id].what}", key="decision followed"
    )
    follow_forms(known[id])
    if known[id].status == "open":
        with st.expander(_("Plan an action for it"), key=f"act {id}"):
            plan_form(known[id])
    for action in (each for each in actions if each.decision == id):
        st.subheader(f"{action.id} {plain(action.what)}", anchor=False)
        told = _("{owner}, due {day}", owner=action.owner, day=shown(action.due_on) if action.due_on else "–")
        st.markdown(tags.muted(plain(told)))
        action_forms(action)
        if action.kpi and action.status == "done":
            effect(action, f"effect {action.id}")
