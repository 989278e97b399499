"""Voice of customer: how satisfied customers are, where they got less than they expected, and what moves them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pages.components import session
from pages.components.drivers.section import drivers
from pages.components.elements.section import elements
from pages.components.frame import page
from pages.components.gaps.section import gaps
from pages.components.progress import run_again
from pages.components.satisfaction_index.section import satisfaction_index
from pages.components.service_profit.section import service_profit
from pages.components.themes.section import themes
from pages.components.words import _
from pipelines import analyses
from pipelines.methods.driver_words import by_part, near
from pipelines.methods.gap_words import clearly_short, dimension_name
from pipelines.methods.key_drivers import KeyDrivers

SECTIONS: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("satisfaction_index", satisfaction_index),
    ("expectation_gaps", gaps),
    ("key_drivers", drivers),
    ("elements", elements),
    ("themes", themes),
    ("service_profit", service_profit),
)
"""The analysis that a run kept, and what draws it with its header; in the order of the page."""


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    found = {name: analyses.of_run(name, workspace.runs / run.id) for name, _draw in SECTIONS}
    with page(_answer(found), _("Voice of customer"), [("overview", _("Overview"))]):
        if None in found.values():
            run_again(_("The last run was made before all of this was looked into. Run the assessment again."))
        for name, draw in SECTIONS:
            if found[name] is not None:
                draw(found[name])


def _answer(found: dict[str, Any]) -> str:
    """By the gaps, for they say where; else by the drivers."""
    gaps_of, moving = found.get("expectation_gaps"), found.get("key_drivers")
    if gaps_of and gaps_of.gaps.result:
        short = clearly_short(gaps_of.gaps.result.dimensions)
        if not short:
            return _("No dimension of service clearly falls short of what customers expect")
        return _(
            "Customers get less than they expect, above all in {dimension}", dimension=dimension_name(short[0].name)
        )
    if moving and moving.driving.result:
        return _drivers(moving.driving.result.drivers)
    return _("What customers say, and what moves them")


def _drivers(found: KeyDrivers) -> str:
    if not found.shown:
        return _("What customers say, and what moves them")
    first = by_part(found)[0].driver
    if near(found):
        return _("Satisfaction goes most with {driver}, though others may come first", driver=first)
    return _("Satisfaction goes most with {driver}", driver=first)


main()
