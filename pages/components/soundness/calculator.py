"""How many to invite next time, for a margin of error that one can live with."""

from __future__ import annotations

import streamlit as st

from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.methods.refused import Refused
from pipelines.methods.sample_size import invitations, needed, of_share
from pipelines.survey_soundness.found import Survey

CUSTOMERS, RATE = 1_000, 25.0
"""Where the survey tells neither."""


def calculator(survey: Survey) -> None:
    grid = st.grid(4, min_column_width=200, gap="small")
    with grid.cell():
        people = st.number_input(_("Customers"), min_value=1, value=_population(survey), step=1, key="people")
    with grid.cell():
        share = st.number_input(
            _("Expected share in %"), 0.0, 100.0, 50.0, 5.0, key="expected", help=_("50 % needs the most answers.")
        )
    with grid.cell():
        wanted = st.number_input(_("Margin of error in points"), 0.1, 50.0, 5.0, 0.5, key="wanted")
    with grid.cell():
        rate = st.number_input(_("Expected response rate in %"), 0.1, 100.0, _rate(survey), 1.0, key="rate")
    try:
        answers = needed(of_share(share), wanted, int(people))
        st.markdown(f"**{plain(_answer(answers, invitations(answers, rate), int(people)))}**")
    except Refused as refused:
        st.markdown(plain(said(refused.because)))
    words = _(
        "For a simple random sample and a share, with the finite population correction (Cochran, 1977). ISO sets no "
        "sample size."
    )
    st.markdown(small(plain(words)))


def _answer(answers: int, invited: int, people: int) -> str:
    if invited >= people:
        return _(
            "{answers} answers are needed. At this response rate that is more than all {people} customers: ask "
            "every one, and talk to those who count most.",
            answers=answers,
            people=people,
        )
    return _(
        "{answers} answers are needed: invite {invited} of the {people} customers.",
        answers=answers,
        invited=invited,
        people=people,
    )


def _population(survey: Survey) -> int:
    return next((p.result.population for p in survey.figures.values() if p.result and p.result.population), CUSTOMERS)


def _rate(survey: Survey) -> float:
    found = survey.response.result
    return round(min(100.0, max(0.1, found.value)), 1) if found else RATE
