"""Who saves what was typed: whoever signed in, or where nobody does, the name that is written here."""

from __future__ import annotations

import streamlit as st

from audit.access.person import Who
from pages.components import session
from pages.components.access import sign_in
from pages.components.words import _


def saved_by(form: str) -> Who:
    """`form` tells the fields of two pages apart."""
    if sign_in.configured():
        return session.person()
    known = f"{form}_author"
    name: str = st.text_input(
        _("Saved by"), st.session_state.get(known, session.person().name), key=f"{known}_field", width=340,
        help=_("The name is recorded with the load, like the name of whoever loads a file."),
    )  # fmt: skip
    st.session_state[known] = name
    return name
