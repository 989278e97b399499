"""The audit programme and the audits: what is planned, what is open, how far it is, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.auditing.audit_state import State
from audit.records.auditing import audits, programmes
from audit.records.auditing.audits import Audit
from pages.components import session, tags
from pages.components.auditing import audit_words, detail
from pages.components.auditing.audit_form import DONE, plan_form, revise_form
from pages.components.auditing.programme_form import programme_form
from pages.components.auditing.steps import done_of, steps
from pages.components.chosen import buttons, chosen
from pages.components.frame import page
from pages.components.table import table
from pages.components.words import _, plain

VIEWS = ("audit", "new", "programme")


def main() -> None:
    records = session.records()
    every = audits.every(records)
    view = chosen("view", VIEWS, "audit" if every else "new")
    with page(_answer(every), _("Audits"), [("overview", _("Overview"))]):
        if told := st.session_state.pop(DONE, ""):
            st.success(told)
        _table(every)
        names = {"audit": _("Look at one"), "new": _("Plan an audit"), "programme": _("Audit programme")}
        buttons("view", _("More"), VIEWS, names.__getitem__, labelled=False)
        if view == "programme":
            programme_form(programmes.every(records))
        elif view == "new":
            plan_form(every)
        else:
            _one(every)


def _answer(every: Sequence[Audit]) -> str:
    """The title: which audit is open and how far it is, else what comes next."""
    for audit in every:
        if audit.state == State.IN_PROGRESS:
            done, count = done_of(audit), len(audit.asked)
            return _("{audit} is in progress: {done} of {count} requirements are concluded", audit=audit.title,
                     done=done, count=count)  # fmt: skip
        if audit.state == State.REPORTING:
            return _("{audit} is being reported", audit=audit.title)
    planned = [audit for audit in every if audit.state == State.PLANNED]
    if planned:
        return _("No audit is open; {audit} is planned", audit=planned[0].title)
    if every:
        return _("No audit is open or planned; {audit} was the last one", audit=every[-1].title)
    return _("No audit is planned yet")


def _table(every: Sequence[Audit]) -> None:
    if not every:
        st.markdown(
            _(
                "An audit holds what was concluded, on which criteria and by whom; once closed, it stays as it is. "
                "Plan the first one below; then begin it, and its conclusions are drawn on the clause pages."
            )
        )
        return
    header = [_("Audit"), _("State"), _("Period"), _("Criteria"), _("Lead auditor"), _("Concluded"), _("Notes")]
    table(header, [_row(audit) for audit in reversed(every)], _("Audits"))


def _row(audit: Audit) -> list[str]:
    concluded = f"{done_of(audit)} / {len(audit.asked)}" if audit.asked else "–"
    doubts = tags.tag("◷", str(len(audit.doubts))) if audit.doubts else "–"
    name = f"**{plain(audit.title)}**  \n{tags.small(plain(audit.id))}"
    period, criteria = audit_words.period(audit), audit_words.criteria(audit)
    return [name, audit_words.state(audit.state), period, criteria, plain(audit.lead) or "–", concluded, doubts]


def _one(every: Sequence[Audit]) -> None:
    if not every:
        st.markdown(_("An audit can be looked at and moved on here. None is planned yet: choose “Plan an audit”."))
        return
    known = {audit.id: audit for audit in every}
    now = next((audit.id for audit in every if audit.opened), every[-1].id)
    asked = st.query_params.get("audit", now)
    at = list(known).index(asked if asked in known else now)
    id = st.selectbox(_("Audit"), list(known), at, format_func=lambda id: f"{id} {known[id].title}", key="audit_chosen")
    _shown(known[id])


def _shown(audit: Audit) -> None:
    st.header(audit_words.named(audit), anchor=False)
    st.markdown(audit_words.way(audit.state))
    with st.container(border=True):
        steps(audit)
        session.link("audit_view", _("As a guest auditor sees it") + " →", audit=audit.id)
    detail.facts(audit)
    detail.plan(audit)
    detail.team(audit)
    detail.changed(audit)
    if audit.state in (State.PLANNED, State.IN_PROGRESS):
        with st.expander(_("Change the team, the plan and what is written")):
            revise_form(audit)
    detail.revisions(audit)


main()
