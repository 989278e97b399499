"""Did they answer seriously? Questions left open, questionnaires not finished, the same answer throughout."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import bounded, percent, told
from pages.components.table import code, table
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.methods.non_response import NonResponse, Question
from pipelines.methods.straight_lining import LEAST_ANSWERS
from pipelines.survey_soundness.found import Lined, Survey
from pipelines.survey_soundness.points import LEFT_OPEN

MOST = 12
"""Questions that one chart holds; the table has every one."""


def serious(survey: Survey) -> None:
    st.subheader(_("Questions left open"), anchor=False)
    for source, part in survey.non_response.items():
        st.markdown(f"**{plain(said(definitions.source(source).title))}**")
        if told(part) and part.result:
            _left_open(source, part.result)
    if survey.one_in > 1:
        st.markdown(small(_("Looked at one by one: every {n}th questionnaire of the survey answers.", n=survey.one_in)))
    st.subheader(_("The same answer throughout"), anchor=False)
    if told(survey.straight_lining) and survey.straight_lining.result:
        _lined(survey.straight_lining.result)


def _left_open(source: str, found: NonResponse) -> None:
    sentence = _sentence(found)
    st.markdown(plain(sentence))
    rows = [_dot(question) for question in found.questions[:MOST]]
    if rows:
        charts.draw(dots(rows, " %"), key=f"open {source}", alt=f"{sentence} {'; '.join(row.told for row in rows)}")
        words = _("Share of those to whom the question applied; more than 5 % is called weak (Schafer, 1999).")
        st.markdown(small(words))
    header = [_("Question"), _("Asked"), _("Answered"), _("Not applicable"), _("Left open"), _("Share")]
    cells = [
        [code(q.question), f"{q.asked:,}", f"{q.answered:,}", f"{q.not_applicable:,}", f"{q.skipped:,}",
         bounded(q.share, q.low, q.high)]
        for q in found.questions
    ]  # fmt: skip
    behind(f"left-open-{source}", header, cells, pd.DataFrame([asdict(question) for question in found.questions]))


def _dot(question: Question) -> Dot:
    words = f"{question.question}: {bounded(question.share, question.low, question.high)}, n = {question.asked:,}"
    weak = question.low > LEFT_OPEN
    return Dot(
        question.question, question.share, question.low, question.high, percent(question.share), None, words, weak
    )


def _sentence(found: NonResponse) -> str:
    forms = found.returned
    return _(
        "Of {all} questionnaires {finished} were finished, {partial} partial, {broken} broken off, {empty} empty "
        "(AAPOR: more than 80 %, 50 to 80 %, less than 50 % of the questions).",
        all=forms.all,
        finished=forms.finished,
        partial=forms.partial,
        broken=forms.broken_off,
        empty=forms.empty,
    )


def _lined(batteries: tuple[Lined, ...]) -> None:
    for one in batteries:
        told(one.found)
    rows = [_row(one) for one in batteries if one.found.result]
    header = [
        _("Questions on one scale"),
        _("Respondents"),
        _("Same answer throughout"),
        _("Mean"),
        _("Mean without them"),
    ]
    if rows:
        table(header, rows, _("The same answer throughout"))
    words = _(
        "Respondents with {least} or more answers on the scale; “not applicable” is no answer. It can be honest: a "
        "customer who is content with everything may say so. A reason to look, never to delete.",
        least=LEAST_ANSWERS,
    )
    st.markdown(small(plain(words)))


def _row(one: Lined) -> list[str]:
    found, scale = one.found.result, one.battery
    assert found is not None
    named = _(
        "{count} questions, {low} to {high}",
        count=len(scale.questions),
        low=f"{scale.lowest:g}",
        high=f"{scale.highest:g}",
    )
    means = [f"{mean:.2f}" if mean is not None else "–" for mean in (found.mean, found.mean_of_others)]
    return [
        plain(named),
        f"{found.able:,}",
        f"{found.alike:,}{_(': ')}{bounded(found.share, found.low, found.high)}",
        *means,
    ]
