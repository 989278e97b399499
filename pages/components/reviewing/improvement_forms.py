"""You said, we did: keeping an entry, and noting that the customer was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st

from audit.finding.finding import Action
from audit.records.reviewing import improvements
from audit.records.reviewing.improvements import Improvement, NewImprovement
from audit.review import HEARD, heard_word
from audit.sentence import dimension_word
from pages.components import draft, session, tags
from pages.components.words import _, plain, said

WHOM = ("", "segment", "region", "channel", "product", "customer")
NAMES = ("said", "source", "reference", "did", "by", "group", "done", "action", "told", "how")


@st.fragment
def keep_form(actions: Sequence[Action]) -> None:
    form = "keep improvement"
    fields = {name: draft.field(form, f"{form} {name}") for name in NAMES}
    known = {each.id: each for each in actions}
    with draft.form(form):
        st.markdown(f"**{_('What customers said and what was done')}**")
        draft.restore(form, fields, None, {"source": HEARD, "by": WHOM, "action": ["", *known]})
        noting = draft.noting(form, fields)
        words = _said(fields, noting) | _done(fields, noting, known)
        st.markdown(
            tags.small(_("In your own words, naming nobody: complaints, comments and needs are named by their key."))
        )
        if draft.send(
            form,
            draft.button(form, _("Keep the entry"), "improve"),
            lambda key: improvements.keep(session.records(), NewImprovement(**words), session.person(), key),
        ):
            st.rerun()


def _said(fields: dict[str, str], noting: dict[str, Any]) -> dict[str, Any]:
    said_ = st.text_input(_("You said"), key=fields["said"], **noting)
    with st.container(horizontal=True):
        source = st.selectbox(
            _("Heard in"), HEARD, format_func=lambda heard: said(heard_word(heard)), key=fields["source"], width=200,
            **noting,
        )  # fmt: skip
        reference = st.text_input(
            _("Known by"), key=fields["reference"], width=260, placeholder=_("its key, as in C-1042"), **noting
        )
        by = st.selectbox(_("For whom"), WHOM, format_func=whom, key=fields["by"], width=200, **noting)
        group = st.text_input(_("Which one"), key=fields["group"], width=220, **noting) if by else ""
    return {"said": said_, "source": source, "reference": reference, "by": by, "group": group}


def _done(fields: dict[str, str], noting: dict[str, Any], known: dict[str, Action]) -> dict[str, Any]:
    did = st.text_input(_("We did"), key=fields["did"], **noting)
    with st.container(horizontal=True):
        done = st.date_input(_("Done on"), None, key=fields["done"], format="YYYY-MM-DD", width=170, **noting)
        action = st.selectbox(
            _("Action it belongs to"), ["", *known], key=fields["action"], width=300,
            format_func=lambda id: f"{id} {known[id].what}" if id else _("none"), **noting,
        )  # fmt: skip
        told = st.date_input(_("Customer told on"), None, key=fields["told"], format="YYYY-MM-DD", width=170, **noting)
        how = st.text_input(_("How they were told"), key=fields["how"], width=260, **noting)
    return {"did": did, "done_on": done, "action": action, "told_on": told, "told_how": how}


def whom(by: str) -> str:
    if not by:
        return _("everybody")
    return _("one customer (pseudonym)") if by == "customer" else said(dimension_word(by))


@st.fragment
def tell_form(waiting: Sequence[Improvement]) -> None:
    """For those of which no customer was told yet."""
    known = {each.id: each for each in waiting}
    id = st.selectbox(
        _("Not yet told"), list(known), format_func=lambda id: f"{id} · {known[id].did}", key="improvement told"
    )
    entry, form = known[id], f"tell {id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("done", "on", "how")}
    noting = draft.noting(form, fields)
    with draft.form(form):
        st.markdown(f"**{_('The customer was told')}** {tags.muted(plain(entry.did))}")
        seen = draft.restore(form, fields, entry.revision)
        with st.container(horizontal=True):
            done: Any = entry.done_on or st.date_input(
                _("Done on"), None, key=fields["done"], format="YYYY-MM-DD", width=170, **noting
            )
            on: Any = st.date_input(
                _("Customer told on"), dt.date.today(), key=fields["on"], format="YYYY-MM-DD", width=170, **noting
            )
            how = st.text_input(_("How they were told"), key=fields["how"], width=300, **noting)
        if draft.send(
            form,
            draft.button(form, _("They were told"), "improve"),
            lambda key: improvements.tell(
                session.records(), id, seen or entry.revision, session.person(), on, how, key, done
            ),
            lambda: [(_("How they were told"), _theirs(entry).told_how, how)],
        ):
            st.rerun()


def _theirs(entry: Improvement) -> Improvement:
    """As it stands now; a fragment still holds what the page was drawn with."""
    return next(each for each in improvements.every(session.records()) if each.id == entry.id)
