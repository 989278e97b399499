"""The fifth step: what a load would do, with every reject, before anything is published."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.errors import AuditError
from audit.load import Reject
from audit.records import loads
from audit.replaced import rows_to_replace
from pages.components import session, tags
from pages.components.guided.draft import Draft
from pages.components.guided.publication import publish
from pages.components.loading.gate_results import gate_results
from pages.components.progress import bar
from pages.components.states import in_words
from pages.components.table import code, table
from pages.components.words import _, plain, said
from pipelines.loading.loaded_before import before
from pipelines.loading.trial import Trial, trial
from pipelines.receive import arrived
from pipelines.reports.cell import safe_csv

MOST_REJECTS = 100


def trial_step(draft: Draft) -> None:
    st.header(_("What would come of it?"), anchor=False)
    _try(draft)
    assert draft.tried is not None
    found = draft.tried[1]
    st.markdown(tags.muted(_("This was a dry run: nothing is published, nothing is recorded.")))
    if isinstance(found, AuditError):
        st.error(_("The file would be refused: {reason}", reason=in_words(found)))
        _buttons(draft, None)
        return
    _verdict(found)
    _known(draft, found)
    _buttons(draft, found)
    _rejects(found)
    _gate(draft, found)
    if found.ignored:
        names = ", ".join(code(name, 40) for name in found.ignored)
        st.markdown(tags.muted(_("Columns that the contract does not ask for; they will not be stored: {names}",
                                 names=names)))  # fmt: skip


def _try(draft: Draft) -> None:
    """Once for each mapping: going back and forth costs nothing."""
    assert draft.source is not None
    try:
        text = draft.text()
        if draft.tried and draft.tried[0] == text:
            return
        mapping, workspace = draft.mapping(), session.workspace()
        records = session.records(workspace)
        with bar(_("Reading the file")) as progress:
            found: Trial | AuditError = trial(
                draft.content, draft.file, draft.source, mapping, records.clock().date(), progress, workspace
            )
        draft.before = before(workspace, records, arrived(draft.content, draft.file).sha256, mapping)
    except AuditError as error:
        found = error
    draft.tried = text, found


def _verdict(found: Trial) -> None:
    counted = _(
        "Lines: {lines} = {loaded} would be loaded + {rejected} rejected + {blank} blank",
        lines=found.lines, loaded=found.loaded, rejected=found.rejected, blank=found.blank,
    )  # fmt: skip
    if found.stopped:
        st.error(_("The gate would stop this file. {counted}.", counted=counted))
    elif not found.loaded:
        st.error(_("No row of this file could be loaded. {counted}.", counted=counted))
    elif found.rejected:
        st.warning(_("It can be published, without the rejected lines. {counted}.", counted=counted))
    elif any(result.outcome != "passed" for result in found.gate):
        st.warning(_("It can be published, and the gate warns of some rows. {counted}.", counted=counted))
    else:
        st.success(_("It can be published. {counted}.", counted=counted))


def _known(draft: Draft, found: Trial) -> None:
    """That the file is in already, or what its rows would replace."""
    if draft.before:
        date = draft.before.load.received_at
        if draft.before.stands:
            st.info(_("This file was loaded already on {date}. Publishing it again changes nothing.", date=date))
            return
        st.info(
            _(
                "This file was loaded on {date}, and rows of it were replaced since. "
                "Published again, its rows stand again.",
                date=date,
            )
        )
    if found.publishes and (told := rows_to_replace(found.replaced, loads.every(session.records()))):
        st.warning(plain(said(told)))


def _buttons(draft: Draft, found: Trial | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        matched = bool(draft.columns) and not draft.pivoted
        st.button(_("Back"), key="step_back", on_click=draft.go, args=("formats" if matched else "preview",))
        if found and found.publishes:
            pressed = st.button(_("Publish"), key="publish", type="primary", disabled=bool(session.closed("load")))
        else:
            pressed = False
            st.markdown(_("Mend the file, or go back and read it otherwise."), width="content")
    if pressed:
        publish(draft)


def _rejects(found: Trial) -> None:
    if not found.rejects:
        return
    st.header(_("Lines that would be rejected: {count}", count=found.rejected), anchor=False)
    header = [_("Line"), _("Column"), _("Value in the file"), _("Reason")]
    rows = [[str(one.line), code(one.column, 40), code(one.value), plain(said(one.reason))]
            for one in found.rejects[:MOST_REJECTS]]  # fmt: skip
    table(header, rows, _("Rejected lines"))
    if found.rejected > MOST_REJECTS:
        st.markdown(tags.muted(_("The first {shown} of {count}.", shown=MOST_REJECTS, count=found.rejected)))
    label = _("Download all rejects (CSV)")
    st.download_button(label, rejects_csv(found.rejects), "rejects.csv", "text/csv", on_click="ignore")


def rejects_csv(rejects: tuple[Reject, ...]) -> bytes:
    """Values come from a stranger's file: a spreadsheet must show them and never run them."""
    listed = [{"line": one.line, "column": one.column, "value": one.value, "reason": said(one.reason)}
              for one in rejects]  # fmt: skip
    return safe_csv(pd.DataFrame(listed))


def _gate(draft: Draft, found: Trial) -> None:
    st.header(_("What the gate says"), anchor=False)
    if not found.gate:
        st.markdown(tags.muted(_("The gate was not reached, or the contract has no expectations.")))
        return
    gate_results(found.gate, draft.contract)
