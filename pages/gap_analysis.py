"""What is missing, where, how mature it is, what would change it, and what will grow old."""

from __future__ import annotations

import streamlit as st

from audit.readiness import Priority
from audit.score import score
from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.clause.score_bar import score_bar
from pages.components.frame import page
from pages.components.gap.expiry import expiry
from pages.components.gap.gap_list import gap_list
from pages.components.gap.heat_map import heat_map
from pages.components.gap.levers import what_if_levers
from pages.components.gap.maturity import maturity_levels
from pages.components.words import _
from pipelines.readiness.gap_analysis import Planned, concluded, planned

VIEWS = ("gaps", "groups", "maturity", "what-if", "expiry")


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    rows = planned(session.records(workspace), run)
    view = chosen("view", VIEWS, VIEWS[0])
    found = score([r for clause in run.clauses for r in clause.requirements], concluded(session.records(workspace)))
    with page(_answer(rows), _("Gap analysis"), [("overview", _("Overview"))]):
        if found:
            score_bar(found)
        buttons("view", _("View"), VIEWS, _name, labelled=False)
        views = {
            "gaps": lambda: gap_list(run, rows),
            "groups": lambda: heat_map(run),
            "maturity": lambda: maturity_levels(run),
            "what-if": lambda: what_if_levers(run, found),
            "expiry": lambda: expiry(run),
        }
        views[view]()
        st.markdown(tags.small(_("A gap analysis helps to prepare; it is no audit and no certification decision.")))


def _name(view: str) -> str:
    return {
        "gaps": _("Gaps"),
        "groups": _("Clause by group"),
        "maturity": _("Maturity"),
        "what-if": _("What if"),
        "expiry": _("What grows old"),
    }[view]


def _answer(rows: list[Planned]) -> str:
    def count(priority: Priority) -> int:
        return sum(each.gap.priority == priority for each in rows)

    if not rows:
        return _("No gap: everything that is asked is shown")
    return _(
        "{count} gaps: {first} to close first, {next} that nobody can judge yet, {later} for later",
        count=len(rows), first=count("first"), next=count("next"), later=count("later"),
    )  # fmt: skip


main()
