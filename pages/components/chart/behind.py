"""What stands behind a chart: the same figures as a table, and as a file to take along."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.components.table import table
from pages.components.words import _
from pipelines.reports.cell import safe_csv


def behind(name: str, header: Sequence[str], rows: Sequence[Sequence[str]], figures: pd.DataFrame) -> None:
    """`name` names the file; `rows` are Markdown, `figures` what the file holds."""
    with st.expander(_("The figures behind the chart")):
        table(header, rows, _("The figures behind the chart"))
        st.download_button(
            _("Download CSV"), safe_csv(figures), f"{name}.csv", "text/csv", key=f"csv {name}", on_click="ignore"
        )
