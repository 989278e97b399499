"""The evidence pack: what a certification auditor receives, readable offline, and checked by one list of sums."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from audit import review
from audit.assessment import clause_conclusion
from audit.evidence import Answer, Evidence, Outcome
from audit.finding import finding_tag
from audit.records import Records
from audit.records.auditing import decisions
from audit.records.auditing.decisions import Decision
from audit.sentence import kind_word, status_word, with_interval
from audit.signing.signed_told import value_word
from audit.signing.signed_words import meaning_word, signer_word, thing_word
from audit.tag import grade_tag, outcome_tag, verdict_tag
from audit.text import LANGUAGES, Language
from audit.wording import show, spoken
from pipelines.measuring.lineage import read_by
from pipelines.reports.archive import packed
from pipelines.reports.facts import fact_told, facts, sources
from pipelines.reports.pack_audit import Held, held, recorded_json, signatures_json
from pipelines.reports.pack_findings import evidence_told, extent_told, moved_told
from pipelines.reports.pack_run import frozen
from pipelines.runs import results
from pipelines.runs.run_folder import DOCUMENTS, Run
from pipelines.signing.signature_standing import standing_word
from pipelines.workspace import Workspace

TEMPLATES = Path(__file__).parent


def build(workspace: Workspace, records: Records, run: Run) -> bytes:
    """The pack of a run as a zip. The same run and the same records give the same bytes."""
    told = held(workspace, records)
    concluded = decisions.current(records, upto=told.seq)
    files = {
        **frozen(workspace, run.id),
        **recorded_json(told.audit, concluded, told.head, told.followed),
        "signatures.json": signatures_json(told.every),
    }
    for language in LANGUAGES:
        files[f"assessment.{language}.html"] = page(workspace, records, run, concluded, language, told).encode()
    return packed(files)


def page(
    workspace: Workspace,
    records: Records,
    run: Run,
    concluded: dict[str, Decision],
    language: Language,
    told: Held | None = None,
) -> str:
    """The assessment as one HTML page that needs nothing but itself."""

    def word(message: str, **values: object) -> str:
        return spoken(message, language, **values)

    conclusions = {
        clause.clause: clause_conclusion(
            [concluded[r.id].concluded if r.id in concluded else None for r in clause.requirements]
        )
        for clause in run.clauses
    }
    asked = workspace.checklist(run.edition, run.packs)
    stated, told = facts(asked), told or held(workspace, records)
    return _template().render(
        run=run,
        language=language,
        _=word,
        said=lambda text: text.said(language),
        show=lambda value: show(value, language),
        verdict=verdict_tag,
        outcome=outcome_tag,
        unjudged=outcome_tag(Outcome.NOT_EVALUATED),
        grade=grade_tag,
        measured=lambda evidence: _measured(evidence, language),
        judged=_judged,
        kind=kind_word,
        sources=lambda evidence: ", ".join(sorted(read_by(evidence.kpi))) if evidence.kpi else "",
        concluded=concluded,
        conclusions=conclusions,
        documents=DOCUMENTS.validate_json((workspace.runs / run.id / "documents.json").read_bytes()),
        status=status_word,
        loads=results.loads(workspace, run.id),
        standard=asked.standard,
        packs=asked.packs,
        kinds=asked.documents,
        head=told.head,
        signing_in=records.signing_in,
        held=told,
        stands=standing_word,
        meaning=meaning_word,
        signer=signer_word,
        thing=thing_word,
        facts=stated,
        fact=lambda found: fact_told(found, language),
        edition=lambda name: value_word("edition", name).said(language),
        cited=sources(workspace, stated),
        followed=told.followed,
        **_finding_words(language),
    )


def _finding_words(language: Language) -> dict[str, object]:
    return {
        "grade_of": finding_tag.finding_grade_tag,
        "stage": finding_tag.stage_word,
        "action_tag": finding_tag.action_tag,
        "judged_tag": finding_tag.judged_tag,
        "branch": finding_tag.branch_word,
        "shown_by": lambda every: evidence_told(every, language),
        "extent": lambda extent: extent_told(extent, language),
        "moved": lambda action: moved_told(action, language),
        "decided_kind": review.kind_word,
        "decided_input": review.input_word,
        "decided_status": review.status_word,
    }


@cache
def _template() -> Template:
    return environment().get_template("pack.html")


def environment() -> Environment:
    """For pages that leave the house: everything escaped, and nothing left out in silence."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _measured(evidence: Evidence, language: Language) -> str:
    """What was found, in a few words: the figure, the document, how many records were judged, who was asked."""
    figure = evidence.measurement
    if figure is not None:
        return with_interval(figure).said(language) if figure.value is not None else "–"
    if evidence.drawn:
        done, count = len(evidence.answers), len(evidence.drawn.items)
        return spoken("{done} of {count} judged", language, done=done, count=count)
    if evidence.document:
        return evidence.document.title
    return ", ".join(answer.who for answer in evidence.answers if answer.who) or "–"


def _judged(evidence: Evidence) -> list[tuple[str, Answer | None]]:
    """Every record that was drawn, in the order of the draw, with what was found in it."""
    known = {answer.item: answer for answer in evidence.answers}
    return [(item, known.get(item)) for item in (evidence.drawn.items if evidence.drawn else ())]
