"""Corrective actions: planning one, and reporting it done, changing, cancelling or opening it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from audit.finding.finding import Action, Finding, Reference
from audit.records.finding import actions
from audit.records.finding.actions import NewAction
from audit.records.reviewing.review_decisions import Decision
from pages.components import draft, session
from pages.components.finding import finding_words as words
from pages.components.reason_form import reason_form
from pages.components.words import _, said
from pipelines import definitions

KINDS = ("document", "row", "complaint", "other")
NAMES = ("what", "owner", "due", "kpi", "by", "group", "expected")


@st.fragment
def plan_form(finding: Finding | Decision) -> None:
    """For a finding, or for a decision of a management review."""
    belongs_to = ("", finding.id) if isinstance(finding, Decision) else (finding.id, "")
    form = f"plan action {finding.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in NAMES}
    noting = draft.noting(form, fields)
    kpis = definitions.kpis()
    with draft.form(form):
        st.markdown(f"**{_('Plan a corrective action')}**")
        draft.restore(form, fields, None, {"kpi": ["", *kpis]})
        what = st.text_area(_("What will be done about the cause"), key=fields["what"], height=68, **noting)
        owner = st.text_input(_("Owner"), finding.owner, key=fields["owner"], **noting)
        due = st.date_input(_("Due"), value=None, key=fields["due"], format="YYYY-MM-DD", **noting)
        kpi = st.selectbox(
            _("KPI that it should move"), ["", *kpis], key=fields["kpi"],
            format_func=lambda name: said(kpis[name].title) if name else _("none"), **noting,
        )  # fmt: skip
        by = group = ""
        expected = None
        if kpi:
            by = st.selectbox(
                _("In which part"), ["", *kpis[kpi].by], key=fields["by"],
                format_func=lambda name: name or _("the whole"), **noting,
            )  # fmt: skip
            group = st.text_input(_("Which one"), key=fields["group"], **noting) if by else ""
            expected = st.date_input(
                _("Effect expected on"), value=None, key=fields["expected"], format="YYYY-MM-DD", **noting
            )
        if draft.send(
            form,
            draft.button(form, _("Keep the action"), "act"),
            lambda key: actions.plan(
                session.records(),
                NewAction(what, owner, due, *belongs_to, kpi, by or "", group or "", expected),
                session.person(),
                key,
            ),
        ):
            st.rerun()


@st.fragment
def action_forms(action: Action) -> None:
    """What can be done with the action as it stands."""
    if action.status == "open":
        with st.expander(_("Report it done"), key=f"done {action.id}"):
            _done(action)
        with st.expander(_("Change or cancel it"), key=f"change {action.id}"):
            _change(action)
    else:
        with st.expander(_("Open it again"), key=f"again {action.id}"):
            _reasoned(action, "again", _("What is left to do"), _("Open it again"), actions.reopen)


def _done(action: Action) -> None:
    form = f"done {action.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("on", "kind", "key", "word", "note")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, action.revision, {"kind": KINDS})
        on = st.date_input(
            _("Done on"), value=dt.date.today(), max_value=dt.date.today(), key=fields["on"], format="YYYY-MM-DD",
            **noting,
        )  # fmt: skip
        kind = st.selectbox(_("What shows it"), KINDS, format_func=words.kind, key=fields["kind"], **noting)
        known = st.text_input(_("Known by"), key=fields["key"], placeholder=_("its key, as in DOC-004"), **noting)
        word = st.text_input(_("What it shows, in a word"), key=fields["word"], **noting)
        note = st.text_input(_("Note"), key=fields["note"], **noting)
        if draft.send(
            form,
            draft.button(form, _("It is done"), "act"),
            lambda key: actions.done(
                session.records(), action.id, seen or action.revision, session.person(), on,
                [Reference(kind, known, word)] if known.strip() else [], note, key,
            ),
            lambda: [(_("Status"), words.status_words(_theirs(action))[1], ""), (_("Note"), "", note)],
        ):  # fmt: skip
            st.rerun()


def _change(action: Action) -> None:
    form = f"change {action.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("owner", "due", "why")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, action.revision)
        owner = st.text_input(_("Owner"), action.owner, key=fields["owner"], **noting)
        due = st.date_input(_("Due"), value=action.due_on, key=fields["due"], format="YYYY-MM-DD", **noting)
        why = st.text_input(_("Your reason"), key=fields["why"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the change"), "act"),
            lambda key: actions.revise(
                session.records(), action.id, seen or action.revision, session.person(), why, key, owner=owner,
                due_on=due,
            ),
            lambda: [(_("Owner"), _theirs(action).owner, owner)],
        ):  # fmt: skip
            st.rerun()
    _reasoned(action, "cancel", _("Why it is not needed any more"), _("Cancel the action"), actions.cancel)


def _reasoned(action: Action, name: str, asked: str, button: str, step: Callable[..., object]) -> None:
    reason_form(
        f"{name} {action.id}", action, asked, button, "act", step,
        lambda why: [(asked, _theirs(action).reason, why)],
    )  # fmt: skip


def _theirs(action: Action) -> Action:
    """As it stands now; a fragment still holds what the page was drawn with."""
    return actions.find(session.records(), action.id)
