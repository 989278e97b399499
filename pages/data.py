"""Which source holds which verdict back, what came in and what was refused, and the way in for a new file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.load import Load
from audit.records import loads
from pages.components import session
from pages.components.chosen import buttons, chosen
from pages.components.frame import page
from pages.components.guided.draft import at_work
from pages.components.loading.contract import contract
from pages.components.loading.load_list import load_list
from pages.components.loading.load_words import balance, gate_summary, standing
from pages.components.loading.source_state import SourceState, source_state
from pages.components.loading.upload import upload
from pages.components.progress import run_again
from pages.components.table import code, table
from pages.components.tags import muted, small, tag
from pages.components.words import _, plain, said, shown
from pipelines import definitions
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

VIEWS = ("load", "loads", "contract")


def main() -> None:
    workspace = session.workspace()
    run = results.latest(workspace)
    every = loads.every(session.records(workspace))
    states = _states(workspace, run, every)
    used = [state for state in states if state.in_use]
    offered = [state.source.name for state in sorted(states, key=lambda state: not state.in_use)]
    view = chosen("view", VIEWS, "load")
    with page(_answer(used), _("Data"), [("overview", _("Overview"))]):
        if not (view == "load" and at_work()):
            _basis(run, every)
            _sources(used, run, len(states) - len(used))
        names = {"load": _("Load a file"), "loads": _("Files so far"), "contract": _("What a file must look like")}
        buttons("view", _("More"), VIEWS, names.__getitem__, labelled=False)
        views = {
            "load": lambda: upload(offered),
            "loads": lambda: load_list(workspace, every),
            "contract": lambda: contract(offered),
        }
        views[view]()


def _states(workspace: Workspace, run: Run | None, every: Sequence[Load]) -> list[SourceState]:
    as_of = run.as_of if run else workspace.set_up.as_of or dt.date.today()
    newest = run.newest if run else {}
    checklist = workspace.checklist()
    sources = definitions.sources().values()
    return [source_state(s, every, newest, as_of, results.rests_on(s.name, checklist)) for s in sources]


def _answer(states: Sequence[SourceState]) -> str:
    """The title: whether data holds a verdict back, and which source does."""
    holding = [said(state.source.title) for state in states if state.holds_back]
    if not any(state.last for state in states):
        return _("No data has been loaded yet")
    if not holding:
        return _("No source holds a verdict back")
    if len(holding) == 1:
        return _("1 of {count} sources holds verdicts back: {names}", count=len(states), names=holding[0])
    return _(
        "{holding} of {count} sources hold verdicts back: {names}",
        holding=len(holding), count=len(states), names=_(", ").join(holding),
    )  # fmt: skip


def _basis(run: Run | None, every: Sequence[Load]) -> None:
    """What the verdicts rest on, and the button for a new run where more has come in since."""
    newer = run is None or any(
        load.published and (load.version or 0) > run.versions.get(load.source, -1) for load in every
    )
    words = _("Last run {run}, data as of {date}", run=run.id, date=run.as_of) if run else _("No run yet")
    mark = f" {tag('◷', _('data came in after this run'))}" if newer and run else ""
    run_again(muted(words) + mark, urgent=newer, offered=bool(every))


def _sources(states: Sequence[SourceState], run: Run | None, others: int) -> None:
    """`others` is the number of sources that nothing rests on and nobody has loaded."""
    header = [_("Source"), _("State"), _("At the last run"), _("Last file"), _("Gate"), _("Clauses that rest on it")]
    rows = run.rows if run else {}
    table(header, [_row(state, rows.get(state.source.name)) for state in states], _("Sources"))
    if others:
        words = _(
            "Sources that can be loaded too, though no clause of your checklist rests on them: {count}", count=others
        )
        st.markdown(muted(words))


def _row(state: SourceState, rows: int | None) -> list[str]:
    source, last = state.source, state.last
    return [
        f"**{plain(said(source.title))}**  \n{small(plain(said(source.owner)))}",
        standing(state),
        _held(state, rows),
        f"{code(last.file, 40)} {shown(last.received_at)}  \n{small(balance(last))}" if last else _("none yet"),
        gate_summary(last.gate) if last else "–",
        ", ".join(state.clauses) or "–",
    ]


def _held(state: SourceState, rows: int | None) -> str:
    """Rows, and the age of the newest against what the contract promises."""
    if rows is None:
        return "–"
    told = _("{rows} rows", rows=rows)
    if state.newest is None:
        return told
    promised = state.source.stale_after
    age = _("newest of {date}, {age} old", date=state.newest, age=state.age)
    most = _("at most {promised} promised", promised=promised) if promised else _("no limit of age is promised")
    return f"{told}  \n{small(age + _('; ') + most)}"


main()
