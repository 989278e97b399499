"""The quality objectives: which were attained, where each is heading, and who set what, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.records.targets import objectives
from audit.targets.objective import Objective, in_force
from pages.components import session, tags
from pages.components.frame import page
from pages.components.objective.objective_card import objective_card
from pages.components.objective.objective_files import objectives_file, period_file
from pages.components.objective.objective_words import answer, ordered, target_words, title
from pages.components.objective.one_objective import one_objective
from pages.components.objective.set_form import set_form
from pages.components.table import table
from pages.components.words import _, plain, shown
from pipelines.runs.run_folder import Run
from pipelines.targets.objectives import Judged, judged


def main() -> None:
    workspace = session.workspace()
    every, run = objectives.every(session.records(workspace)), session.latest(workspace)
    counting = in_force(every, dt.date.today())
    if run is None:
        with page(_unmeasured(counting), _("Objectives"), [("overview", _("Overview"))]):
            _without_run(counting)
        return
    if asked := next((each for each in every if each.id == st.query_params.get("objective", "")), None):
        st.query_params["objective"] = asked.id  # a link from this page to itself does not change the address
        one = _judged(run, [asked])[0]
        with page(title(one), asked.id, [("overview", _("Overview")), ("objectives", _("Objectives"))]):
            one_objective(one)
        return
    found = _judged(run, counting)
    with page(answer(found), _("Objectives"), [("overview", _("Overview"))]):
        if not every:
            _nothing()
        if found:
            _overview(found, run, every)
        _retired([each for each in every if each not in counting])
        _set(run, bool(every))


def _judged(run: Run, every: Sequence[Objective]) -> list[Judged]:
    return judged(session.workspace(), run, every, lambda kpi, grain: session.measurements(run, kpi, grain))


def _overview(found: Sequence[Judged], run: Run, every: Sequence[Objective]) -> None:
    st.markdown(
        tags.small(
            _("Run {run}, data to {day}. Not attained first, then what is heading there.", run=run.id, day=run.ends)
        )
    )
    grid = st.grid(3, min_column_width=300, gap="medium")
    for each in ordered(found):
        with grid.cell(), st.container(border=True):
            objective_card(each)
    with st.container(horizontal=True):
        st.download_button(_("Download CSV"), period_file(found), "objectives.csv", "text/csv", on_click="ignore")
        st.download_button(
            _("Download as YAML"), objectives_file(every), "objectives.yaml", "text/yaml", on_click="ignore"
        )


def _nothing() -> None:
    st.markdown(
        _(
            "An objective says what a measure should reach, from when, and who answers for it. The standard asks for "
            "objectives that can be measured (6.2); which ones, and how high, is yours to decide. Begin with one that "
            "matters to customers."
        )
    )


def _unmeasured(counting: Sequence[Objective]) -> str:
    if not counting:
        return _("No quality objective is set yet")
    return _("Objectives set: {count}. Nothing has been measured yet", count=len(counting))


def _without_run(counting: Sequence[Objective]) -> None:
    if not counting:
        _nothing()
    else:
        rows = [[plain(each.title), plain(target_words(each.targets[-1])), plain(each.owner)] for each in counting]
        table([_("Objective"), _("Target"), _("Owner")], rows, _("Objectives"))
    st.markdown(_("Whether they are attained is told by a run over the data, and there is none yet."))
    session.link("data", _("Load data") + " →")
    _set(None, bool(counting))


def _retired(every: Sequence[Objective]) -> None:
    if not every:
        return
    with st.expander(_("Retired objectives ({count})", count=len(every))):
        for each in every:
            last = _("until {day}", day=shown(each.retired_on))
            st.markdown(f"{plain(each.title)} {tags.small(plain(f'{each.id} · {last}'))}")
            session.link("objectives", _("Look at it") + " →", objective=each.id)


def _set(run: Run | None, before: bool) -> None:
    if not session.may(objectives.ACTION):
        if not before:
            st.markdown(tags.muted(_("Quality managers set, change and retire objectives.")))
        return
    if before:
        with st.expander(_("Set another objective")):
            set_form(run)
    else:
        set_form(run)


main()
