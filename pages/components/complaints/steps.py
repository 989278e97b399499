"""Where the chain of steps that a complaint should go through breaks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.complaints.bars import bars
from pages.components.complaints.words import step_word
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.complaints.found import Complaints


def steps(found: Complaints) -> None:
    st.header(_("Where the chain breaks"), anchor=False)
    if found.unproven_steps:
        st.markdown(plain(said(found.unproven_steps)))
        return
    closed = found.steps[0].of if found.steps else 0
    if not closed:
        st.markdown(_("No complaint was closed in the period."))
        return
    sentence = _sentence(found)
    st.markdown(plain(sentence))
    names = [step_word(each.name) for each in found.steps]
    shares = [100 * each.taken / closed for each in found.steps]
    labels = [_("{taken} of {closed}", taken=each.taken, closed=closed) for each in found.steps]
    parts = [(_("share"), shares, "accent"), (_("missing"), [100 - share for share in shares], "bars")]
    charts.draw(bars(names, parts, labels, " %"), key="steps", alt=sentence)
    told = _(
        "Complaints closed in the period, with each step on record. Not every complaint needs a corrective action: "
        "a reason why not counts."
    )
    st.markdown(small(told))
    rows = [[name, f"{each.taken:,}", f"{each.of:,}"] for name, each in zip(names, found.steps, strict=True)]
    figures = pd.DataFrame([vars(each) for each in found.steps])
    behind("complaints-steps", [_("Step"), _("On record"), _("Closed complaints")], rows, figures)


def _sentence(found: Complaints) -> str:
    least = min(found.steps, key=lambda each: each.taken)
    return _(
        "Of {closed} complaints closed in the period, the step most often missing is “{step}”: {taken} have it.",
        closed=least.of,
        step=step_word(least.name),
        taken=least.taken,
    )
