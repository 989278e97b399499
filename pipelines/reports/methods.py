"""What the methods of a run found as one page to hand over: sentences, tables, and how each was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Template

from audit.records import Records
from audit.text import Language, Text
from audit.wording import show, spoken
from pipelines.analyses.section import Cell, Section
from pipelines.reports.pack import environment
from pipelines.reports.told import Chapter, chapters
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


def page(workspace: Workspace, records: Records, run: Run, language: Language) -> str:
    """One HTML page that needs nothing but itself."""
    return written(chapters(workspace, run, records), workspace, run, language)


def written(told: Sequence[Chapter], workspace: Workspace, run: Run, language: Language) -> str:
    return _template().render(
        run=run,
        language=language,
        chapters=told,
        least=workspace.set_up.small_cells,
        _=lambda message, **values: spoken(message, language, **values),
        said=lambda text: text.said(language),
        cell=lambda value: _cell(value, language),
        numeric=_numeric,
        show=lambda value: show(value, language),
    )


def _numeric(section: Section, column: int) -> bool:
    """Whether its cells stand to the right, their head with them."""
    return any(isinstance(row[column], int | float) for row in section.rows)


def _cell(value: Cell, language: Language) -> str:
    if isinstance(value, Text):
        return value.said(language)
    if isinstance(value, float):
        return f"{value:z,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    return "–" if value is None else show(value, language)


@cache
def _template() -> Template:
    return environment().get_template("methods.html")
