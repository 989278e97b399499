"""The way in for a file: choose its source, load it, and read clearly what became of it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from audit.errors import AuditError, DefinitionError
from audit.load import GateResult, Load
from audit.records import loads
from audit.source import Mapping, Source
from pages.components import session, tags
from pages.components.load_words import balance
from pages.components.progress import bar
from pages.components.table import code
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.load import load as load_file

RESULT = "load_result"
"""Where the outcome of the last load waits for the page to be drawn anew."""
Result = Load | AuditError
ENDINGS = ["csv", "txt", "tsv", "xlsx", "jsonl", "ndjson", "parquet", "gz", "zip"]
"""What the browser offers; what a file really is, its content says."""


def upload(offered: Sequence[str]) -> None:
    """`offered` are the names of the sources, the likeliest first."""
    if RESULT in st.session_state:
        _told(*st.session_state[RESULT])
    sources = definitions.sources()
    name = st.selectbox(_("Source"), offered, format_func=lambda name: said(sources[name].title), key="upload_source")
    _wanted(sources[name])
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        file = st.file_uploader(
            _("File (CSV, Excel, JSON lines or Parquet; zip or gz of one)"), type=ENDINGS, key="upload_file"
        )
    with grid.cell():
        mapping = st.file_uploader(
            _("Mapping (YAML), only where the columns have other names"), type=["yaml", "yml"], key="upload_mapping"
        )
        ready = _ready(name)
    if not st.button(_("Load"), type="primary", key="load_file"):
        return
    if file is None:
        st.warning(_("Choose a file first."))
        return
    written = mapping.getvalue() if mapping else ready
    st.session_state[RESULT] = _load(name, file.name, file.getvalue(), written)
    st.rerun()


def _ready(source: str) -> bytes | None:
    """The mapping of the house that is chosen for this source; an uploaded one goes before it."""
    fitting = {name: path for name, path in definitions.ready_mappings().items() if _is_for(path, source)}
    if not fitting:
        return None
    tools = {name: path.read_text(encoding="utf-8").split(":")[0].removeprefix("# ") for name, path in fitting.items()}
    chosen = st.selectbox(
        _("Ready mappings, where no other is chosen"), [None, *fitting], key=f"ready_mapping_{source}",
        format_func=lambda name: tools[name] if name else _("none: the columns have the names of the source"),
    )  # fmt: skip
    if chosen is None:
        return None
    content = fitting[chosen].read_bytes()
    st.download_button(
        _("Download this mapping, to write your own columns into it"), content, fitting[chosen].name, "text/yaml"
    )
    return content


def _is_for(path: Path, source: str) -> bool:
    return f"\nsource: {source}\n" in path.read_text(encoding="utf-8")


def _wanted(source: Source) -> None:
    required = [name for name, column in source.columns.items() if column.required]
    st.markdown(plain(said(source.meaning)))
    names = ", ".join(code(name) for name in required)
    words = _("It must have the columns {names}. “What a file must look like” explains each column.", names=names)
    st.markdown(words)


def _load(source: str, name: str, content: bytes, mapping: bytes | None) -> tuple[Result, bool]:
    """What came of it, and whether the same file had come in before."""
    workspace = session.workspace()
    records = session.records(workspace)
    before = {load.id for load in loads.every(records) if load.published}
    try:
        with bar(_("Reading the file")) as progress:
            written = _mapping(mapping, source)
            found = load_file(workspace, records, content, name, source, written, session.actor(), progress=progress)
    except AuditError as error:
        return error, False
    return found, found.id in before


def _mapping(content: bytes | None, source: str) -> Mapping:
    """The reader wants a file of its own; the uploaded name never becomes a path."""
    if content is None:
        return definitions.mapping(None, source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.yaml"
        path.write_bytes(content)
        try:
            return definitions.mapping(path, source)
        except DefinitionError as error:
            raise DefinitionError(error.message, "mapping", error.line, error.column) from error


def _told(found: Result, again: bool) -> None:
    if isinstance(found, AuditError):
        _refused(found)
    elif again:
        st.info(_("This file was loaded already on {date}. Nothing was changed.", date=found.received_at))
    elif found.published:
        _published(found)
    elif found.stopped:
        _stopped(found)
    else:
        _nothing(found)


def _refused(error: AuditError) -> None:
    st.error(_("The file was refused: {reason}", reason=plain(str(error))))
    st.markdown(
        tags.muted(_("Nothing was changed. What was loaded before stays, and the verdicts rest on it as they did."))
    )


def _published(load: Load) -> None:
    if load.rejected:
        st.warning(_("Published with rejects: {file}. {balance}.", file=code(load.file), balance=balance(load)))
        st.markdown(_("The rejected lines are listed under “Files so far”, each with its reason."))
    else:
        st.success(_("Published: {file}. {balance}.", file=code(load.file), balance=balance(load)))
    st.markdown(tags.muted(_("The verdicts do not rest on it yet: run the assessment again, above.")))


def _stopped(load: Load) -> None:
    st.error(_("Stopped by the gate: {file}. {balance}.", file=code(load.file), balance=balance(load)))
    for result in load.gate:
        if result.stops:
            st.markdown(f"- {_why_stopped(result)}")
    text = _("Nothing of this file was published; the former version stays. Mend the file and load it again.")
    st.markdown(tags.muted(text))


def _nothing(load: Load) -> None:
    st.error(_("Not published: {file}. {balance}.", file=code(load.file), balance=balance(load)))
    st.markdown(
        tags.muted(_("No row of it could be used; the former version stays. “Files so far” names the reason of each."))
    )


def _why_stopped(result: GateResult) -> str:
    rows = _("{count} of {rows} rows", count=result.unexpected, rows=result.rows)
    counted = f" {tags.small(rows)}" if result.unexpected else ""
    return f"{tags.gate(result.outcome)} {code(result.column, 40)}: {plain(said(result.reason))}{counted}"
