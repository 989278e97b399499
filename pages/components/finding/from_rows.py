"""Rows behind a figure that somebody chooses, by their key, so that a finding can name them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.finding.finding import Reference
from audit.measurement import Measurement
from pages.components.table import code
from pages.components.words import _
from pipelines import definitions
from pipelines.measuring.lineage import read_by

CHOSEN = "rows chosen"
COMPLAINTS, CUSTOMERS = "complaints", "customers"


def choose(frame: pd.DataFrame, places: Sequence[int], figure: Measurement, evidence_id: str) -> None:
    """Kept until other rows are chosen or another page is opened; only the keys are, never what stands in the rows."""
    chosen = references(frame, places, figure)
    st.session_state[CHOSEN] = {evidence_id: chosen}
    if chosen:
        keys = ", ".join(code(each.key) for each in chosen)
        st.markdown(_("Chosen for a finding, which can be raised below: {keys}", keys=keys))


def references(frame: pd.DataFrame, places: Sequence[int], figure: Measurement) -> list[Reference]:
    """Nothing where no source's key stands in the rows."""
    source = _source(frame, figure)
    return [_reference(frame.iloc[place], source) for place in places] if source else []


def chosen_for(requirement_id: str) -> list[Reference]:
    """Behind any evidence of the requirement."""
    kept: dict[str, list[Reference]] = st.session_state.get(CHOSEN, {})
    return [each for evidence, chosen in kept.items() if evidence.startswith(f"{requirement_id}-") for each in chosen]


def _source(frame: pd.DataFrame, figure: Measurement) -> str:
    """The first that the figure reads whose key the rows hold; "" for none. A finding names no customer."""
    read = read_by(figure.kpi) if figure.kpi in definitions.kpis() else ()
    keys = {name: set(definitions.sources()[name].key) for name in read if name != CUSTOMERS}
    return next((name for name, key in keys.items() if key <= set(frame.columns)), "")


def _reference(row: pd.Series, source: str) -> Reference:
    key = "/".join(str(row[column]) for column in definitions.sources()[source].key)
    return Reference("complaint", key) if source == COMPLAINTS else Reference("row", f"{source} {key}")
