"""Who may do what here, who is signed in now, and what each role allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.access.roles import GIVEN, PERMISSIONS, Role, may
from audit.errors import AuditError
from audit.records.access import people, sign_ins
from audit.records.access.people import Member
from audit.records.access.sign_ins import Standing
from pages.components import session
from pages.components.access import sign_in
from pages.components.access.person_form import end_form, give_form, tell, told
from pages.components.access.role_words import action_words, role_word
from pages.components.chosen import buttons, chosen
from pages.components.frame import page
from pages.components.table import code, table
from pages.components.tags import muted, small
from pages.components.words import _, language, plain, shown

VIEWS = ("people", "signed_in", "permissions")


def main() -> None:
    records = session.records()
    every = people.every(records)
    today = records.clock().date()
    counting = [each for each in every if each.counts(today)]
    view = chosen("view", VIEWS, "people")
    with page(_answer(counting), _("People and roles"), [("overview", _("Overview"))]):
        told()
        if not sign_in.configured():
            st.info(
                _(
                    "Nobody signs in on this computer, so these roles count only once a sign-in is set up: "
                    "the file docs/team.md says how."
                )
            )
        names = {"people": _("People"), "signed_in": _("Signed in now"), "permissions": _("What each role may do")}
        buttons("view", _("View"), VIEWS, names.__getitem__, labelled=False)
        {"people": lambda: _people(every, today), "signed_in": _signed_in, "permissions": _permissions}[view]()


def _answer(counting: Sequence[Member]) -> str:
    if not counting:
        return _("Nobody has a role yet")
    administrators = sum(each.role == Role.ADMINISTRATOR for each in counting)
    if administrators == 1:
        return _("{count} have a role; one of them is the administrator", count=len(counting))
    return _("{count} have a role; {some} of them are administrators", count=len(counting), some=administrators)


def _people(every: Sequence[Member], today: dt.date) -> None:
    if every:
        header = [_("Person"), _("Role"), _("Until"), _("Given by")]
        table(header, [_row(each, today) for each in every], _("People and roles"))
    give, change = st.columns(2, gap="large")
    with give:
        give_form(None)
    with change:
        if every:
            known = {each.id: each for each in every}
            named = {each.id: f"{each.name} · {each.id}" for each in every}
            id = st.selectbox(_("Change or end a role"), list(known), format_func=named.__getitem__, key="person")
            one = known[id]
            give_form(one)
            end_form(one)


def _row(each: Member, today: dt.date) -> list[str]:
    role = role_word(each.role) if each.role else muted(_("ended"))
    if each.role and not each.counts(today):
        role = muted(f"{role}, {_('ended')}")
    bound = f"  \n{small(code(each.audit, 40))}" if each.audit else ""
    by = f"{plain(each.actor)} {small(shown(each.at))}  \n{small(plain(each.reason))}"
    return [
        f"**{plain(each.name)}**  \n{small(code(each.id, 90))}",
        role + bound,
        shown(each.until) if each.until else "–",
        by,
    ]


def _signed_in() -> None:
    now = sign_ins.current(session.records(), session.limits())
    if not now:
        st.markdown(muted(_("Nobody is signed in.")))
    for each in now:
        _sign_in(each)


def _sign_in(each: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        since = _(
            "since {began}, last seen {active} (UTC)",
            began=f"{each.began_at:%Y-%m-%d %H:%M}",
            active=f"{each.active_at:%Y-%m-%d %H:%M}",
        )
        st.markdown(f"**{plain(each.name)}** {small(since)}  \n{small(code(each.identity, 90))}", width="stretch")
        st.button(
            _("End this sign-in"),
            key=f"end {each.id}",
            disabled=bool(session.closed("people")),
            on_click=_end,
            args=(each.id,),
        )


def _end(id: str) -> None:
    try:
        sign_ins.end_for(session.records(), id, session.person())
        tell(_("The sign-in has ended, in every window."))
    except AuditError as error:
        tell(problem=error.said(language()))


def _permissions() -> None:
    words = action_words()
    rows = [[words.get(action, action), *(_mark(may(role, action)) for role in GIVEN)] for action in PERMISSIONS]
    table([_("What may be done"), *(role_word(role) for role in GIVEN)], rows, _("What each role may do"))


def _mark(allowed: bool) -> str:
    return f"● {_('yes')}" if allowed else muted("–")


main()
