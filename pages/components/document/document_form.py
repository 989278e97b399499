"""The two forms of the register: a new document, and a new revision of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from audit.checklist import Checklist
from audit.evidence import Document
from audit.records.document import documents
from audit.records.document.documents import NewDocument, Revision
from pages.components import draft, session
from pages.components.document.document_fields import Within, document_fields, keys, options
from pages.components.document.document_words import dates, kind_words, status_words
from pages.components.words import _, plain
from pipelines.loading.attach import attach

DONE = "document_done"


@st.fragment
def register_form(checklist: Checklist) -> None:
    form = "register document"
    fields = {"kind": draft.field(form, "kind"), **keys(form, "new")}
    kinds = list(checklist.documents)
    with draft.form(form):
        st.markdown(f"**{_('Register a document')}**")
        draft.restore(form, fields, None, {"kind": Within(kinds), **options(checklist, None)})
        noting = draft.noting(form, fields)
        kind = st.selectbox(
            _("Kind"), kinds, format_func=lambda kind: kind_words(checklist, kind), key=fields["kind"], **noting
        )
        told = document_fields(checklist, None, fields, noting)
        file = _file(_("File"), draft.field(form, "file new"))
        if draft.send(
            form,
            draft.button(form, _("Register"), "register"),
            lambda key: _done(documents.register(
                session.records(), NewDocument(kind=kind, **told, **_stored(file)), session.person(), key=key
            )),
        ):  # fmt: skip
            st.rerun()


@st.fragment
def revise_form(checklist: Checklist, last: Revision) -> None:
    document = last.document
    form = f"revise {document.id}"
    fields = {**keys(form, document.id), "reason": draft.field(form, f"reason {document.id}")}
    with draft.form(form):
        st.markdown(f"**{_('New revision')}**")
        seen = draft.restore(form, fields, last.revision, options(checklist, last))
        noting = draft.noting(form, fields)
        told = document_fields(checklist, last, fields, noting)
        file = _file(_("New file; without one, the former file stays"), draft.field(form, f"file {document.id}"))
        reason = st.text_input(_("What was changed and why"), key=fields["reason"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep as a new revision"), "revise"),
            lambda key: _done(documents.revise(
                session.records(), document.id, session.person(), reason, seen, key, **told, **_stored(file)
            )),
            lambda: _both(documents.revisions(session.records(), document.id)[0], told),
        ):  # fmt: skip
            st.rerun()


def _file(words: str, key: str) -> UploadedFile | None:
    return st.file_uploader(words, key=key, help=_("Its content says what it is; programs are refused."))


def _stored(file: UploadedFile | None) -> dict[str, Any]:
    """The file goes into the store under the hash of its content; its name is cleaned and only shown."""
    return asdict(attach(session.workspace(), file.getvalue(), file.name)) if file else {}


def _done(kept: Document) -> None:
    st.session_state[DONE] = kept.id


def _both(last: Revision, own: dict[str, Any]) -> draft.Both:
    was = last.document
    days = {name: own[name] for name in ("reviewed_on", "covers_from", "covers_to", "expires_on")}
    mine = Document(was.id, was.kind, own["title"], own["status"], **days)
    return [
        (_("Title"), was.title, own["title"]),
        (_("Status"), status_words(was.status), status_words(own["status"])),
        (_("Owner"), was.owner, own["owner"]),
        (_("Dates"), dates(was), dates(mine)),
        (_("Link, where it is kept elsewhere"), was.link, own["link"]),
        (_("Note"), last.note, own["note"]),
    ]


def tell(register: Sequence[Revision]) -> None:
    """What was just kept, and where the same content is kept already."""
    id = st.session_state.pop(DONE, None)
    if id is None:
        return
    words = _(
        "{document} is kept in the register. Run the assessment again to let the verdicts use it.", document=plain(id)
    )
    st.success(words)
    named = {each.document.id: each.document for each in register}
    same = [one.id for one in named.values() if one.id != id and one.sha256 and one.sha256 == named[id].sha256]
    if same:
        others = plain(", ".join(same))
        st.info(_("The same file is registered as {others} too; it is stored once.", others=others))
