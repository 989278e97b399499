"""Words that the sections share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from audit.evidence import Outcome
from audit.quantity import number
from pages.components import tags
from pages.components.words import _, plain, said
from pipelines.analyses.part import Part
from pipelines.survey_soundness.found import State, Subject, Survey

SECTIONS: tuple[tuple[Subject, ...], ...] = (
    ("who",),
    ("response", "early_late"),
    ("non_response", "straight_lining"),
    ("reliability",),
    ("figures",),
    ("weights",),
)


def section(subjects: Sequence[Subject]) -> str:
    """The question that an auditor asks."""
    names = {
        "who": _("Who answered?"),
        "response": _("Who did not?"),
        "non_response": _("Did they answer seriously?"),
        "reliability": _("Do the questions measure one thing?"),
        "figures": _("How exact is the figure?"),
        "weights": _("What would weighting change?"),
    }
    return names[subjects[0]]


def state(value: State) -> str:
    return {
        "sound": tags.tag("●", _("Sound")),
        "weak": tags.tag("▣", _("Weak")),
        "stated": tags.tag("–", _("Stated, not judged")),
        "not evaluated": tags.outcome(Outcome.NOT_EVALUATED),
    }[value]


def told(part: Part[Any]) -> bool:
    """Whether there is a result; where there is none, the page says why."""
    if part.result is None and part.because:
        st.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)} {plain(said(part.because))}")
    return part.result is not None


def warnings(survey: Survey) -> list[str]:
    """Each once, in the order of the sections."""
    one_each: list[Part[Any]] = [survey.response, survey.early_late, survey.straight_lining, survey.overall]
    many: list[Part[Any]] = [
        *survey.who.values(),
        *survey.non_response.values(),
        survey.reliability,
        *survey.figures.values(),
    ]
    parts: list[Part[Any]] = [*one_each, *many, survey.weights]
    return list(dict.fromkeys(said(part.warning) for part in parts if part.warning))


def percent(value: float) -> str:
    return f"{number(value, '%', aligned=True)} %"


def bounded(value: float, low: float, high: float) -> str:
    return f"{number(value, '%', True)} % ({number(low, '%', True)}–{number(high, '%', True)})"


def coefficient(value: float | None) -> str:
    return "–" if value is None else f"{value:z.2f}"


def probability(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
