"""One scorecard in the overview: what is major, the score with its word, how it moved, and the way to its parts."""

from __future__ import annotations

import streamlit as st

from pages.components import session, tags
from pages.components.chart import charts
from pages.components.scorecard import scorecard_words as words
from pages.components.scorecard.scorecard_chart import alt, scorecard_chart
from pages.components.words import _, plain, said
from pipelines.targets.scorecards import Judged, trend


def scorecard_card(judged: Judged) -> None:
    card, latest = judged.card, judged.latest
    st.markdown(f"**{plain(card.title)}**  \n{tags.small(words.owner(judged))}")
    if judged.majors:
        st.markdown(words.major_badge(judged.majors))
    if latest is None:
        st.markdown(plain(said(judged.silent)) if judged.silent else "")
    else:
        told = _("{points} of 100", points=words.points(latest.score))
        name = tags.small(words.period_name(judged, latest))
        st.markdown(f"{name} **{plain(told)}** {words.standing(latest.score)}")
        charts.draw(scorecard_chart(judged), key=f"scorecard {card.id}", alt=alt(judged, words.said_by(judged)))
        if moved := trend(judged):
            st.markdown(tags.small(plain(said(moved))))
        _missing(judged)
    session.link("scorecard", _("Open its parts") + " →", scorecard=card.id)


def _missing(judged: Judged) -> None:
    latest = judged.latest
    silent = [part for part in latest.score.parts if part.level is None] if latest else []
    if silent:
        told = _("Not evaluated: {count} of {all} indicators", count=len(silent), all=len(judged.card.indicators))
        st.markdown(tags.small(plain(told)))
