"""The files of a document as downloads that no browser opens by itself, and its address as a link."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.errors import RecordError
from audit.records.document.documents import Revision
from audit.records.store import Store
from pages.components import session
from pages.components.states import in_words
from pages.components.words import _, plain
from pipelines.receive import cleaned


def download(every: Sequence[Revision]) -> None:
    """One button for each different file among the revisions, newest first."""
    files = {each.document.sha256: each for each in reversed(every) if each.document.sha256}
    store = session.workspace().store
    with st.container(horizontal=True):
        for sha256, each in reversed(files.items()):
            _button(store, sha256, each)
        if address := every[0].document.link:
            st.link_button(_("Open the address in a new window"), address)


def _button(store: Store, sha256: str, each: Revision) -> None:
    name = cleaned(each.document.file or f"{each.document.id}.bin")
    try:
        content = store.get(sha256)
    except RecordError as error:
        st.error(f"{plain(name)}: {in_words(error)}")
        return
    label = _("Download the file of revision {revision}", revision=each.revision)
    st.download_button(label, content, name, "application/octet-stream", key=f"file {sha256}", on_click="ignore")
