"""Every file that came in, and for the selected one its rejects and the results of its gate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.load import Load, Reject
from audit.replaced import rows_replaced
from pages.components import tags
from pages.components.loading.gate_results import gate_results, rows_that_failed
from pages.components.loading.load_words import balance, state_words
from pages.components.table import code, table
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.load import rejects_of
from pipelines.reports.cell import safe_csv
from pipelines.workspace import Workspace

MOST_REJECTS = 200
"""Rejects shown on the page; the download has every one."""


def load_list(workspace: Workspace, every: Sequence[Load]) -> None:
    if not every:
        st.markdown(_("Every file that comes in will be listed here, with what was refused and why."))
        st.markdown(tags.muted(_("Nothing has been loaded yet. Choose “Load a file” above.")))
        return
    load = _selected(every)
    _head(load, every)
    if load.lines:
        _rejects(load, rejects_of(workspace, load))
        _gate(workspace, load)


def _selected(every: Sequence[Load]) -> Load:
    """The load in the URL, else the newest one."""
    ids = [load.id for load in every]
    asked = st.query_params.get("load", "")
    index = ids.index(asked) if asked in ids else 0
    key = f"loads {ids[0]}"  # another one once a load is added above: a choice is of a place
    picked = st.dataframe(
        pd.DataFrame([_row(load) for load in every]),
        hide_index=True,
        key=key,
        on_select=lambda: _keep(key, ids),
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [index]}},
        alt=_("Files so far"),
    )
    rows = picked.selection.rows
    return every[rows[0]] if rows and rows[0] < len(every) else every[index]


def _keep(key: str, ids: Sequence[str]) -> None:
    rows = st.session_state[key].selection.rows
    if rows and rows[0] < len(ids):
        st.query_params["load"] = ids[rows[0]]


def _row(load: Load) -> dict[str, object]:
    sources = definitions.sources()
    return {
        _("Received"): f"{load.received_at:%Y-%m-%d %H:%M} UTC",
        _("Source"): said(sources[load.source].title) if load.source in sources else load.source,
        _("File"): load.file,
        _("Result"): " ".join(state_words(load)),
        _("Lines"): load.lines,
        _("Loaded"): load.loaded,
        _("Rejected"): load.rejected,
        _("Blank"): load.blank,
        _("Replaced"): None if load.replaced is None else sum(load.replaced.values()),
        _("By"): load.actor,
    }


def _head(load: Load, every: Sequence[Load]) -> None:
    st.header(f"{code(load.file)} {tags.tag(*state_words(load))}", anchor=False)
    if load.refused:
        st.markdown(_("Nothing of it could be used: {reason}", reason=plain(load.refused)))
    if load.lines:
        st.markdown(balance(load))
    if told := rows_replaced(load.replaced, every):
        st.markdown(f"{plain(said(told))}.")
    facts = [_("received {date} by {actor}", date=load.received_at, actor=load.actor), _("load {id}", id=load.id)]
    if load.version is not None:
        facts.append(_("version {version} of the table", version=load.version))
    if load.months:
        facts.append(_("rows from {first} to {last}", first=min(load.months), last=max(load.months)))
    st.markdown(tags.muted(plain(" · ".join(facts))))
    if load.ignored:
        names = ", ".join(code(name, 40) for name in load.ignored)
        st.markdown(_("Columns that the contract does not ask for; they were not stored: {names}", names=names))
    st.markdown(f"{tags.small(_('SHA-256 of the original:'))} {code(load.sha256)}")


def _rejects(load: Load, rejects: Sequence[Reject]) -> None:
    st.header(_("Rejected lines: {count}", count=load.rejected), anchor=False)
    if not rejects:
        st.markdown(tags.muted(_("No line was refused.")))
        return
    if load.published:
        words = _(
            "Mend these lines in the file and load the whole file again: then figures no longer count them as refused. "
            "Loaded alone, the mended lines do not change that."
        )
        st.markdown(tags.muted(words))
    header = [_("Reason"), _("Line"), _("Column"), _("Value in the file")]
    rows = [[plain(said(r.reason)), str(r.line), code(r.column, 40), code(r.value)] for r in rejects[:MOST_REJECTS]]
    table(header, rows, _("Rejected lines"))
    if len(rejects) > MOST_REJECTS:
        st.markdown(tags.muted(_("The first {shown} of {count}.", shown=MOST_REJECTS, count=len(rejects))))
    listed = pd.DataFrame(
        [{"line": r.line, "column": r.column, "value": r.value, "reason": said(r.reason)} for r in rejects]
    )
    label = _("Download all rejects (CSV)")
    st.download_button(label, safe_csv(listed), f"rejects-{load.id}.csv", "text/csv", on_click="ignore")


def _gate(workspace: Workspace, load: Load) -> None:
    st.header(_("What the gate said"), anchor=False)
    if not load.gate:
        st.markdown(tags.muted(_("The gate was not reached, or the contract has no expectations.")))
        return
    gate_results(load.gate, definitions.sources().get(load.source))
    rows_that_failed(workspace, load)
