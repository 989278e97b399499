"""Which part of the trail is wanted: who, which action, on what, when, and a text."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from audit.records import Records
from audit.records.trail import excerpt
from audit.records.trail.excerpt import Wanted
from pages.components.access.role_words import action_words
from pages.components.chosen import choice, chosen
from pages.components.trail.entry_words import object_word
from pages.components.words import _

ANY = ""
NAMES = ("actor", "action", "object")
FIRST_DAY = dt.date(2000, 1, 1)


def wanted(records: Records) -> Wanted:
    known = excerpt.names(records)
    for name in NAMES:
        chosen(name, [ANY, *known[name]], ANY)
    grid = st.grid(3, min_column_width=190)
    labels = {"actor": _("Who"), "action": _("What was done"), "object": _("On what")}
    for name in NAMES:
        with grid.cell():
            choice(name, labels[name], [ANY, *known[name]], lambda each, name=name: _spelled(name, each))  # type: ignore[misc]
    with grid.cell():
        first = st.date_input(_("From (UTC)"), None, min_value=FIRST_DAY, format="YYYY-MM-DD", key="trail_first")
    with grid.cell():
        last = st.date_input(_("To (UTC)"), None, min_value=FIRST_DAY, format="YYYY-MM-DD", key="trail_last")
    with grid.cell():
        text = st.text_input(_("Text in reason or content"), key="trail_text")
    actor, action, kind = (st.session_state.get(name, ANY) for name in NAMES)
    return Wanted(actor, action, kind, first, last, text)


def _spelled(name: str, value: str) -> str:
    if value == ANY:
        return _("all")
    if name == "action":
        return action_words().get(value, value)
    return object_word(value) if name == "object" else value
