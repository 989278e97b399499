"""Giving a person a role, changing it, and ending it after a question."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from audit.access.roles import GIVEN, Role
from audit.errors import AuditError
from audit.records.access import people
from audit.records.access.people import Member
from audit.records.auditing import audits
from pages.components import draft, session
from pages.components.access.role_words import role_word
from pages.components.words import _, language, plain, shown

DONE = "people_done"
PROBLEM = "people_problem"
FIELDS = ("id", "name", "role", "audit", "until", "reason")


def tell(done: str = "", problem: str = "") -> None:
    """For the page's next drawing; a callback cannot draw."""
    st.session_state[DONE], st.session_state[PROBLEM] = done, problem


def told() -> None:
    if done := st.session_state.pop(DONE, ""):
        st.success(done)
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error(plain(problem))


def give_form(one: Member | None) -> None:
    """For somebody new, or to change what `one` has."""
    name = f"change role {one.id}" if one else "give role"
    fields = {field: f"{name} {field} {draft.turn(name)}" for field in FIELDS if not (one and field == "id")}
    with draft.form(name):
        st.markdown(_("**Change the role**") if one else _("**Give somebody a role**"))
        seen = draft.restore(name, fields, one.revision if one else None, {"role": GIVEN})
        noting = draft.noting(name, fields)
        id = one.id if one else st.text_input(_("E-mail address, or issuer|subject"), key=fields["id"], **noting)
        called = st.text_input(_("Name"), one.name if one else "", key=fields["name"], **noting)
        now = GIVEN.index(one.role) if one and one.role else 0
        role = st.selectbox(_("Role"), GIVEN, now, format_func=role_word, key=fields["role"], **noting)
        audit = _audit(one, fields["audit"], noting) if role == Role.GUEST_AUDITOR else ""
        label = _("Last day") if role == Role.GUEST_AUDITOR else _("Last day, or empty for no end")
        until = st.date_input(label, one.until if one else None, key=fields["until"], format="YYYY-MM-DD", **noting)
        reason = st.text_input(_("Reason"), key=fields["reason"], **noting)
        label = _("Change the role") if one else _("Give the role")
        if draft.send(
            name,
            draft.button(name, label, "people"),
            lambda key: _give(id, called, role, reason, audit, until, seen, key),
            lambda: [(_("Role"), _as_it_stands(one), role_word(role))],
        ):
            st.rerun()


def end_form(one: Member) -> None:
    if one.role is None:
        return
    with st.popover(_("End the role …"), disabled=bool(session.closed("people"))):
        st.markdown(
            _(
                "{name} may do nothing here any more, from now on and in every open window. What {name} decided stays. "
                "End the role?",
                name=plain(one.name),
            )
        )
        reason = st.text_input(_("Reason"), key=f"end reason {one.id} {one.revision}")
        st.button(_("Yes, end it"), key=f"end role {one.id}", on_click=_end, args=(one, reason))


def _audit(one: Member | None, key: str, noting: dict[str, Any]) -> str:
    known = {each.id: each.title for each in audits.every(session.records())}
    if not known:
        st.markdown(_("There is no audit yet that a guest could see; plan one first."))
        return ""
    at = list(known).index(one.audit) if one and one.audit in known else 0
    named = {id: f"{id} · {title}" for id, title in known.items()}
    return str(st.selectbox(_("Audit"), list(known), at, format_func=named.__getitem__, key=key, **noting))


def _give(
    id: str, name: str, role: Role, reason: str, audit: str, until: dt.date | None, seen: int | None, key: str
) -> None:
    given = people.give(session.records(), id, name, role, session.person(), reason, audit, until, seen, key)
    tell(_("{name} is {role} from now on.", name=plain(given.name), role=role_word(role)))


def _end(one: Member, reason: str) -> None:
    try:
        people.end(session.records(), one.id, session.person(), reason, one.revision)
        tell(_("The role of {name} has ended.", name=plain(one.name)))
    except AuditError as error:
        tell(problem=error.said(language()))


def _as_it_stands(one: Member | None) -> str:
    if one is None or one.role is None:
        return _("ended")
    return f"{role_word(one.role)} {shown(one.until) if one.until else ''}".strip()
