"""Which pages exist, in which language, and how they look."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from audit.access.roles import Role, may
from pages.components.access import admission, exposure
from pages.components.chart.charts import dark
from pages.components.states import guard
from pages.components.words import _, keep_language, plain

COMPONENTS = Path(__file__).parent / "pages" / "components"

st.set_page_config(page_title="Clauselight", page_icon=COMPONENTS / "mark.svg", layout="wide")
keep_language()
st.logo(COMPONENTS / ("logo_dark.svg" if dark() else "logo_light.svg"), size="medium")
st.html(COMPONENTS / "page.css")
if dark():
    st.html(COMPONENTS / "dark.css")

if reason := exposure.refusal():
    st.error(plain(reason))
    st.stop()

PAGES = {
    _("Audit"): [
        ("pages/overview.py", _("Overview"), "see results"),
        ("pages/checklist.py", _("Checklist"), "see results"),
        ("pages/clause.py", _("Clause"), "see results"),
        ("pages/audits.py", _("Audits"), "see results"),
        ("pages/findings.py", _("Findings and actions"), "see results"),
        ("pages/sign_off.py", _("Sign-off"), "see results"),
        ("pages/audit_view.py", _("Audit report"), "see audit"),
    ],
    _("Measures"): [
        ("pages/kpi_trends.py", _("Trends"), "see results"),
        ("pages/measure.py", _("Measure"), "see results"),
        ("pages/objectives.py", _("Objectives"), "see results"),
        ("pages/scorecard.py", _("Scorecard"), "see results"),
    ],
    _("Customers"): [
        ("pages/voice.py", _("Voice of customer"), "see results"),
        ("pages/needs.py", _("Needs"), "see results"),
        ("pages/complaints.py", _("Complaints"), "see results"),
        ("pages/commitments.py", _("Orders and promises"), "see results"),
        ("pages/customers.py", _("Customers"), "see results"),
        ("pages/value_at_stake.py", _("Value at stake"), "see results"),
        ("pages/survey_soundness.py", _("Survey soundness"), "see results"),
    ],
    _("Data"): [
        ("pages/data.py", _("Data"), "see data"),
        ("pages/registers.py", _("Registers"), "see data"),
        ("pages/documents.py", _("Documents"), "see results"),
    ],
    _("Improve"): [
        ("pages/gap_analysis.py", _("Gap analysis"), "see results"),
        ("pages/bridge.py", _("Bridge"), "see results"),
        ("pages/management_review.py", _("Management review"), "see results"),
        ("pages/evidence_pack.py", _("Evidence pack"), "export"),
    ],
    _("Administration"): [
        ("pages/people.py", _("People and roles"), "see people"),
        ("pages/trail.py", _("Trail"), "see trail"),
    ],
}
"""Section of the menu -> its pages: file, title, and the action that a role must allow for the page to be shown."""
GUEST_PAGE = "pages/audit_view.py"

who = admission.visitor()
first = GUEST_PAGE if who.role == Role.GUEST_AUDITOR else "pages/overview.py"
opening: dict[Page, bool] = {}
menu: dict[str, list[Page]] = {}
for section, pages in PAGES.items():
    for file, title, action in pages:
        opens = may(who.role, action)
        page = st.Page(file, title=title, default=file == first, visibility="visible" if opens else "hidden")
        opening[page] = opens
        menu.setdefault(section, []).append(page)

asked = st.navigation(menu, position="top" if who.role else "hidden")
if who.role is None:
    admission.explain(who)
elif not opening[asked]:
    admission.not_shown()
else:
    with guard():
        asked.run()
    admission.watch(who)
