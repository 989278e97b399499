"""Deciding, and following a decision up: done, dropped, opened again, or another owner and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import streamlit as st

from audit.records.reviewing import review_decisions
from audit.records.reviewing.review_decisions import Decision, NewDecision
from audit.records.reviewing.reviews import Review
from audit.review import KINDS, input_word, kind_word, status_word
from pages.components import draft, session
from pages.components.reason_form import reason_form
from pages.components.words import _, said


@st.fragment
def decide_form(review: Review) -> None:
    form = f"decide {review.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("what", "input", "kind", "owner", "due")}
    noting, inputs = draft.noting(form, fields), [each.input for each in review.inputs]
    with draft.form(form):
        st.markdown(f"**{_('Record a decision')}**")
        draft.restore(form, fields, None, {"input": inputs, "kind": KINDS})
        what = st.text_input(_("What was decided"), key=fields["what"], **noting)
        with st.container(horizontal=True):
            input = st.selectbox(
                _("Because of"), inputs, 2, format_func=lambda input: said(input_word(input)), key=fields["input"],
                width=300, **noting,
            )  # fmt: skip
            kind = st.selectbox(
                _("Kind"), KINDS, format_func=lambda kind: said(kind_word(kind)), key=fields["kind"], width=260,
                **noting,
            )  # fmt: skip
            owner = st.text_input(_("Owner"), key=fields["owner"], width=200, **noting)
            due = st.date_input(_("Due"), None, key=fields["due"], format="YYYY-MM-DD", width=170, **noting)
        new = NewDecision(review.id, input, kind, what, owner, due)
        if draft.send(
            form,
            draft.button(form, _("Keep the decision"), "review"),
            lambda key: review_decisions.decide(session.records(), new, session.person(), key),
        ):
            st.rerun()


@st.fragment
def follow_forms(decision: Decision) -> None:
    """What can be done with the decision as it stands."""
    if decision.status != "open":
        _reasoned(decision, "again", _("What is left to do"), _("Open it again"), "act", review_decisions.reopen)
        return
    with st.expander(_("It is done"), key=f"done {decision.id}"):
        _done(decision)
    with st.expander(_("Another owner or day"), key=f"change {decision.id}"):
        _change(decision)
    with st.expander(_("Drop it"), key=f"drop {decision.id}"):
        _reasoned(decision, "drop", _("Why it is not carried out"), _("Drop it"), "review", review_decisions.drop)


def _done(decision: Decision) -> None:
    form = f"decision done {decision.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("on", "note")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, decision.revision)
        on: Any = st.date_input(_("Done on"), dt.date.today(), key=fields["on"], format="YYYY-MM-DD", **noting)
        note = st.text_input(_("Note"), key=fields["note"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Report it done"), "act"),
            lambda key: review_decisions.done(
                session.records(), decision.id, seen or decision.revision, session.person(), on, note, key
            ),
            lambda: [_status(decision), (_("Note"), "", note)],
        ):
            st.rerun()


def _change(decision: Decision) -> None:
    form = f"decision change {decision.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("owner", "due", "why")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, decision.revision)
        owner = st.text_input(_("Owner"), decision.owner, key=fields["owner"], **noting)
        due = st.date_input(_("Due"), decision.due_on, key=fields["due"], format="YYYY-MM-DD", **noting)
        why = st.text_input(_("Your reason"), key=fields["why"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the change"), "review"),
            lambda key: review_decisions.redecide(
                session.records(), decision.id, seen or decision.revision, session.person(), why, key,
                owner=owner, due_on=due,
            ),
            lambda: [(_("Owner"), _theirs(decision).owner, owner)],
        ):  # fmt: skip
            st.rerun()


def _reasoned(decision: Decision, name: str, asked: str, button: str, action: str, step: Callable[..., object]) -> None:
    reason_form(
        f"decision {name} {decision.id}", decision, asked, button, action, step,
        lambda why: [_status(decision), (asked, "", why)],
    )  # fmt: skip


def _status(decision: Decision) -> tuple[str, str, str]:
    return _("Status"), said(status_word(_theirs(decision).status)), ""


def _theirs(decision: Decision) -> Decision:
    """As it stands now; a fragment still holds what the page was drawn with."""
    return review_decisions.revisions(session.records(), decision.id)[0]
