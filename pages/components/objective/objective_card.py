"""One objective in the overview: how it stands, its small chart, what the last period says, and the forecast."""

from __future__ import annotations

import streamlit as st

from pages.components import session, tags
from pages.components.chart import charts
from pages.components.objective.objective_chart import objective_chart
from pages.components.objective.objective_words import (
    alt,
    outlook,
    owner,
    period_name,
    reached,
    sentence,
    since_words,
)
from pages.components.words import _, plain, said
from pipelines.targets.objectives import Judged, named


def objective_card(judged: Judged) -> None:
    objective = judged.objective
    st.markdown(f"**{plain(objective.title)}**  \n{tags.small(plain(said(named(judged))))}")
    for line in _standing(judged):
        st.markdown(line)
    if judged.periods:
        charts.draw(objective_chart(judged), key=f"objective {objective.id}", alt=alt(judged))
    st.markdown(plain(sentence(judged)))
    if judged.forecast:
        st.markdown(f"{outlook(judged.forecast)} {tags.small(plain(said(judged.forecast.because)))}")
    st.markdown(f"{tags.small(plain(since_words(objective.targets[-1])))}  \n{tags.small(owner(judged))}")
    session.link("objectives", _("Look at it") + " →", objective=objective.id)


def _standing(judged: Judged) -> list[str]:
    """The last period that is over, with its name: never a badge without the time it speaks of."""
    latest = judged.latest
    if latest is None:
        return [f":gray-badge[… {_('no full period yet')}]"]
    return [f"{tags.small(period_name(judged, latest))} {reached(latest)}"]
