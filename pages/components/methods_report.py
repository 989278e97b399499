"""The report of methods as a file to hand over, in either language; made when it is asked for."""

from __future__ import annotations

import streamlit as st

from audit.errors import AuditError
from audit.text import LANGUAGES, Language
from audit.wording import say
from pages.components import session
from pages.components.progress import bar
from pages.components.states import in_words
from pages.components.tags import muted
from pages.components.words import NAMES, _
from pipelines.reports import methods
from pipelines.reports.told import chapters
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

MADE = "methods_report"


def methods_report(workspace: Workspace, run: Run) -> None:
    with st.container(border=True):
        st.markdown(f"**{_('What the methods found')}**")
        st.markdown(
            muted(
                _(
                    "Sentences, tables and how each was found, as one page that needs nothing but itself. Groups too "
                    "small to be shown are not in it."
                )
            )
        )
        made = st.session_state.get(MADE)
        known = made[1] if made and made[0] == (str(workspace.folder), run.id) else None
        label = _("Write it anew") if known else _("Write the report")
        if st.button(label, key="write_methods", disabled=not session.may("export")):
            known = _written(workspace, run)
        if known:
            _offer(run, known)


def _written(workspace: Workspace, run: Run) -> dict[Language, bytes] | None:
    found: dict[Language, bytes] = {}
    try:
        with bar(_("Writing the report…")) as progress:
            told = chapters(workspace, run, session.records(workspace))
            for at, language in enumerate(LANGUAGES):
                progress((at + 1) / (len(LANGUAGES) + 1), say("Writing the report…"))
                found[language] = methods.written(told, workspace, run, language).encode("utf-8")
    except AuditError as error:
        st.error(_("The report was not written: {reason}", reason=in_words(error)))
        return None
    st.session_state[MADE] = ((str(workspace.folder), run.id), found)
    return found


def _offer(run: Run, known: dict[Language, bytes]) -> None:
    with st.container(horizontal=True):
        for language, content in known.items():
            label = f"{_('Download')} ({NAMES[language]})"
            name = f"methods-{run.id}.{language}.html"
            st.download_button(label, content, name, "text/html", key=f"methods {language}", on_click="ignore")
