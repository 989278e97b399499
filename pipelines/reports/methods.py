"""What the methods of a run found as one page to hand over: sentences, tables, and how each was found."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from audit.text import Language, Text
from audit.wording import show, spoken
from pipelines import analyses
from pipelines.analyses.section import Cell
from pipelines.reports.pack import environment
from pipelines.run_folder import Run
from pipelines.workspace import Workspace


def page(workspace: Workspace, run: Run, language: Language) -> str:
    """One HTML page that needs nothing but itself."""
    return _template().render(
        run=run,
        language=language,
        sections=analyses.sections(workspace.runs / run.id),
        _=lambda message, **values: spoken(message, language, **values),
        said=lambda text: text.said(language),
        cell=lambda value: _cell(value, language),
        number=lambda value: isinstance(value, int | float),
        show=lambda value: show(value, language),
    )


def _cell(value: Cell, language: Language) -> str:
    if isinstance(value, Text):
        return value.said(language)
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    return "–" if value is None else show(value, language)


@cache
def _template() -> Template:
    return environment().get_template("methods.html")
