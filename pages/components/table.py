"""A table that is read, searched and printed: Markdown cells, text that wraps."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

MOST = 40
"""Rows above which the table scrolls under its header instead of pushing the page down."""
SCROLL_HEIGHT = 560


def table(header: Sequence[str], rows: Sequence[Sequence[str]], alt: str) -> None:
    """Cells are Markdown: text from files or people must have gone through `plain` or `code`."""
    frame = pd.DataFrame([list(row) for row in rows], columns=list(header), dtype=object)
    if len(rows) > MOST:
        st.table(frame, border="horizontal", hide_index=True, height=SCROLL_HEIGHT, alt=alt)
    else:
        st.table(frame, border="horizontal", hide_index=True, alt=alt)


def code(text: str, most: int = 80) -> str:
    """Text from a file or a person as code: shown letter by letter, whatever it contains."""
    line = "".join(letter if letter.isprintable() else "�" for letter in text)
    line = line if len(line) <= most else line[: most - 1] + "…"
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{line}{space}{fence}" if line.strip() else "–"
