"""The first step: a file is dropped, and the program looks how it is written and what it seems to hold."""

from __future__ import annotations

import streamlit as st

from audit.errors import AuditError
from pages.components import session, tags
from pages.components.guided import ways
from pages.components.guided.draft import Draft, keep
from pages.components.progress import bar
from pages.components.states import in_words
from pages.components.words import _
from pipelines import suggest
from pipelines.loading import preview

ENDINGS = ["csv", "txt", "tsv", "tab", "xlsx", "jsonl", "ndjson", "parquet", "gz", "zip"]
"""What the browser offers; what a file really is, its content says."""
MOST_MEGABYTES = 50
"""As in .streamlit/config.toml."""


def file_step() -> None:
    file = st.file_uploader(
        _("File (CSV, Excel, JSON lines or Parquet; zip or gz of one)"), type=ENDINGS, key="upload_file"
    )
    words = _("You see first how the file is read. Nothing is stored before you press “Publish”.")
    st.markdown(tags.muted(words))
    larger = _("Up to {most} MB come in here. Load larger files on the command line:", most=MOST_MEGABYTES)
    st.markdown(f"{tags.muted(larger)} `python -m pipelines load FILE --source NAME --mapping NAME`")
    if file is None:
        return
    try:
        keep(_looked_at(file.name, file.getvalue()))
    except AuditError as error:
        st.error(_("The file cannot be read: {reason}", reason=in_words(error)))
        st.markdown(tags.muted(_("Nothing was changed. Drop another file.")))
        return
    st.rerun()


def _looked_at(name: str, content: bytes) -> Draft:
    """Raises SourceError where it is no table."""
    with bar(_("Reading the file")) as progress:
        inside, named = preview.unpacked(content, name)
        how = preview.written(inside, named, progress)
        draft = Draft(name, content, inside, how, dict(how.reading or {}))
        ways.look(draft, progress)
        if draft.preview:
            draft.source = suggest.source(draft.preview.names)
            ways.choose_best(draft, session.workspace().folder)
            ways.look(draft, progress)
    return draft
