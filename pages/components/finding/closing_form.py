"""Closing a finding: what is still missing, asking once more, and opening it again with a reason."""

from __future__ import annotations

import streamlit as st

from audit.finding.finding import Finding, Followed
from audit.records.finding import findings, follow_up
from pages.components import draft, session, tags
from pages.components.words import _, plain, said


def closing(each: Followed) -> None:
    """The button is there only once nothing is missing; the records look again when it is pressed."""
    finding = each.finding
    if finding.closed:
        _reopen(finding)
        return
    wanted = follow_up.still_missing(session.records(), finding.id, session.person())
    with st.container(border=True):
        if wanted:
            st.markdown(f"**{_('Before it can close')}**")
            st.markdown("\n".join(f"- {plain(said(text))}" for text in wanted))
            return
        st.markdown(f"**{_('Nothing is missing: it can close')}**")
        with st.popover(_("Close the finding"), key=f"close {finding.id}"):
            _ask(each)


def _ask(each: Followed) -> None:
    """Once more, with what will be kept for good."""
    finding = each.finding
    st.markdown(f"**{_('Close {id} now?', id=finding.id)}** {plain(finding.statement)}")
    if finding.nonconformity and not _apart(each):
        st.warning(_("Its effectiveness was not reviewed independently; the finding will say so for good."))
    st.markdown(tags.muted(_("It can be opened again, with a reason; both stay in the history.")))
    form = f"close {finding.id}"
    seen = draft.restore(form, {}, finding.revision)
    if draft.send(
        form,
        draft.button(form, _("Yes, close it"), "close finding"),
        lambda key: follow_up.close(session.records(), finding.id, seen or finding.revision, session.person(), "", key),
        lambda: [(_("Statement"), _theirs(finding).statement, finding.statement)],
    ):
        st.rerun()


def _theirs(finding: Finding) -> Finding:
    """As it stands now; a fragment still holds what the page was drawn with."""
    return findings.find(session.records(), finding.id)


def _apart(each: Followed) -> bool:
    return all(review.independent for review in each.reviews.values())


@st.fragment
def _reopen(finding: Finding) -> None:
    form = f"reopen {finding.id}"
    fields = {"why": draft.field(form, f"{form} why")}
    with st.expander(_("Open it again"), key=f"reopening {finding.id}"), draft.form(form, border=False):
        seen = draft.restore(form, fields, finding.revision)
        why = st.text_input(_("What was seen since it was closed"), key=fields["why"], **draft.noting(form, fields))
        if draft.send(
            form,
            draft.button(form, _("Open it again"), "reopen finding"),
            lambda key: follow_up.reopen(
                session.records(), finding.id, seen or finding.revision, session.person(), why, key
            ),
            lambda: [
                (_("Statement"), _theirs(finding).statement, ""), (_("What was seen since it was closed"), "", why)
            ],
        ):  # fmt: skip
            st.rerun()
