"""The way in: every screen is run by app.py, also where somebody opens it by its address first."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def through_app() -> None:
    """
    Streamlit makes a menu of its own out of a folder named pages, and runs its files without app.py, until
    `st.navigation` has been called once in the life of the server. A screen run that way starts again through app.py.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
