"""The form in which an audit is planned, alone or from a previous one, and in which its plan is changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.auditing.audit_state import CHANGEABLE, State
from audit.auditing.plan_lines import written_plan, written_team
from audit.records.auditing import audits
from audit.records.auditing.audits import Audit, NewAudit
from pages.components import draft, session
from pages.components.auditing.audit_fields import Form, form_of, options, written
from pages.components.words import _
from pipelines.auditing import next_audit
from pipelines.runs import results

DONE = "audit_kept"


def plan_form(every: Sequence[Audit]) -> None:
    """A new audit; from a previous one it takes over criteria, scope, team and plan, and no conclusion."""
    previous = _previous(every)
    name = f"plan audit {previous.id}" if previous else "plan audit"
    form = form_of(name, _first(previous), CHANGEABLE[State.PLANNED])
    with draft.form(name):
        draft.restore(name, form.fields, None, options())
        new = written(form)
        pressed = draft.button(name, _("Plan the audit"), "open audit")
        if new:
            _create(name, pressed, new, previous.id if previous else "")


def revise_form(audit: Audit) -> None:
    name = f"revise audit {audit.id}"
    form = form_of(name, _as_new(audit), CHANGEABLE[audit.state])
    action = "open audit" if audit.state == State.PLANNED else "conduct audit"
    with draft.form(name):
        seen = draft.restore(name, form.fields, audit.revision, options())
        new = written(form)
        reason = st.text_input(
            _("What was changed and why"), key=form.fields["reason"], **draft.noting(name, form.fields)
        )
        _revise(form, audit, draft.button(name, _("Keep the changes"), action), new, reason, seen)


def _previous(every: Sequence[Audit]) -> Audit | None:
    known = {audit.id: audit for audit in every}
    if not known:
        return None
    chosen = st.selectbox(
        _("Opened from"),
        ["", *known],
        index=len(known),
        format_func=lambda id: f"{id} {known[id].title}" if id else _("No previous audit"),
        key="audit_previous",
    )
    return known.get(chosen)


def _first(previous: Audit | None) -> NewAudit:
    if previous:
        return next_audit.taken_over(previous, "")
    set_up = session.workspace().set_up
    return NewAudit("", set_up.edition, set_up.packs, lead=session.person().name)


def _as_new(audit: Audit) -> NewAudit:
    return NewAudit(**{name: getattr(audit, name) for name in CHANGEABLE[State.PLANNED]})


def _create(name: str, pressed: bool, new: NewAudit, previous: str) -> None:
    workspace, records = session.workspace(), session.records()

    def create(key: str) -> Audit:
        changed = next_audit.changed(workspace, records, new, previous, results.latest(workspace))
        return audits.create(records, new, session.person(), previous, changed, key)

    if draft.send(name, pressed, create):
        st.session_state[DONE] = _("The audit is planned. Begin it when the day has come.")
        st.rerun()


def _revise(form: Form, audit: Audit, pressed: bool, new: NewAudit | None, reason: str, seen: int | None) -> None:
    changes = {field: getattr(new, field) for field in form.changeable} if new else {}
    if draft.send(
        form.name,
        pressed and new is not None,
        lambda key: audits.revise(session.records(), audit.id, session.person(), reason, seen, key, **changes),
        lambda: _both(audit, new),
    ):
        st.session_state[DONE] = _("The changes are kept.")
        st.rerun()


def _both(audit: Audit, new: NewAudit | None) -> draft.Both:
    own = new or _as_new(audit)
    return [
        (_("Title"), audit.title, own.title),
        (_("Scope"), audit.scope, own.scope),
        (_("Team"), written_team(audit.auditors), written_team(own.auditors)),
        (_("Plan"), written_plan(audit.plan), written_plan(own.plan)),
    ]
