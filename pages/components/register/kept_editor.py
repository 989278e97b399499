"""A table to type into whose unsaved cells survive a change of page or language."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st

from audit.text import LANGUAGES
from pages.components.words import language


def kept_editor(
    key: str, rows: pd.DataFrame, columns: dict[str, Any], num_rows: Literal["fixed", "dynamic"], alt: str
) -> pd.DataFrame:
    """The rows as they stand on the screen. Under a key that is new, they begin as `rows`."""
    widget, last = f"{key} {language()}", _last(key)
    begun = f"{widget} begun"
    if widget not in st.session_state:
        # another page or language was shown meanwhile, and the widget forgot what was typed
        st.session_state[begun] = st.session_state.get(last, rows)
    shown = st.session_state[begun]
    edited = st.data_editor(
        shown, key=widget, column_config=columns, num_rows=num_rows, hide_index=True, placeholder=" ", alt=alt
    )
    st.session_state[last] = edited.reset_index(drop=True)
    return st.session_state[last]


def begin_with(key: str, rows: pd.DataFrame) -> None:
    """Let an editor that is not on the screen yet begin with these rows."""
    st.session_state[_last(key)] = rows


def forget(key: str) -> None:
    for name in (_last(key), *(f"{key} {spoken} begun" for spoken in LANGUAGES)):
        st.session_state.pop(name, None)


def _last(key: str) -> str:
    return f"{key} last"
