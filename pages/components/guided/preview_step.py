"""The second step: is the file read rightly, and what does it hold?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.errors import AuditError
from pages.components import session, tags
from pages.components.guided import ways
from pages.components.guided.draft import Draft, seeded
from pages.components.guided.first_rows import first_rows
from pages.components.guided.stepper import onward
from pages.components.guided.way_choice import way_choice
from pages.components.guided.writing import writing
from pages.components.progress import bar
from pages.components.states import in_words
from pages.components.words import _, plain, said
from pipelines import definitions


def preview_step(draft: Draft, offered: Sequence[str]) -> None:
    """`offered` are the names of the datasets, the likeliest first."""
    st.header(_("Is the file read rightly?"), anchor=False)
    with bar(_("Reading the file")) as progress:
        ways.look(draft, progress)
    if draft.preview:
        ways.recognise(draft, session.workspace().folder)
    writing(draft)
    if draft.seen and isinstance(draft.seen[1], AuditError):
        st.error(_("It cannot be read so: {reason}", reason=in_words(draft.seen[1])))
        onward(draft, None, "columns", _("Match the columns"), _("how the file is written"))
        return
    first_rows(draft)
    st.header(_("What does it hold?"), anchor=False)
    _dataset(draft, offered)
    waiting = way_choice(draft) if draft.source else _("what the file holds")
    if draft.source and ways.complete(draft):
        onward(draft, None, "trial", _("This is right: try it without publishing"), waiting)
    else:
        onward(draft, None, "columns", _("This is right: match the columns"), waiting)


def _dataset(draft: Draft, offered: Sequence[str]) -> None:
    sources = definitions.sources()
    st.selectbox(
        _("Dataset"), offered, index=None, format_func=lambda name: said(sources[name].title),
        key=seeded("guided_source", draft.source), placeholder=_("Choose what the rows of this file are"),
        on_change=_choose_source, args=(draft,),
    )  # fmt: skip
    if draft.source:
        st.markdown(tags.muted(plain(said(draft.contract.meaning))))
    else:
        st.markdown(tags.muted(_("The names of the columns do not say it; no proposal is made.")))


def _choose_source(draft: Draft) -> None:
    draft.source = st.session_state["guided_source"]
    folder = session.workspace().folder
    best = next((one for one in ways.fitting(draft) if one.complete), None)
    ways.choose(draft, ways.code(best) if best else "match", folder)
