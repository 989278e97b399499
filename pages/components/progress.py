"""Long work on a page: a bar that says what is being done, and the button that starts a new run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from audit.errors import AuditError
from audit.text import Text
from pages.components import session
from pages.components.states import in_words
from pages.components.words import _, plain, said
from pipelines.run import run
from pipelines.runs import results

DONE = "run_done"


@contextmanager
def bar(words: str) -> Iterator[Callable[[float, Text], None]]:
    """A bar for as long as the work takes; it disappears at the end, however that comes."""
    place = st.empty()
    place.progress(0.0, text=words)

    def move(share: float, doing: Text) -> None:
        place.progress(min(max(share, 0.0), 1.0), text=said(doing))

    try:
        yield move
    finally:
        place.empty()


def run_again(words: str, urgent: bool = False, offered: bool = True) -> None:
    """A line of Markdown with the button that measures and assesses anew; the former run stays as it is."""
    first = results.latest(session.workspace()) is None
    label = _("Run the assessment") if first else _("Run the assessment again")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words, width="content")
        st.space("stretch")
        kind: Literal["primary", "secondary"] = "primary" if urgent else "secondary"
        closed = session.closed("run") is not None
        pressed = offered and st.button(label, key="run_again", type=kind, disabled=closed)
    if pressed:
        _run()
    told()


def told() -> None:
    """What came of the run that was just made, on a page that has no more reason to offer one."""
    if DONE in st.session_state:
        _told(*st.session_state.pop(DONE))


def _told(finished: str, same: bool) -> None:
    if same:
        st.info(_("Nothing has changed since run {run}, so it still stands.", run=plain(finished)))
    else:
        st.success(_("Run {run} is done; the pages now show it. The former run is kept.", run=plain(finished)))
    session.link("overview", _("See the verdicts") + " →")


def _run() -> None:
    workspace = session.workspace()
    former = results.latest(workspace)
    try:
        session.require("run")
        with bar(_("Starting the run")) as progress:
            finished = run(workspace, session.records(workspace), progress=progress)
    except AuditError as error:
        st.error(_("The run was not made: {reason}. Nothing was changed.", reason=in_words(error)))
        return
    st.session_state[DONE] = finished.id, former is not None and former.id == finished.id
    st.rerun()
