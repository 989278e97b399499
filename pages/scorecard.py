"""The scorecards: what is major first, then what each comes to, and the way to its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.records.targets import scorecards
from audit.targets.scorecard import Scorecard
from pages.components import session, tags
from pages.components.frame import page
from pages.components.scorecard.one_scorecard import one_scorecard
from pages.components.scorecard.scorecard_card import scorecard_card
from pages.components.scorecard.scorecard_files import period_file, scorecards_file
from pages.components.scorecard.scorecard_form import scorecard_form
from pages.components.scorecard.scorecard_words import answer, ordered, title
from pages.components.table import table
from pages.components.words import _, plain, shown
from pipelines.runs.run_folder import Run
from pipelines.targets.scorecards import Judged, judged


def main() -> None:
    workspace = session.workspace()
    every, run = scorecards.every(session.records(workspace)), session.latest(workspace)
    counting = [each for each in every if each.retired_on is None or each.retired_on >= dt.date.today()]
    above = [("overview", _("Overview"))]
    if run is None:
        with page(_unmeasured(counting), _("Scorecard"), above):
            _without_run(counting)
        return
    if asked := next((each for each in every if each.id == st.query_params.get("scorecard", "")), None):
        st.query_params["scorecard"] = asked.id  # a link from this page to itself does not change the address
        one = _judged(run, [asked])[0]
        with page(title(one), asked.id, [*above, ("scorecard", _("Scorecard"))]):
            one_scorecard(one, run)
        return
    found = _judged(run, counting)
    with page(answer(found), _("Scorecard"), above):
        _overview(found, run, every) if found else _nothing()
        _retired([each for each in every if each not in counting])
        _set(run, bool(found))


def _judged(run: Run, every: Sequence[Scorecard]) -> list[Judged]:
    return judged(
        session.workspace(), run, session.records(), every, lambda kpi, grain: session.measurements(run, kpi, grain)
    )


def _overview(found: Sequence[Judged], run: Run, every: Sequence[Scorecard]) -> None:
    st.markdown(
        tags.small(_("Run {run}, data to {day}. Major nonconformities first, then the lowest score.", run=run.id,
                     day=run.ends))
    )  # fmt: skip
    grid = st.grid(3, min_column_width=300, gap="medium")
    for each in ordered(found):
        with grid.cell(), st.container(border=True):
            scorecard_card(each)
    with st.container(horizontal=True):
        st.download_button(_("Download CSV"), period_file(found), "scorecards.csv", "text/csv", on_click="ignore")
        st.download_button(
            _("Download as YAML"), scorecards_file(every), "scorecards.yaml", "text/yaml", on_click="ignore"
        )


def _nothing() -> None:
    st.markdown(
        _(
            "A scorecard sums up by what a department is judged: indicators, each with a weight and levels that you "
            "set. It opens to its parts, says what is missing of them, and never stands without the major "
            "nonconformities. Begin with three measures that customers notice."
        )
    )


def _unmeasured(counting: Sequence[Scorecard]) -> str:
    if not counting:
        return _("No scorecard is set yet")
    return _("Scorecards set: {count}. Nothing has been measured yet", count=len(counting))


def _without_run(counting: Sequence[Scorecard]) -> None:
    if not counting:
        _nothing()
    else:
        rows = [[plain(each.title), plain(each.department), plain(each.owner)] for each in counting]
        table([_("Scorecard"), _("Department"), _("Owner")], rows, _("Scorecard"))
    st.markdown(_("What they come to is told by a run over the data, and there is none yet."))
    session.link("data", _("Load data") + " →")
    _set(None, bool(counting))


def _retired(every: Sequence[Scorecard]) -> None:
    if not every:
        return
    with st.expander(_("Retired scorecards ({count})", count=len(every))):
        for each in every:
            last = _("until {day}", day=shown(each.retired_on))
            st.markdown(f"{plain(each.title)} {tags.small(plain(f'{each.id} · {last}'))}")
            session.link("scorecard", _("Look at it") + " →", scorecard=each.id)


def _set(run: Run | None, before: bool) -> None:
    if not session.may(scorecards.ACTION):
        if not before:
            st.markdown(tags.muted(_("Quality managers set, change and retire scorecards.")))
        return
    if before:
        with st.expander(_("Set another scorecard")):
            scorecard_form(run)
    else:
        scorecard_form(run)


main()
