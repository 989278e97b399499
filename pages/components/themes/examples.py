"""Comments of one theme, on demand, masked, with the words that they were counted by made visible."""

from __future__ import annotations

import streamlit as st

from audit.records import loads
from pages.components import session
from pages.components.states import guard
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.analyses.themes.examples import Example, Piece
from pipelines.analyses.themes.examples import examples as read
from pipelines.analyses.themes.found import Found, Themes

SHOWN = "theme_examples"


def examples(found: Themes, source: str, one: Found) -> None:
    if not session.may("see data"):
        st.markdown(small(_("Single comments are shown to people who may look into the data.")))
        return
    run = session.run()
    wanted = (run.id, source, one.theme)
    if st.session_state.get(SHOWN) != wanted:
        if not st.button(_("Show up to three examples"), key="show_examples"):
            return
        st.session_state[SHOWN] = wanted
        st.rerun()
    with guard():
        _table(said(found.theme(one.theme).name), read(session.workspace(), run, source, one, found.theme(one.theme)))


def _table(name: str, every: list[Example]) -> None:
    if not every:
        st.markdown(_("None of the examples is in the table any more."))
        return
    files = {load.id: load.file for load in loads.every(session.records())}
    rows = [[_highlighted(each), f"{plain(files.get(each.line.load, ''))}: {each.line.line}"] for each in every]
    table([_("Comment"), _("File and line")], rows, _("Examples of {theme}", theme=name))
    words = _(
        "Drawn by a hash, not chosen. Contacts, long numbers and the name of whoever wrote it are masked; other "
        "people’s names may stand there. The comments are read from the table now; the run keeps none."
    )
    st.markdown(small(plain(words)))


def _highlighted(each: Example) -> str:
    return "".join(map(_piece, each.pieces)).strip()


def _piece(piece: Piece) -> str:
    """`plain` takes blanks at the beginning away."""
    blank = " " if piece.text[:1].isspace() else ""
    text = blank + plain(piece.text)
    return f":orange-background[{text}]" if piece.word else text
