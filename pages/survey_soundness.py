"""Survey soundness: who answered and who did not, how seriously, how exactly, and what weighting would change."""

from __future__ import annotations

import streamlit as st

from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.soundness.calculator import calculator
from pages.components.soundness.consistent import consistent
from pages.components.soundness.exact import exact
from pages.components.soundness.overview import overview
from pages.components.soundness.serious import serious
from pages.components.soundness.silent import silent
from pages.components.soundness.weighted import weighted
from pages.components.soundness.who import who
from pages.components.soundness.words import SECTIONS, section
from pages.components.words import _, said
from pipelines.survey_soundness.found import Survey, soundness_of
from pipelines.survey_soundness.points import verdict

PERIODS = ("rolling_12_months", "audit_period")


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    found = soundness_of(workspace.runs / run.id)
    if found is None:
        with page(_("The survey was not looked into yet"), _("Survey soundness"), [("overview", _("Overview"))]):
            run_again(_("The last run was made before surveys were looked into. Run the assessment again."))
        return
    grain = chosen("period", PERIODS, PERIODS[0])
    survey = next(one for one in found.surveys if one.grain == grain)
    with page(said(verdict(survey.points)), _("Survey soundness"), [("overview", _("Overview"))]):
        _scope(survey)
        overview(survey)
        for subjects, draw in zip(SECTIONS, (who, silent, serious, consistent, exact, weighted), strict=True):
            st.header(section(subjects), anchor=False)
            draw(survey)
        st.header(_("How many to invite next time?"), anchor=False)
        calculator(survey)
        session.link("kpi_trends", _("All measures of the survey") + " →", kpi="survey_response_rate")


def _scope(survey: Survey) -> None:
    names = {"rolling_12_months": _("Latest 12 months"), "audit_period": _("Audit period")}
    buttons("period", _("Period"), PERIODS, names.__getitem__)
    st.markdown(tags.small(_("{starts} to {ends}", starts=survey.starts, ends=survey.ends)))


main()
