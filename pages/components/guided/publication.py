"""Publishes the file as it was tried, and keeps the mapping for the next file like it."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from audit.errors import AuditError
from audit.records import loads
from pages.components import session
from pages.components.guided.draft import Draft
from pages.components.progress import bar
from pages.components.words import _
from pipelines import definitions
from pipelines.load import load
from pipelines.loading import written_mapping
from pipelines.upkeep.turn import together
from pipelines.workspace import Workspace


def publish(draft: Draft) -> None:
    """The existing way in: the same file through the same mapping is one load."""
    workspace = session.workspace()
    records = session.records(workspace)
    before = {known.id for known in loads.every(records) if known.published}
    assert draft.source is not None
    try:
        with bar(_("Publishing")) as progress:
            mapping = draft.mapping()
            found = load(
                workspace,
                records,
                draft.content,
                draft.file,
                draft.source,
                mapping,
                session.person(),
                progress=progress,
                again=True,  # the dry run said so
            )
        draft.result, draft.again = found, found.id in before
        if found.published:
            draft.tried = None  # the table has changed, so another dry run may say otherwise
            _keep_mapping(draft, workspace)
    except AuditError as error:
        draft.result = error
    draft.go("done")
    st.rerun()


def _keep_mapping(draft: Draft, workspace: Workspace) -> None:
    """Under a name of its own, unless it is kept already or nobody needs it."""
    text = draft.text()
    if draft.needs_no_mapping() or (draft.base and draft.base[0] == text and draft.way != "file"):
        return
    try:
        with together(workspace):
            draft.saved_as = written_mapping.keep(workspace.folder, free_name(draft, workspace), text).stem
    except AuditError as error:
        draft.save_failed = error


def free_name(draft: Draft, workspace: Workspace) -> str:
    """That of the file, or with a number behind it where another mapping has it."""
    stem = written_mapping.fit_name(PurePath(draft.file).stem.split(".")[0]) or draft.contract.name
    saved, text = definitions.saved_mappings(workspace.folder), draft.text()
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in saved or written_mapping.says(saved[name], text))
