"""What a report that leaves the house says of the standard beside a requirement: how sure it is, and from where."""

from __future__ import annotations

from audit.checklist import Altered, Checklist, Stated
from audit.stated_words import change_word, confidence_word
from audit.text import Language
from audit.wording import spoken
from pipelines.checklists.cited import cited
from pipelines.workspace import Workspace


def facts(asked: Checklist) -> dict[str, Stated]:
    """Requirement -> what is stated of it; requirements whose text is known have none."""
    every = [requirement for clause in asked.clauses for requirement in clause.requirements]
    return {each.id: fact for each in every if (fact := each.altered or each.stated)}


def fact_told(fact: Stated, language: Language) -> str:
    """As in "Change: new · high confidence · [S4, S5]"."""
    change = (
        [f"{spoken('Change', language)}: {change_word(fact.change).said(language)}"]
        if isinstance(fact, Altered)
        else []
    )
    sources = [f"[{', '.join(fact.sources)}]"] if fact.sources else []
    return " · ".join([*change, confidence_word(fact.confidence).said(language), *sources])


def sources(workspace: Workspace, stated: dict[str, Stated]) -> list[tuple[str, str]]:
    """Code -> what it is and where it stands."""
    known = cited(workspace.layers)
    named = {code for fact in stated.values() for code in fact.sources} & known.keys()
    return [(code, f"{known[code].what} {known[code].address}") for code in sorted(named)]
