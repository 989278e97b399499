"""Complaints that nobody heard: the iceberg, by the survey where it tells and by the assumption that is owned."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from audit.evidence import Outcome
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.stake.iceberg import iceberg
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.analyses.value_base.sections import survey_method
from pipelines.methods.unheard import ByAssumption, BySurvey
from pipelines.worth.heard import Unheard
from pipelines.worth.words import assumed_sentence, known_text, survey_sentence


def unheard(found: Unheard) -> None:
    st.header(_("Complaints that nobody heard"), anchor=False)
    st.markdown(f"**{_('By your survey')}**")
    own = found.by_survey.result
    if own and 0 < min(own.dissatisfied, own.silent) < session.least_shown():
        st.markdown(tags.muted(_("Too few customers to be shown to everybody.")))
    elif own:
        st.markdown(plain(said(survey_sentence(found))))
        _picture(own.dissatisfied - own.silent, own.silent, _("of the dissatisfied who answered"), "survey")
        _survey_behind(own)
    else:
        st.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)} {plain(said(survey_sentence(found)))}")
    st.markdown(small(plain(said(survey_method()))))
    st.markdown(f"**{_('By your assumption')}**")
    assumed = plain(said(assumed_sentence(found)))
    if found.by_assumption is None:
        st.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)} {assumed}")
        return
    st.markdown(assumed)
    if own is None:
        hidden = round(found.by_assumption.at[1].unheard.value)
        _picture(found.by_assumption.complaints, hidden, _("by your assumption"), "assumption")
    _assumed_behind(found.by_assumption)


def _picture(heard: int, silent: int, of: str, key: str) -> None:
    alt = _("Heard: {heard}, unheard: {silent}, {of}; areas as the counts.", heard=heard, silent=silent, of=of)
    charts.draw(iceberg(heard, silent), key=f"iceberg {key}", alt=alt)
    st.markdown(small(plain(alt)))


def _survey_behind(own: BySurvey) -> None:
    rows = [
        [_("customers who answered"), f"{own.answered:,}"],
        [_("dissatisfied, 1 or 2 of 5"), f"{own.dissatisfied:,}"],
        [_("of them without a complaint on record"), f"{own.silent:,}"],
        [_("dissatisfied who complain"), plain(said(known_text(own.share_that_complains, " %")))],
        [_("all customers"), f"{own.customers:,}"],
        [_("unheard among all customers"), plain(said(known_text(own.unheard)))],
    ]
    figures: dict[str, Any] = {
        "answered": own.answered, "dissatisfied": own.dissatisfied, "silent": own.silent, "customers": own.customers,
        "unheard": own.unheard.value, "low": own.unheard.low, "high": own.unheard.high,
    }  # fmt: skip
    behind("unheard-by-survey", [_("Figure"), _("Value (95 % interval)")], rows, pd.DataFrame([figures]))


def _assumed_behind(found: ByAssumption) -> None:
    header = [_("Share that complains"), _("Dissatisfied in all"), _("Unheard")]
    rows = [
        [f"{each.share:.15g} %", plain(said(known_text(each.dissatisfied))), plain(said(known_text(each.unheard)))]
        for each in found.at
    ]
    figures = pd.DataFrame(
        [{"share": e.share, "unheard": e.unheard.value, "low": e.unheard.low, "high": e.unheard.high} for e in found.at]
    )
    behind("unheard-by-assumption", header, rows, figures)
