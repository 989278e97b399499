"""A table as a file to take along."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components.words import _
from pipelines.reports.cell import safe_csv


def download(name: str, figures: pd.DataFrame) -> None:
    st.download_button(
        _("Download CSV"), safe_csv(figures), f"{name}.csv", "text/csv", key=f"csv {name}", on_click="ignore"
    )
