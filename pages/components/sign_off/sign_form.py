"""The act of signing: in which meaning, with which remark, and who has to sign in again first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.errors import SignInAgain
from audit.records import Records
from audit.records.signing.signatures import FRESH
from audit.signing import signed
from audit.signing.signed import MEANINGS
from pages.components import draft, session
from pages.components.access import sign_in
from pages.components.sign_off.sign_words import meaning_word, thing_word
from pages.components.words import _, plain
from pipelines.signing import signing

DONE = "signed"


def sign_form(records: Records, content: Mapping[str, Any]) -> None:
    """The button belongs to the hash: where something changed meanwhile, a press on the former one signs nothing."""
    st.header(_("Sign"), anchor=False)
    if closed := session.closed("sign"):
        st.markdown(plain(closed))
        return
    if not fresh(records):
        _sign_in_again()
        return
    what, id, digest = content["what"], content["id"], signed.sha256(content)
    _say_if_changed(f"shown {what} {id}", digest)
    form = f"sign {what} {id}"
    fields = {"remark": draft.field(form, f"remark {what} {id}")}
    with draft.form(form):
        draft.restore(form, fields, None)
        meaning = st.selectbox(_("You sign as"), MEANINGS[what], format_func=meaning_word, key=f"meaning {what}")
        remark = st.text_input(_("Remark, or empty"), key=fields["remark"], **draft.noting(form, fields))
        st.markdown(
            _(
                "{name} signs the {what} {id} as {meaning}: exactly what stands above, with the hash {hash}…",
                name=f"**{plain(session.person().name)}**",
                what=thing_word(what),
                id=plain(id),
                meaning=f"**{meaning_word(meaning)}**",
                hash=digest[:12],
            )
        )
        if draft.send(
            form,
            st.button(_("Sign"), type="primary", key=f"sign {digest} {meaning}"),
            lambda key: _sign(records, content, meaning, remark, key),
        ):
            st.session_state[DONE] = meaning
            st.rerun()


def _say_if_changed(shown: str, digest: str) -> None:
    if st.session_state.get(shown, digest) != digest:
        st.warning(_("This has changed since the page showed it to you; nothing was signed. Look at it again."))
    st.session_state[shown] = digest


def told() -> None:
    if meaning := st.session_state.pop(DONE, ""):
        st.success(
            _("Signed as {meaning}. It stands in the trail and cannot be taken back.", meaning=meaning_word(meaning))
        )


def authenticated_at() -> dt.datetime | None:
    claimed = sign_in.claimed() if sign_in.configured() else None
    return claimed.began_at if claimed else None


def fresh(records: Records) -> bool:
    """The records ask again when it is signed."""
    at = authenticated_at()
    return not records.signing_in or (at is not None and records.clock() - at <= FRESH)


def _sign(records: Records, content: Mapping[str, Any], meaning: str, remark: str, key: str) -> None:
    workspace, who = session.workspace(), session.person()
    try:
        signing.sign(workspace, records, content, meaning, who, remark, key, authenticated_at())
    except SignInAgain:
        _sign_in_again()
        raise


def _sign_in_again() -> None:
    minutes = int(FRESH.total_seconds() // 60)
    st.warning(_("To sign, your last sign-in must be at most {minutes} minutes old.", minutes=minutes))
    st.button(_("Sign in again"), key="sign_in_again", type="primary", on_click=session.sign_out)
