"""Complaints: how many wait and how long, what comes in and is closed, what they are about, and which come back."""

from __future__ import annotations

import streamlit as st

from pages.components import session, tags
from pages.components.complaints.ageing import ageing
from pages.components.complaints.flow import flow
from pages.components.complaints.pareto import pareto
from pages.components.complaints.repeats import repeats
from pages.components.complaints.steps import steps
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.words import _, plain, said
from pipelines.complaints.found import Complaints, found


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    seen = found(workspace.runs / run.id)
    with page(_answer(seen), _("Complaints"), [("overview", _("Overview"))]):
        if seen is None:
            run_again(_("The last run was made before complaints were looked into. Run the assessment again."))
            return
        st.markdown(tags.small(_("{starts} to {ends}", starts=seen.starts, ends=seen.ends)))
        if seen.not_evaluated:
            st.markdown(plain(said(seen.not_evaluated)))
            session.link("data", _("Load data") + " →", view="load")
            return
        if seen.warning:
            st.markdown(f"{tags.tag('◷', _('Warning'))} {plain(said(seen.warning))}")
        ageing(seen)
        flow(run)
        pareto(seen)
        repeats(seen)
        steps(seen)
        session.link("kpi_trends", _("All measures of complaints") + " →", kpi="complaint_rate")


def _answer(seen: Complaints | None) -> str:
    if seen is None or seen.not_evaluated:
        return _("Complaints are not evaluated")
    late = sum(band.overdue for band in seen.ageing)
    if not seen.open:
        return _("No complaint is open")
    if not late:
        return _("{count} complaints are open, none past the promised day", count=seen.open)
    return _("{count} complaints are open, {late} past the promised day", count=seen.open, late=late)


main()
