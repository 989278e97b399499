"""The answer first: what is sound, what is weak, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.components import tags
from pages.components.soundness.words import SECTIONS, section, state, warnings
from pages.components.words import _, plain, said
from pipelines.survey_soundness.found import Point, Survey

WIDTHS = (2.2, 1.6, 4.4, 3.2)


def overview(survey: Survey) -> None:
    points = {point.subject: point for point in survey.points}
    heads = [_("Question"), _("State"), _("What the survey shows"), _("What to do next")]
    with st.container(key="evidence heads survey"):  # named as the lines of evidence are, which fit a narrow screen
        _line([tags.small(head) for head in heads])
    for subjects in SECTIONS:
        for subject in subjects:
            with st.container(key=f"evidence line survey {subject}"):
                _line([section(subjects) if subject == subjects[0] else "", *_cells(points[subject])])
    for warning in warnings(survey):
        st.markdown(f"{tags.tag('◷', _('Warning'))} {plain(warning)}")
    words = _("ISO sets no limit for any of this; what is called weak follows rules of thumb named below.")
    st.markdown(tags.small(words))


def _line(cells: Sequence[str]) -> None:
    for column, cell in zip(st.columns(WIDTHS), cells, strict=True):
        column.markdown(cell)


def _cells(point: Point) -> list[str]:
    words = plain(said(point.told))
    return [state(point.state), words[:1].upper() + words[1:], plain(said(point.then)) if point.then else ""]
