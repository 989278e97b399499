"""What would weighting change? The figure as it was measured, and as it would be if the groups had answered alike."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import bounded, coefficient, percent, told
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.methods.raking import Weighted
from pipelines.survey_soundness.found import Survey, Weighting
from pipelines.survey_soundness.naming import dimension_text


def weighted(survey: Survey) -> None:
    if not told(survey.weights) or survey.weights.result is None:
        return
    found = survey.weights.result
    sentence = _sentence(found)
    st.markdown(plain(sentence))
    rows = [_dot(_("as measured"), found.satisfied_plain), _dot(_("weighted"), found.satisfied)]
    charts.draw(dots(rows, " %"), key="weighted", alt=sentence)
    st.markdown(small(plain(_method(found))))
    pairs = [
        (_("Satisfied customers, as measured"), found.satisfied_plain, "%"),
        (_("Satisfied customers, weighted"), found.satisfied, "%"),
        (_("Mean satisfaction, as measured"), found.mean_plain, ""),
        (_("Mean satisfaction, weighted"), found.mean, ""),
    ]
    cells = [[name, bounded(w.value, w.low, w.high) if unit else _mean(w)] for name, w, unit in pairs]
    figures = pd.DataFrame([{"figure": name, **vars(w)} for name, w, _unit in pairs])
    behind("survey-weighted", [_("Figure"), _("Value (95 % interval)")], cells, figures)


def _dot(name: str, found: Weighted) -> Dot:
    told_of = f"{name}: {bounded(found.value, found.low, found.high)}"
    return Dot(name, found.value, found.low, found.high, percent(found.value), told=told_of)


def _mean(found: Weighted) -> str:
    return f"{found.value:.2f} ({found.low:.2f}–{found.high:.2f})"


def _sentence(found: Weighting) -> str:
    return _(
        "Weighted to the customer base by {dimensions} the satisfied share would be {then} instead of {now}. "
        "The measured figure stays the one that counts.",
        dimensions=_(" and ").join(said(dimension_text(name)) for name in found.dimensions),
        then=bounded(found.satisfied.value, found.satisfied.low, found.satisfied.high),
        now=percent(found.satisfied_plain.value),
    )


def _method(found: Weighting) -> str:
    weights = found.weights
    return _(
        "Raking, converged in {rounds} rounds; weights {least} to {most}; {trimmed} answers cut at five times the "
        "mean, which leaves a margin off by {off} points; design effect {effect} (Kish), so {n} answers tell as "
        "much as {effective} of a plain sample; {left_out} answers of nobody who is a customer now are left out.",
        rounds=weights.rounds,
        least=coefficient(min(weights.weights)),
        most=coefficient(max(weights.weights)),
        trimmed=weights.trimmed,
        off=coefficient(weights.off),
        effect=coefficient(weights.design_effect),
        n=weights.n,
        effective=round(weights.effective),
        left_out=found.left_out,
    )
