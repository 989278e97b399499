"""The gap analysis as one page to hand over: what is missing, why it matters, who does what until when."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from audit.readiness import effort_word, priority_word
from audit.records import Records
from audit.records.auditing import audits
from audit.score import formula, score
from audit.signing.signed_told import value_word
from audit.tag import grade_tag, outcome_tag, verdict_tag
from audit.text import Language
from audit.wording import show, spoken
from pipelines.readiness.gap_analysis import concluded, planned
from pipelines.reports.facts import fact_told, facts, sources
from pipelines.reports.pack import environment
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


def page(workspace: Workspace, records: Records, run: Run, language: Language) -> str:
    """One HTML page that needs nothing but itself."""
    asked = workspace.checklist(run.edition, run.packs)
    stated = facts(asked)
    return _template().render(
        run=run,
        language=language,
        rows=planned(records, run),
        score=score([requirement for clause in run.clauses for requirement in clause.requirements], concluded(records)),
        formula=formula(),
        standard=asked.standard,
        packs=asked.packs,
        _=lambda message, **values: spoken(message, language, **values),
        said=lambda text: text.said(language),
        show=lambda value: show(value, language),
        percent=lambda share: f"{100 * share:.0f}\N{NO-BREAK SPACE}%",
        outcome=outcome_tag,
        verdict=verdict_tag,
        grade=grade_tag,
        effort=effort_word,
        audit=audits.opened(records),
        signing_in=records.signing_in,
        facts=stated,
        fact=lambda found: fact_told(found, language),
        edition=lambda name: value_word("edition", name).said(language),
        sources=sources(workspace, stated),
        priority=priority_word,
    )


@cache
def _template() -> Template:
    return environment().get_template("gap.html")
