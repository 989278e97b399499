"""Registers that people keep by hand: rows are typed into a table, looked at before they are saved, and gated."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.chosen import buttons, chosen
from pages.components.frame import page
from pages.components.loading.gate_results import gate_results
from pages.components.register.register_changes import DONE, to_save
from pages.components.register.register_editor import new_rows, standing_rows
from pages.components.register.register_session import Begun, begin, begun
from pages.components.register.register_words import answer, instead_of_deleting
from pages.components.table import code
from pages.components.tags import muted
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.registers.register import REGISTERS, version_of
from pipelines.registers.typed import Saved
from pipelines.workspace import Workspace


def main() -> None:
    workspace = session.workspace()
    name = chosen("register", list(REGISTERS), next(iter(REGISTERS)))
    under = begun(workspace, name)
    with page(answer(under.register), _("Registers"), [("overview", _("Overview"))]):
        titles = {each: said(definitions.source(each).title) for each in REGISTERS}
        buttons("register", _("Register"), list(REGISTERS), titles.__getitem__, labelled=False)
        _told()
        _about(under)
        _tables(workspace, under)


def _about(under: Begun) -> None:
    source = under.register.source
    st.markdown(plain(said(source.meaning)))
    told = _("What is saved here is a load like that of a file: with its author, the same contract and the same gate.")
    if source.personal("customer", "free text"):
        told += " " + _(
            "Customers are kept under pseudonyms; e-mail addresses and telephone numbers in free text are masked."
        )
    st.markdown(muted(told))


def _tables(workspace: Workspace, under: Begun) -> None:
    register = under.register
    st.header(_("New entries"), anchor=False)
    if not register.total:
        st.markdown(_("Type the first entry into the first row, or load a file that has entries already."))
        session.link("data", _("Load a file") + " →")
    st.markdown(
        muted(
            _(
                "Each row has a number already; leave it or write your own. Columns with * must be filled; "
                "point at the head of a column to read what it means."
            )
        )
    )
    st.markdown(
        muted(
            _(
                "Type and paste days as 2026-10-31 and times as 2026-10-31 14:05: the browser takes 03/04/2026 and "
                "03.04.2026 for the 4th of March, whatever was meant."
            )
        )
    )
    new = new_rows(register, under.proposed, under.new_key)
    place, standing = st.container(), list(register.rows)
    if register.rows:
        standing = standing_rows(register, under.loads, under.rows_key)
    edit = under.edit(new, standing)
    with place:
        search = _head_of_standing(under, bool(edit.rows)) if register.total else ""
    if not edit.rows and (search != under.search or version_of(workspace, under.name) != register.version):
        begin(workspace, under.name, search)
        st.rerun()
    to_save(workspace, under, edit)


def _head_of_standing(under: Begun, typing: bool) -> str:
    """While something is typed and not saved the rows on the screen stay; the search waits."""
    register = under.register
    st.header(_("Entries so far"), anchor=False)
    why = _("An entry cannot be deleted, because evidence must not vanish.")
    st.markdown(muted(f"{why} {instead_of_deleting(under.name)}"))
    search = st.text_input(
        _("Only those with this text"), under.search, key=f"search_{under.name}", disabled=typing, width=340,
        help=_("Save or give up what you typed before you search."),
    )  # fmt: skip
    shown, matching = len(register.rows), register.matching
    if not shown:
        st.markdown(muted(_("No entry has this text.")))
    elif shown < matching:
        words = _("{shown} of {matching} are shown, open ones first, then the newest.", shown=shown, matching=matching)
        st.markdown(muted(words))
    return search.strip()


def _told() -> None:
    if DONE not in st.session_state:
        return
    saved, counted = st.session_state.pop(DONE)
    load = saved.load
    if load.published:
        values = {"rows": counted, "file": code(load.file), "actor": plain(load.actor)}
        st.success(_("Saved: {rows}, by {actor}, as {file}.", **values))
        st.markdown(muted(_("The verdicts do not rest on it yet: run the assessment again.")))
    else:
        st.error(_("The gate stopped it, and nothing was saved. What you typed is still in the tables."))
        gate_results([one for one in load.gate if one.outcome != "passed"], definitions.source(load.source))
    _replaced(saved)
    session.link("data", _("See the load") + " →", view="loads", load=load.id)


def _replaced(saved: Saved) -> None:
    if saved.replaced:
        keys = ", ".join(dict.fromkeys(change.key for change in saved.replaced))
        st.warning(
            _(
                "In the same moment another program published {rows}; your save replaced it. "
                "The version before yours still has it.",
                rows=plain(keys),
            )
        )


main()
