"""What a screen works on: the workspace, its records, the latest run, and who is sitting there."""

from __future__ import annotations

import getpass
from pathlib import Path

import streamlit as st

from audit.errors import SourceError
from audit.records import Records
from pages.components.entry import through_app
from pages.components.states import NothingYet
from pages.components.words import _, language, said
from pipelines import results
from pipelines.read_only import read_only
from pipelines.run_folder import Run
from pipelines.workspace import Workspace, chosen, open_workspace


def workspace() -> Workspace:
    """The workspace of this program. Raises NothingYet, saying how to make one."""
    through_app()
    folder = chosen(None)
    try:
        return open_workspace(folder)
    except SourceError as error:
        if (folder / "workspace.yaml").is_file():
            raise
        raise NothingYet(
            _("There is no workspace yet"),
            _("A workspace holds one organisation's data, documents and decisions."),
            _("Make the demo's in a terminal, then reload this page:"),
            command="python -m pipelines demo",
        ) from error


def records(of: Workspace | None = None) -> Records:
    """Opened once per workspace and shared by all who look at it."""
    at = of or workspace()
    return _opened(at.folder.resolve(), read_only(at) is None)


@st.cache_resource(show_spinner=False)
def _opened(folder: Path, writable: bool) -> Records:
    """Anew when the folder becomes writable or stops being so."""
    return open_workspace(folder).open_records()


def closed() -> str | None:
    """Why nothing can be written into the workspace, in the reader's words; None where it can."""
    reason = read_only(workspace())
    return said(reason) if reason else None


def run(of: Workspace | None = None) -> Run:
    """The latest run. Raises NothingYet where there is none, with the next step."""
    found = results.latest(of or workspace())
    if found is None:
        raise NothingYet(
            _("Nothing has been assessed yet"),
            _("Verdicts come from a run over the data that has been loaded."),
            _("Load data first, then start a run:"),
            command="python -m pipelines run",
            page="data",
            link=_("Load data"),
        )
    return found


def actor() -> str:
    """Who decides here. The program serves one user on this computer, so it is the user of its account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local user"


def link(page: str, label: str, told: str | None = None, **query: str) -> None:
    """
    A link to a page of this program by its file name, as in link("clause", _("Conclude"), clause="9.1.2"). `told` is
    shown to who points at it.
    """
    st.page_link(Path("pages") / f"{page}.py", label=label, help=told, query_params={**query, "lang": language()})
