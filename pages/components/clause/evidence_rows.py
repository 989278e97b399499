"""The evidence of a requirement, one line each: what it shows, its outcome, the figure, the criterion, n."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.evidence import Evidence
from pages.components import tags
from pages.components.clause import judged_by
from pages.components.words import _, figure, plain, said, shown

WIDTHS = (10, 5, 6, 6, 3)


def evidence_rows(every: Sequence[Evidence], selected: str) -> None:
    """Text and one button per line, so that it wraps, prints and can be found; the one chosen stands in the URL."""
    if not every:
        st.markdown(_("No evidence can be collected for this by the program: ask people, look, and conclude."))
        return
    heads = (_("Evidence"), _("Outcome"), _("Measured (95 % interval)"), _("Your criterion"), "n")
    with st.container(key=f"evidence heads {every[0].id}"):
        for column, head in zip(st.columns(WIDTHS), heads, strict=True):
            column.markdown(tags.small(head), text_alignment="right" if head == "n" else "left")
    for evidence in every:
        with st.container(key=f"evidence line {evidence.id}"):
            _line(evidence, evidence.id == selected)


def _line(evidence: Evidence, selected: bool) -> None:
    cells = st.columns(WIDTHS, vertical_alignment="center")
    label = f"**{evidence.id}** {plain(said(evidence.shows))}"
    kind = "secondary" if selected else "tertiary"
    if cells[0].button(label, key=f"evidence {evidence.id}", type=kind, wrap=True):  # type: ignore[arg-type]
        st.query_params["evidence"] = evidence.id
        st.rerun()
    cells[1].markdown(tags.outcome(evidence.outcome))
    cells[2].markdown(_measured(evidence))
    cells[3].markdown(tags.small(plain(said(evidence.criterion))))
    if count := evidence.measurement and evidence.measurement.n:
        cells[4].markdown(tags.small(f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{shown(count)}"), text_alignment="right")


def _measured(evidence: Evidence) -> str:
    m = evidence.measurement
    if m:
        return figure(m.value, m.unit, m.low, m.high)
    if evidence.drawn:
        judged = len(evidence.answers)
        return plain(_("{done} of {count} judged", done=judged, count=len(evidence.drawn.items)))
    if evidence.document:
        return plain(evidence.document.title)
    return judged_by.kind(evidence.kind) if evidence.kind in ("interview", "observation") else "–"
