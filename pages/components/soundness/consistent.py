"""Do the questions measure one thing? Alpha with its interval, omega, and what each question adds."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import coefficient, told
from pages.components.table import code
from pages.components.tags import small, tag
from pages.components.words import _, plain
from pipelines.methods.reliability import Question, Reliability
from pipelines.survey_soundness.found import Survey
from pipelines.survey_soundness.points import RELIABLE


def consistent(survey: Survey) -> None:
    found: dict[str, Reliability] = {}
    if told(survey.reliability):
        for scale in survey.reliability.result or ():
            name = scale.battery.driver or _(
                "all questions, {low} to {high}", low=f"{scale.battery.lowest:g}", high=f"{scale.battery.highest:g}"
            )
            st.markdown(f"**{plain(name)}**") if scale.found.result is None else None
            if told(scale.found) and scale.found.result:
                found[name] = scale.found.result
    if told(survey.overall) and survey.overall.result:
        found[_("overall questions")] = survey.overall.result
    if found:
        _picture(found)


def _picture(found: dict[str, Reliability]) -> None:
    sentence = _("; ").join(_told(name, one) for name, one in found.items())
    st.markdown(plain(sentence) + _("."))
    rows = [
        Dot(
            name,
            one.alpha,
            one.low,
            one.high,
            coefficient(one.alpha),
            one.omega,
            _told(name, one),
            one.alpha < RELIABLE,
        )
        for name, one in found.items()
    ]
    charts.draw(dots(rows), key="alpha", alt=sentence)
    words = _(
        "Dot: Cronbach's alpha with Feldt's 95 % interval. Ring: McDonald's omega, where one factor holds. Below "
        "0.70 is called weak (Nunnally and Bernstein, 1994). Who left a question open is left out, not counted as "
        "zero. The overall questions have scales of their own, so they are standardised first."
    )
    st.markdown(small(plain(words)))
    header = [_("Together"), _("Question"), _("Correlation with the rest"), _("Alpha without it"), _("Loading"), ""]
    cells = [_row(name, question, one) for name, one in found.items() for question in one.questions]
    figures = [{"together": name} | asdict(question) for name, one in found.items() for question in one.questions]
    behind("reliability", header, cells, pd.DataFrame(figures))


def _told(name: str, one: Reliability) -> str:
    return _(
        "{name}: alpha {alpha} ({low} to {high}), omega {omega}, n = {n}",
        name=name,
        alpha=coefficient(one.alpha),
        low=coefficient(one.low),
        high=coefficient(one.high),
        omega=coefficient(one.omega),
        n=one.n,
    )


def _row(name: str, question: Question, one: Reliability) -> list[str]:
    turned = tag("▣", _("runs the other way")) if question.question in one.opposite else ""
    figures = (question.with_rest, question.alpha_without, question.loading)
    return [plain(name), code(question.question), *map(coefficient, figures), turned]
