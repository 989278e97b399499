"""A registered document in words, and its file as a download that no browser opens by itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.errors import RecordError
from audit.evidence import Document
from audit.records.documents import Revision
from audit.records.store import Store
from audit.sentence import status_word
from pages.components import session
from pages.components.words import _, plain, said

COLOURS = {"draft": "gray", "in review": "orange", "approved": "green", "obsolete": "red"}


def status(value: str) -> str:
    return f":{COLOURS.get(value, 'gray')}-badge[{status_words(value)}]"


def status_words(value: str) -> str:
    word = said(status_word(value))
    return word[:1].upper() + word[1:]


def dates(document: Document) -> str:
    """When it was reviewed, and for which period it speaks."""
    told = [_("reviewed {date}", date=document.reviewed_on)] if document.reviewed_on else []
    if document.covers_from and document.covers_to:
        told.append(_("covers {first} to {last}", first=document.covers_from, last=document.covers_to))
    elif document.covers_to:
        told.append(_("covers up to {last}", last=document.covers_to))
    elif document.covers_from:
        told.append(_("covers from {first}", first=document.covers_from))
    return _("; ").join(told) or _("never reviewed")


def download(every: Sequence[Revision]) -> None:
    """One button for each different file among the revisions, newest first."""
    files = {each.document.sha256: each for each in reversed(every) if each.document.sha256}
    store = session.workspace().store
    with st.container(horizontal=True):
        for sha256, each in reversed(files.items()):
            _button(store, sha256, each)


def _button(store: Store, sha256: str, each: Revision) -> None:
    try:
        content = store.get(sha256)
    except RecordError as error:
        st.error(plain(str(error)))
        return
    name = each.document.file or f"{each.document.id}.bin"
    label = _("Download the file of revision {revision}", revision=each.revision)
    st.download_button(label, content, name, "application/octet-stream", key=f"file {sha256}", on_click="ignore")
