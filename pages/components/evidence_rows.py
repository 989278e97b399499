"""The evidence of a requirement, one line each: what it shows, its outcome, the figure, the criterion, n."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.evidence import Evidence
from pages.components import tags
from pages.components.words import _, figure, plain, said

WIDTHS = (10, 5, 5, 6, 2)


def evidence_rows(every: Sequence[Evidence], selected: str) -> None:
    """Text and one button per line, so that it wraps, prints and can be found; the one chosen stands in the URL."""
    if not every:
        st.markdown(_("No evidence can be collected for this by the program: ask people, look, and conclude."))
        return
    heads = (_("Evidence"), _("Outcome"), _("Measured (95 % interval)"), _("Your criterion"), "n")
    for column, head in zip(st.columns(WIDTHS), heads, strict=True):
        column.markdown(tags.small(head), text_alignment="right" if head == "n" else "left")
    for evidence in every:
        cells = st.columns(WIDTHS, vertical_alignment="center")
        kind = "secondary" if evidence.id == selected else "tertiary"
        label = f"**{evidence.id}** {plain(said(evidence.shows))}"
        if cells[0].button(label, key=f"evidence {evidence.id}", type=kind, wrap=True):  # type: ignore[arg-type]
            st.query_params["evidence"] = evidence.id
            st.rerun()
        cells[1].markdown(tags.outcome(evidence.outcome))
        cells[2].markdown(_measured(evidence))
        cells[3].markdown(tags.small(plain(said(evidence.criterion))))
        cells[4].markdown(f"{evidence.measurement.n:,}" if evidence.measurement else "–", text_alignment="right")


def _measured(evidence: Evidence) -> str:
    m = evidence.measurement
    if m:
        return figure(m.value, m.unit, m.low, m.high)
    return plain(evidence.document.title) if evidence.document else "–"
