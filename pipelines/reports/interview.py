"""The interview sheet: the questions of a clause for one role, to print and to write on."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from audit.checklist import Clause
from audit.rule import Role
from audit.sentence import role_word
from audit.text import LANGUAGES, Language
from audit.wording import spoken
from pipelines.reports.pack import environment
from pipelines.workspace import Workspace


def sheet(workspace: Workspace, clauses: list[Clause], role: Role, language: Language | None = None) -> str:
    """One HTML page that needs nothing but itself. Without a language each question stands in both."""
    languages: tuple[Language, ...] = (language,) if language else LANGUAGES
    asked = [
        (clause, [(r, [q for q in r.ask_people if q.to == role]) for r in clause.requirements]) for clause in clauses
    ]
    return _template().render(
        organisation=workspace.set_up.organisation,
        languages=languages,
        clauses=[(clause, [(r, questions) for r, questions in rows if questions]) for clause, rows in asked],
        role=role_word(role),
        _=lambda message, **values: spoken(message, languages[0], **values),
        said=lambda text: [text.said(each) for each in languages],
    )


@cache
def _template() -> Template:
    return environment().get_template("interview.html")
