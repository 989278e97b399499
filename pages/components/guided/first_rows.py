"""The first rows of a file, as it is read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.components import tags
from pages.components.guided.draft import Draft
from pages.components.words import _

LONGEST = 200


def first_rows(draft: Draft) -> None:
    seen = draft.preview
    if seen is None:
        return
    names = _distinct([_("Line"), *seen.names])
    width = len(names)
    rows = [[str(line), *(text[:LONGEST] for text in fields)] for line, fields in seen.rows]
    frame = pd.DataFrame([(row + [""] * width)[:width] for row in rows], columns=names, dtype=str)
    st.dataframe(frame, hide_index=True, key="guided_rows", alt=_("First rows of the file"))
    told = _("{rows} rows, {columns} columns, {blank} blank lines", rows=seen.records, columns=len(seen.names),
             blank=seen.blank)  # fmt: skip
    st.markdown(tags.muted(told))


def _distinct(names: Sequence[str]) -> list[str]:
    """A table needs a name of its own for every column, and files do not."""
    found: list[str] = []
    for number, name in enumerate(names):
        plain = name.strip() or f"#{number}"
        found.append(plain if plain not in found else f"{plain} #{number}")
    return found
