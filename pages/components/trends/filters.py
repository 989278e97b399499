"""What a reader looks for among all figures; it stands in the URL as codes, so that a link works in every language."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.checklist import by_number
from pages.components import session
from pages.components.chart.period import GRAINS, grain_name
from pages.components.chosen import buttons, choice, chosen, keep, written
from pages.components.trends.order import Asked
from pages.components.trends.series import Series
from pages.components.words import _, said
from pipelines import definitions
from pipelines.readiness.by_group import process_of
from pipelines.runs import results
from pipelines.runs.run_folder import Run

ALL = "all"
VIEWS = ("pictures", "table")
SHOWN = ("all", "signals")


def grains(run: Run) -> list[str]:
    """Those that the run measured; a fiscal year only where it is not the calendar's."""
    measured = set(results.measurements(session.workspace(), run.id, by="")["grain"])
    return [grain for grain in GRAINS if grain in measured]


def grain(run: Run) -> str:
    return chosen("grain", grains(run) or list(GRAINS), "month")


def asked(found: Sequence[Series]) -> Asked:
    subject = chosen("subject", [ALL, *_subjects(found)], ALL)
    clause = chosen("clause", [ALL, *_clauses(found)], ALL)
    only = chosen("only", SHOWN, ALL) == "signals"
    return Asked("" if subject == ALL else subject, "" if clause == ALL else clause, only, written("find"))


def as_table() -> bool:
    return st.query_params.get("view") == "table"


def draw(found: Sequence[Series], run: Run) -> None:
    chosen("view", VIEWS, VIEWS[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Find a measure"), key="find", width=200, on_change=keep, args=("find",))
        choice("subject", _("Subject"), [ALL, *_subjects(found)], _subject, width=220)
        choice(
            "clause", _("Clause"), [ALL, *_clauses(found)], lambda name: _("All") if name == ALL else name, width=120
        )
        buttons("grain", _("Period"), grains(run), grain_name)
        buttons("only", _("Show"), SHOWN, lambda name: _("Only signals") if name == "signals" else _("All"))
        buttons("view", _("As"), VIEWS, lambda name: _("Table") if name == "table" else _("Pictures"))


def _subjects(found: Sequence[Series]) -> list[str]:
    """What a figure counts, by the source that keeps it."""
    return sorted({process_of(each.kpi) for each in found}, key=_subject)


def _subject(name: str) -> str:
    known = definitions.sources()
    return _("All") if name == ALL else said(known[name].title) if name in known else name


def _clauses(found: Sequence[Series]) -> list[str]:
    return sorted({clause for each in found for clause in each.kpi.clauses}, key=by_number)
