"""A run looked at again through a checklist that was changed since: what was answered is matched by id."""

from __future__ import annotations

from audit.evidence import Evidence, Outcome
from audit.records import Records
from audit.records.auditing import answers
from pipelines.readiness.reassess import assessor
from tests.pipelines.conftest import Ours
from tests.pipelines.own_checklist import CLAUSE, written

MET, OPEN = Outcome.MET, Outcome.NOT_EVALUATED


def found(ours: Ours) -> dict[str, Evidence]:
    asked = assessor(ours.workspace, ours.run(ours.after)).clauses()
    return {e.id: e for clause in asked for requirement in clause.requirements for e in requirement.evidence}


def test_the_same_checklist_gives_the_verdicts_of_the_run(ours: Ours) -> None:
    assert assessor(ours.workspace, ours.run(ours.after)).clauses() == ours.run(ours.after).clauses
    assert assessor(ours.workspace, ours.run(ours.before)).clauses() == ours.run(ours.before).clauses


def test_answers_to_an_older_checklist_are_kept_and_matched_by_id(own: Ours, own_records: Records) -> None:
    clause = own.folder / "checklists" / "ours-2020" / "9.9-listening.yaml"
    reworded = CLAUSE.replace("They know it.", "They can say it.").replace("Do they ask", "Do they listen")
    clause.write_text(reworded, encoding="utf-8")
    kept = found(own)["9.9-a-3"]
    assert (kept.outcome, kept.shows.en, kept.answers[0].who) == (MET, "They can say it.", "Li Wei")
    clause.write_text(CLAUSE.replace("9.9-a-3", "9.9-a-7"), encoding="utf-8")
    renumbered = found(own)
    assert renumbered["9.9-a-7"].outcome == OPEN and "9.9-a-3" not in renumbered
    assert [one.who for one in answers.history(own_records, "9.9-a-3")] == ["Li Wei"]
    clause.write_text(CLAUSE, encoding="utf-8")
    assert found(own)["9.9-a-3"].outcome == MET


def test_an_answer_to_what_became_another_kind_of_evidence_is_no_evidence_for_it(own: Ours) -> None:
    begin, end = CLAUSE.index("        interview: staff"), CLAUSE.index("  - id: 9.9-b")
    paper = "        document: site plan\n        shows: {en: A plan., zh: 图。}\n        accept: {status: approved}\n"
    files = {
        "ours-2020/9.9-listening.yaml": CLAUSE[:begin] + paper + "        otherwise: observation\n" + CLAUSE[end:],
        "documents.yaml": "site plan: {title: {en: Plan, zh: 图}, meaning: {en: A plan., zh: 图。}}\n"
        "survey method: {title: {en: Method, zh: 方法}, meaning: {en: How., zh: 方法。}}\n",
    }
    written(own.folder / "checklists", files)
    changed = found(own)["9.9-a-3"]
    assert (changed.kind, changed.outcome, changed.answers) == ("document", OPEN, ())
