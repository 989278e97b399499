"""What a figure rests on: the columns it reads, who owns them, the versions of the data, its files and their gates."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.load import Load
from audit.measurement import Kpi
from pages.components import session, tags
from pages.components.loading.load_words import state_words
from pages.components.table import code, table
from pages.components.words import _, plain, said, shown
from pipelines import definitions
from pipelines.measuring.lineage import Read, read_by
from pipelines.runs import results
from pipelines.runs.run_folder import Run

MOST = 12
"""Files that are named, the newest first."""


def lineage(kpi: Kpi, run: Run) -> None:
    read = read_by(kpi.name)
    st.header(_("What it rests on"), anchor=False)
    _columns(read, run)
    known = [load for load in results.loads(session.workspace(), run.id) if load.source in read]
    _gate(read, known)
    _files(known)


def _columns(read: Read, run: Run) -> None:
    known, rows = definitions.sources(), []
    for name, columns in sorted(read.items()):
        source = known[name]
        meanings = [f"{code(column)} {plain(said(source.columns[column].meaning))}" for column in sorted(columns)]
        version = run.versions.get(name)
        newest = run.newest.get(name)
        data = _("version {version}, {rows} rows", version=version or 0, rows=run.rows.get(name, 0))
        dated = _("newest row of {day}", day=newest) if newest else ""
        told = _("; ").join(filter(None, [data, dated])) if version is not None else _("nothing is loaded")
        owner = plain(said(source.owner))
        rows.append([f"**{plain(said(source.title))}**", "  \n".join(meanings) or "–", owner, plain(told)])
    table([_("Source"), _("Columns that decide the value"), _("Owner"), _("Data")], rows, _("What it rests on"))


def _gate(read: Read, known: Sequence[Load]) -> None:
    """What did not pass in a column that the figure reads."""
    failed = [
        (load, result)
        for load in known
        for result in load.gate
        if result.outcome != "passed" and (not result.column or set(result.column.split(", ")) & read[load.source])
    ]
    if not failed:
        st.markdown(_("Every gate expectation on these columns passed."))
        return
    st.subheader(_("What the gate said"), anchor=False)
    rows = [
        [plain(load.file), tags.gate(result.outcome), code(result.column), plain(said(result.reason)),
         shown(result.unexpected)]
        for load, result in failed
    ]  # fmt: skip
    table([_("File"), _("Outcome"), _("Column"), _("Why it matters"), _("Rows")], rows, _("What the gate said"))


def _files(known: Sequence[Load]) -> None:
    st.subheader(_("Files that came in"), anchor=False)
    newest = sorted(known, key=lambda load: load.received_at, reverse=True)
    rows = [
        [
            plain(load.file), shown(load.received_at.date()), tags.tag(*state_words(load)), shown(load.loaded),
            shown(load.rejected), "–" if load.version is None else shown(load.version), f"`{load.sha256[:12]}…`",
        ]
        for load in newest[:MOST]
    ]  # fmt: skip
    header = [_("File"), _("Received"), _("State"), _("Loaded"), _("Rejected"), _("Version"), "SHA-256"]
    table(header, rows, _("Files that came in"))
    if (more := len(newest) - MOST) > 0:
        st.markdown(tags.muted(_("and {more} older files", more=more)))
