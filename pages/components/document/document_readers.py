"""Who has read a document, and the button of whoever has read it just now."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.records.document import readings
from audit.records.document.documents import Revision
from audit.records.document.readings import Reading
from pages.components import draft, session, tags
from pages.components.table import table
from pages.components.words import _, plain, shown

DONE = "reading_done"


def readers(last: Revision) -> None:
    st.header(_("Who has read it"), anchor=False)
    if st.session_state.pop(DONE, False):
        st.success(_("Your reading is kept."))
    id = last.document.id
    every = readings.of(session.records(), id)
    if every:
        table([_("Who"), _("Revision"), _("When"), ""], [_row(each) for each in every], _("Readings"))
    else:
        st.markdown(_("Nobody has acknowledged it yet."))
    _acknowledge(last, every)


def _row(each: Reading) -> list[str]:
    state = tags.tag("●", _("Current")) if each.current else tags.tag("◷", _("Of a former revision"))
    return [plain(each.reader), str(each.revision), shown(each.at), state]


def _acknowledge(last: Revision, every: Sequence[Reading]) -> None:
    id, by = last.document.id, session.person()
    if last.document.status == "obsolete":
        return
    if any(each.current and readings.by(by, each) for each in every):
        st.markdown(tags.muted(_("You have acknowledged this revision.")))
        return
    form = f"read {id} {last.revision}"
    pressed = draft.button(form, _("I have read revision {revision}", revision=last.revision), "acknowledge")
    if draft.send(form, pressed, lambda key: readings.acknowledge(session.records(), id, last.revision, by, key)):
        st.session_state[DONE] = True
        st.rerun()
