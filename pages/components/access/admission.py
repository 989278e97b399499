"""Who is let in, what everybody else reads, and the watch that ends a sign-in in every window that was left open."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import httpx
import streamlit as st

from audit.access.roles import Role
from audit.errors import AuditError
from audit.records.access import sign_ins
from audit.records.access.sign_ins import Ended
from pages.components import session
from pages.components.access import sign_in
from pages.components.access.sign_in import SignedOut
from pages.components.frame import notice
from pages.components.states import guard
from pages.components.table import code
from pages.components.tags import muted
from pages.components.words import _, language_switch, plain

log = logging.getLogger("clauselight.pages")
UNANSWERED = "provider_unanswered"
PATIENCE = 5
"""Seconds that the provider has to answer before a person is sent there."""
LOOK = 5.0
"""Seconds between two looks at whether a sign-in still counts."""


@dataclass(frozen=True)
class Visitor:
    """Who sits there: in a role, or without one and why."""

    role: Role | None
    known_as: str = ""
    """What an administrator writes to give this person a role."""
    ended: Ended | None = None
    error: Exception | None = None


def visitor() -> Visitor:
    """Never raises: where it cannot be known who somebody is, nobody is let in."""
    if not sign_in.configured():
        return Visitor(Role.LOCAL_USER)
    try:
        person = session.person()
        found = session.records().authority(person)
        return Visitor(found.role if found else None, person.email or person.identity)
    except SignedOut as out:
        return Visitor(None, ended=out.why)
    except Exception as error:
        return Visitor(None, error=error)


def explain(who: Visitor) -> None:
    """The one screen for whoever is not let in. It names the organisation, and nothing that the workspace holds."""
    with guard():
        if who.error:
            raise RuntimeError("nobody can be let in") from who.error  # its own words are for people who are
        with st.container(horizontal=True, horizontal_alignment="right"):
            language_switch()
        if who.known_as:
            _without_a_role(who.known_as)
        else:
            _signed_out(who.ended)
        notice()


def not_shown() -> None:
    """In the place of a page that is not for this person's role."""
    st.title(_("This page is not part of your role"), anchor=False)
    st.markdown(muted(_("Choose another page above, or ask an administrator for another role.")))
    st.button(_("Sign out"), on_click=session.sign_out)


def watch(who: Visitor) -> None:
    """Looks again and again whether the person is still let in. Looking is no sign that somebody is there."""
    if who.role and sign_in.configured():
        every = min(LOOK, session.limits().idle.total_seconds() / 3)
        st.fragment(_look, run_every=every)(who.role)


def _look(role: Role) -> None:
    try:
        claimed = sign_in.claimed()
        ended = sign_ins.standing(session.records(), claimed, session.limits()) if claimed else Ended.SIGNED_OUT
        found = session.records().authority(claimed.person) if claimed else None
    except AuditError:  # nothing can be done either while the records do not answer
        log.exception("whether a sign-in counts could not be read")
        return
    if ended or found is None or found.role != role:
        st.rerun()


def _signed_out(ended: Ended | None) -> None:
    st.title(_("Sign in to Clauselight"), anchor=False)
    st.markdown(f"**{plain(session.workspace().set_up.organisation)}**")
    if ended:
        st.info(_because(ended))
    if st.session_state.pop(UNANSWERED, False):
        st.error(_("The sign-in service does not answer. Nothing is wrong with your account; try again in a minute."))
    st.button(_("Sign in"), type="primary", on_click=_begin)
    st.markdown(muted(_("You sign in with your organisation's account; Clauselight never sees your password.")))


def _because(ended: Ended) -> str:
    return {
        Ended.IDLE: _("You were signed out because nothing was done here for a while."),
        Ended.AGE: _("You were signed out because you had been signed in for the longest time allowed."),
        Ended.SIGNED_OUT: _("You signed out, in this window or in another one."),
        Ended.BY_ADMINISTRATOR: _("An administrator ended your sign-in."),
    }[ended]


def _without_a_role(known_as: str) -> None:
    st.title(_("You are signed in, but have no role here"), anchor=False)
    organisation = plain(session.workspace().set_up.organisation)
    st.markdown(
        _(
            "Ask whoever administers Clauselight at {organisation} to give you a role, and tell them this:",
            organisation=organisation,
        )
    )
    st.markdown(code(known_as, 200))
    st.button(_("Sign out"), on_click=session.sign_out)


def _begin() -> None:
    """A provider that does not answer would leave people at a bare error page with no way back."""
    try:
        httpx.get(_metadata(), timeout=PATIENCE, follow_redirects=True).raise_for_status()
    except httpx.HTTPError:
        log.exception("the sign-in service does not answer")
        st.session_state[UNANSWERED] = True
        return
    st.login()


def _metadata() -> str:
    auth = st.secrets["auth"]
    return str(auth.get("default", auth)["server_metadata_url"])
