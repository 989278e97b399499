"""Whether an action moved its figure: the sentence, and the months before and after it."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from audit.errors import AuditError
from audit.finding.effect import proposal_tag
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.finding.effect_chart import effect_chart
from pages.components.states import in_words
from pages.components.words import _, plain, said
from pipelines.effects.aim import Aimed
from pipelines.effects.effectiveness import Effect, judge
from pipelines.runs import results
from pipelines.runs.run_folder import Run


def effect(action: Aimed, key: str = "") -> Effect | None:
    """What the last run says of the action; None, and why in words, where it can say nothing. `key` tells two charts
    of one page apart."""
    run = results.latest(session.workspace())
    if not action.kpi or run is None:
        words = _("The action names no figure that it should move.") if run else _("Nothing has been assessed yet")
        st.markdown(tags.muted(words))
        return None
    if _withheld(run, action):
        st.markdown(tags.muted(_("Its figure counts too few records to be shown to your role.")))
        return None
    try:
        found = judge(session.workspace(), run, action)
    except AuditError as error:
        st.error(in_words(error))
        return None
    st.markdown(f"{proposed(found.proposed)} {plain(said(found.sentence))}")
    if any(month.value is not None for month in found.months):
        _draw(found, action, key or f"effect {action.kpi} {action.by} {action.group} {action.done_on}", run.id)
    return found


def _withheld(run: Run, action: Aimed) -> bool:
    """Whether any month of the group that it is meant for is hidden from whoever looks."""
    if not action.by or session.least_shown() == 1:
        return False
    months = session.measurements(run, action.kpi, "month", action.by)
    return bool(months.loc[months["group"] == action.group, "n"].isna().any())


def proposed(proposal: str) -> str:
    """As a badge."""
    found = proposal_tag(proposal)
    return tags.tag(found.mark, said(found.word))


def _draw(found: Effect, action: Aimed, key: str, run: str) -> None:
    chart: go.Figure = effect_chart(found, action)
    charts.draw(chart, key=key, alt=said(found.sentence))
    parts = [_("Shaded: 95 % interval of each month.")]
    if found.limits:
        parts.append(_("Dashed: control limits from the months before."))
    if found.others:
        parts.append(_("Grey: the other groups taken together."))
    if any(month.value is not None and not month.evaluated for month in found.months):
        parts.append(_("Hollow: too few records to stand alone, or not to be trusted."))
    parts.append(_("Proposed from run {run}; a person concludes.", run=run))
    st.markdown(tags.small(plain(" ".join(parts))))
