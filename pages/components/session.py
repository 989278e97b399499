"""What a screen works on: the workspace, its records, the latest run, and who is sitting there."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from audit.access import roles
from audit.access.person import Person
from audit.errors import AuditError, SourceError
from audit.evidence import Evidence
from audit.records import Records
from audit.records.access import sign_ins
from audit.records.access.sign_ins import Ended, Limits
from audit.records.same_file import identity
from audit.small_cells import hidden_from
from pages.components.access import sign_in, small_cells
from pages.components.access.sign_in import SignedOut
from pages.components.entry import through_app
from pages.components.states import NothingYet
from pages.components.words import _, language, said
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.runs.small_cells import without_small
from pipelines.upkeep.read_only import read_only
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
    folder, file, signing_in = at.folder.resolve(), at.records_file, sign_in.configured()
    state = f"{read_only(at) is None} {signing_in} {identity(file) if file else None} {folder}"
    return _opened(state, folder, signing_in)


@st.cache_resource(show_spinner=False)
def _opened(state: str, _folder: Path, _signing_in: bool) -> Records:
    """
    Anew when the folder becomes writable or stops being so, and when the file of the records is another one. The state
    says all that, in one text, because a page asks for its records dozens of times and texts are compared quickest.
    """
    return open_workspace(_folder).open_records(signing_in=_signing_in)


def require(action: str) -> None:
    """Before what leaves no record of its own: raises Denied where this person may not do it now."""
    records().require(person(), action)


def least_shown(of: Workspace | None = None) -> int:
    """Records below which a group's figures are hidden from this person; 1 for those who see all."""
    found = records(of).authority(person())
    return (of or workspace()).set_up.small_cells if hidden_from(found.role if found else None) else 1


def shown(found: Run, of: Workspace | None = None) -> Run:
    """A run as this person may see it."""
    least = least_shown(of)
    return found if least == 1 else small_cells.run_without_small(of or workspace(), found, least)


def shown_evidence(of: Run, every: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that was worked out of a run anew, as this person may see it."""
    least = least_shown()
    return list(every) if least == 1 else small_cells.evidence_without_small(workspace(), of, every, least)


def latest(of: Workspace | None = None) -> Run | None:
    """The run that was made last, as this person may see it; None before the first."""
    found = results.latest(of or workspace())
    return shown(found, of) if found else None


def measurements(found: Run, kpi: str, grain: str, by: str | None = None) -> pd.DataFrame:
    """Every page reads figures of groups here, so that what is hidden from a person is hidden everywhere."""
    every = results.measurements(workspace(), found.id, kpi=kpi, grain=grain)
    least = least_shown()
    kept = every if least == 1 else without_small(every, least)
    return kept if by is None else kept[kept["by"] == by].reset_index(drop=True)


def measured_grains(found: Run, kpi: str) -> list[str]:
    return list(results.measurements(workspace(), found.id, kpi=kpi, by="")["grain"].unique())


def run(of: Workspace | None = None) -> Run:
    """The latest run. Raises NothingYet where there is none, with the next step."""
    found = latest(of)
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


def person() -> Person:
    """
    Who decides here: whoever signed in; where nobody does, the program serves one user on this computer, so it is the
    user of its account. Raises SignedOut where the sign-in does not count any more: asked at each change, and before
    each page, so that nothing is done in a window that was left open.
    """
    if not sign_in.configured():
        return Person(_account())
    claimed = sign_in.claimed()
    ended = sign_ins.seen(records(), claimed, limits()) if claimed else None
    if claimed is None or ended:
        raise SignedOut(ended)
    return claimed.person


def sign_out() -> None:
    """This sign-in is over in every window, and so is every copy of its cookie."""
    if claimed := sign_in.claimed():
        try:
            sign_ins.end(records(), claimed.id, Ended.SIGNED_OUT)
        except AuditError:  # the cookie goes all the same
            sign_in.log.exception("a sign-out could not be noted")
    st.logout()


def limits() -> Limits:
    """How long a sign-in counts in this workspace."""
    set_up = workspace().set_up
    idle, age = set_up.session_idle_minutes, set_up.session_age_hours
    return Limits(dt.timedelta(minutes=idle), dt.timedelta(hours=age))


def may(action: str) -> bool:
    """Whether the person's role allows it at this moment; the records ask again when it is done."""
    found = records().authority(person())
    return roles.may(found.role if found else None, action)


def closed(action: str = "") -> str | None:
    """Why nothing can be written here, or not by this person, in the reader's words; None where it can."""
    of = workspace()
    if reason := read_only(of) or records(of).read_only:
        return said(reason)
    return _("Your role does not allow this.") if action and not may(action) else None


def _account() -> str:
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
