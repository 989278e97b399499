"""A form for a step that needs a reason and nothing else, as dropping a decision or opening an action again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from audit.finding.finding import Action
from audit.records.reviewing.review_decisions import Decision
from pages.components import draft, session


def reason_form(
    form: str, of: Action | Decision, asked: str, button: str, action: str, step: Callable[..., object],
    both: Callable[[str], draft.Both],
) -> None:  # fmt: skip
    """`action` is what the person must be allowed to do, `both` gives the texts after a Stale, from the reason."""
    fields = {"why": draft.field(form, f"{form} why")}
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, of.revision)
        why = st.text_input(asked, key=fields["why"], **draft.noting(form, fields))
        if draft.send(
            form,
            draft.button(form, button, action),
            lambda key: step(session.records(), of.id, seen or of.revision, session.person(), reason=why, key=key),
            lambda: both(why),
        ):
            st.rerun()
