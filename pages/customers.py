"""Customers: who comes and who stays, who brings the revenue, who speaks for us, and of whom nothing is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components import session, tags
from pages.components.customers.cohorts import cohorts
from pages.components.customers.few_bring_most import few_bring_most
from pages.components.customers.ladder import ladder
from pages.components.customers.silent import silent
from pages.components.customers.staying import staying
from pages.components.customers.worth import worth
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.words import _
from pipelines import analyses

SECTIONS: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("customer_base", cohorts),
    ("customer_base", staying),
    ("customer_base", few_bring_most),
    ("customer_base", ladder),
    ("customer_base", silent),
    ("lifetime_value", worth),
)
"""The analysis that a run kept, and what draws it with its header; in the order of the page."""


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    found = {name: analyses.of_run(name, workspace.runs / run.id) for name, _draw in SECTIONS}
    with page(_answer(found.get("customer_base")), _("Customers"), [("overview", _("Overview"))]):
        st.markdown(tags.small(_("{starts} to {ends}", starts=run.starts, ends=run.ends)))
        if None in found.values():
            run_again(_("The last run was made before all of this was looked into. Run the assessment again."))
        for name, draw in SECTIONS:
            if found[name] is not None:
                draw(found[name])
        session.link("measure", _("Retention over time") + " →", kpi="retention_rate")
        session.link("data", _("Load data") + " →", view="load")


def _answer(found: Any) -> str:
    if found is None or found.silent.result is None:
        return _("Who stays, who brings the revenue, and who has fallen silent")
    one = found.silent.result
    return _(
        "Nothing was heard of {count} of {n} customers for {months} months", count=one.whole.count, n=one.whole.n,
        months=one.months,
    )  # fmt: skip


main()
