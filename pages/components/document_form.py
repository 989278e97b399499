"""The two forms of the register: a new document, and a new revision of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from audit.checklist import Checklist
from audit.errors import AuditError
from audit.evidence import Document
from audit.records import documents
from audit.records.documents import STATUSES, NewDocument, Revision
from pages.components import session
from pages.components.document_words import status_words
from pages.components.words import _, plain, said
from pipelines.receive import receive
from pipelines.turn import together

DONE = "document_done"
COUNT = "documents_kept"
"""Part of the fields' keys, so that a form is empty again once its document is kept."""


def register_form(checklist: Checklist) -> None:
    _tell()
    kinds = checklist.documents
    with st.form("register_document", clear_on_submit=False):
        kind = st.selectbox(_("Kind"), list(kinds), format_func=lambda kind: said(kinds[kind].title), key="kind")
        key = f"new {st.session_state.get(COUNT, 0)}"
        fields = _fields(None, key)
        file = st.file_uploader(_("File (any kind; it is stored, never opened)"), key=f"file {key}")
        if not st.form_submit_button(_("Register"), type="primary", disabled=session.closed() is not None):
            return
    _keep(
        lambda: documents.register(
            session.records(), NewDocument(kind=kind, **fields, **_stored(file)), session.actor()
        )
    )


def revise_form(checklist: Checklist, last: Revision) -> None:
    _tell()
    document = last.document
    with st.form(f"revise_{document.id}_{last.revision}"):
        st.markdown(f"**{_('New revision')}**")
        key = f"{document.id} {last.revision}"
        fields = _fields(last, key)
        file = st.file_uploader(_("New file; without one, the former file stays"), key=f"file {key}")
        reason = st.text_input(_("What was changed and why"), key=f"reason {key}")
        if not st.form_submit_button(
            _("Keep as a new revision"), type="primary", disabled=session.closed() is not None
        ):
            return
    _keep(
        lambda: documents.revise(
            session.records(), document.id, session.actor(), reason, seen=last.revision, **{**fields, **_stored(file)}
        )
    )


def _fields(former: Revision | None, key: str) -> dict[str, Any]:
    """What a person writes about a document, filled with the former revision where there is one."""
    was = former.document if former else None
    grid = st.grid(4, min_column_width=190)
    with grid.cell(column_span=2):
        title = st.text_input(_("Title"), was.title if was else "", key=f"title {key}")
    with grid.cell():
        at = STATUSES.index(was.status) if was else 0
        state = st.selectbox(_("Status"), STATUSES, at, format_func=status_words, key=f"status {key}")
    with grid.cell():
        owner = st.text_input(_("Owner"), was.owner if was else "", key=f"owner {key}")
    with grid.cell():
        approved = st.text_input(_("Approved by"), former.approved_by if former else "", key=f"approved {key}")
    with grid.cell():
        reviewed = _day(_("Reviewed on"), was.reviewed_on if was else None, f"reviewed {key}")
    with grid.cell():
        first = _day(_("Covers from"), was.covers_from if was else None, f"from {key}")
    with grid.cell():
        last = _day(_("Covers to"), was.covers_to if was else None, f"to {key}")
    return dict(
        title=title,
        status=state,
        owner=owner,
        approved_by=approved,
        reviewed_on=reviewed,
        covers_from=first,
        covers_to=last,
    )


def _day(words: str, former: dt.date | None, key: str) -> dt.date | None:
    return st.date_input(words, former, min_value=dt.date(1980, 1, 1), format="YYYY-MM-DD", key=key)


def _stored(file: UploadedFile | None) -> dict[str, Any]:
    """The file goes into the store under the hash of its content; its name is cleaned and only shown."""
    if file is None:
        return {}
    workspace = session.workspace()
    with together(workspace):
        received = receive(workspace.store, file.getvalue(), file.name)
    return {"sha256": received.sha256, "file": received.file, "size": file.size}


def _keep(change: Any) -> None:
    try:
        kept: Document = change()
    except AuditError as error:
        st.error(_("Nothing was kept: {reason}", reason=plain(str(error))))
        return
    st.session_state[DONE] = kept.id
    st.session_state[COUNT] = st.session_state.get(COUNT, 0) + 1
    st.rerun()


def _tell() -> None:
    if DONE in st.session_state:
        id = st.session_state.pop(DONE)
        st.success(
            _(
                "{document} is kept in the register. Run the assessment again to let the verdicts use it.",
                document=plain(id),
            )
        )
