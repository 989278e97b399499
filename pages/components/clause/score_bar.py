"""The shares of what is asked, as one bar with a word beside every colour."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from audit.evidence import Outcome
from audit.score import Score, formula
from pages.components import tags
from pages.components.chart import charts
from pages.components.words import _, plain, said

NARROWEST_NAMED = 0.06
"""A narrower part of the bar has no room for words; they stand below it."""
PARTS = (
    (Outcome.MET, "met"),
    (Outcome.NOT_MET, "not_met"),
    (Outcome.NOT_EVALUATED, "not_evaluated"),
    (Outcome.NOT_APPLICABLE, "not_applicable"),
)


def score_bar(score: Score) -> None:
    """With its formula on demand, wherever it stands."""
    colours = charts.palette()
    chart = charts.figure(34, margin=dict(l=1, r=1, t=2, b=2), hovermode="closest")
    chart.update_layout(barmode="stack", bargap=0.1)
    chart.update_xaxes(visible=False, range=[0, 1.001])
    chart.update_yaxes(visible=False)
    told = []
    for outcome, part in PARTS:
        share = getattr(score, part)
        mark, word = tags.outcome_words(outcome)
        colour = tags.COLOURS[mark]
        told.append((mark, word, f"{100 * share:.0f}\N{NO-BREAK SPACE}%"))
        if share:
            chart.add_trace(
                go.Bar(
                    x=[share],
                    y=[""],
                    orientation="h",
                    name=word,
                    marker=dict(color=colours[f"{colour} fill"], line=dict(color=colours[colour], width=1)),
                    text=f"{mark} {100 * share:.0f} %" if share >= NARROWEST_NAMED else "",
                    textposition="inside",
                    insidetextanchor="middle",
                    textfont=dict(color=colours["text"]),
                    hovertemplate=f"{word}: {100 * share:.1f} %<extra></extra>",
                )
            )
    charts.draw(
        chart,
        "score",
        _("Shares of what is asked: {shares}", shares=_(", ").join(f"{word} {part}" for _mark, word, part in told)),
    )
    line = " ".join(f"{tags.tag(mark, word)} {part}" for mark, word, part in told)
    if score.majors:
        line += " " + tags.tag("■", _("not ready: {count} with a major nonconformity", count=score.majors))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(line, width="content")
        with st.popover(_("How this is computed"), type="tertiary"):
            st.markdown(plain(_("Share of what is asked, by weight. It summarises and decides nothing.")))
            st.markdown(plain(said(formula())))
