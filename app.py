"""Which pages exist, in which language, and how they look."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components.charts import dark
from pages.components.states import guard
from pages.components.words import _, keep_language

COMPONENTS = Path(__file__).parent / "pages" / "components"

st.set_page_config(page_title="Clauselight", page_icon=COMPONENTS / "mark.svg", layout="wide")
keep_language()
st.logo(COMPONENTS / ("logo_dark.svg" if dark() else "logo_light.svg"), size="medium")
st.html(COMPONENTS / "page.css")
if dark():
    st.html(COMPONENTS / "dark.css")

page = st.navigation(
    [
        st.Page("pages/overview.py", title=_("Overview"), default=True),
        st.Page("pages/checklist.py", title=_("Checklist")),
        st.Page("pages/clause.py", title=_("Clause")),
        st.Page("pages/gap_analysis.py", title=_("Gap analysis")),
        st.Page("pages/bridge.py", title=_("Bridge")),
        st.Page("pages/kpi_trends.py", title=_("KPI trends")),
        st.Page("pages/data.py", title=_("Data")),
        st.Page("pages/registers.py", title=_("Registers")),
        st.Page("pages/documents.py", title=_("Documents")),
        st.Page("pages/evidence_pack.py", title=_("Evidence pack")),
    ],
    position="top",
)
with guard():
    page.run()
