"""An audit and the runs within it: what was heard before it does not count, and what has changed is found."""

from __future__ import annotations

import datetime as dt

from audit.auditing.audit_state import State
from audit.auditing.plan import Auditor, PlanItem
from audit.evidence import Evidence, Outcome, Verdict
from audit.records import Records
from audit.records.auditing import answers, audit_steps, audits, decisions
from audit.records.auditing.audits import Audit, NewAudit
from audit.records.document import documents
from audit.records.targets import criteria
from pipelines.auditing import next_audit
from pipelines.readiness import gap_analysis
from pipelines.run import run
from pipelines.runs.run_folder import Run
from tests.pipelines.conftest import Ours
from tests.pipelines.own_checklist import FORMER

HEARD = "9.9-a-3"
NEW = NewAudit(
    "First", FORMER, (), "see", "all", dt.date(2026, 7, 1), dt.date(2026, 7, 2), "Ann",
    (Auditor("Ann", "course"),), (PlanItem(dt.date(2026, 7, 1), "9.9", "Ann", "staff"),),
)  # fmt: skip


def begun(ours: Ours, records: Records, new: NewAudit = NEW, previous: str = "", at: Run | None = None) -> Audit:
    changed = next_audit.changed(ours.workspace, records, new, previous, at)
    audit = audits.create(records, new, "Ann", previous, changed)
    return audit_steps.begin(records, audit.id, next_audit.asked(ours.workspace, audit), "Ann", "", changed)


def ended(records: Records, audit: Audit) -> None:
    audit_steps.report(records, audit.id, "Ann")
    audit_steps.close(records, audit.id, "Ann", "enough")


def heard(found: Run) -> Evidence:
    return next(
        evidence
        for clause in found.clauses
        for requirement in clause.requirements
        for evidence in requirement.evidence
        if evidence.id == HEARD
    )


def proposed(found: Run) -> dict[str, Verdict]:
    return {each.id: each.proposed for clause in found.clauses for each in clause.requirements}


def test_the_requirements_of_an_audit_are_those_of_its_checklist(ours: Ours) -> None:
    checklist = ours.workspace.checklist(FORMER)
    by_hand = [requirement.id for clause in checklist.clauses for requirement in clause.requirements]
    assert next_audit.asked(ours.workspace, NEW) == by_hand and "9.9-a" in by_hand


def test_a_run_within_an_audit_counts_only_what_was_heard_in_it(own: Ours, own_records: Records) -> None:
    assert heard(own.run(own.after)).outcome == Outcome.MET
    audit = begun(own, own_records)
    assert heard(run(own.workspace, own_records)).outcome == Outcome.NOT_EVALUATED
    on = dt.date(2026, 6, 1)
    answers.answer(own_records, HEARD, Outcome.NOT_MET, on, "Ann", "they do not", "Li Wei", audit=audit.id)
    within = run(own.workspace, own_records)
    assert heard(within).outcome == Outcome.NOT_MET
    ended(own_records, audit)
    assert run(own.workspace, own_records).id == within.id  # without an open audit the last answer counts
    begun(own, own_records, previous=audit.id)
    assert heard(run(own.workspace, own_records)).outcome == Outcome.NOT_EVALUATED


def test_the_gap_analysis_begins_anew_with_the_audit(own: Ours, own_records: Records) -> None:
    undetermined = Verdict.UNDETERMINED
    decisions.conclude(own_records, "9.9-a", own.after, Verdict.CONFORMS, undetermined, "Ann", "I doubt it")
    assert gap_analysis.concluded(own_records) == {"9.9-a": undetermined}
    begun(own, own_records)
    assert gap_analysis.concluded(own_records) == {}


def test_the_next_audit_takes_over_the_plan_without_its_days(own: Ours, own_records: Records) -> None:
    first = begun(own, own_records)
    taken = next_audit.taken_over(first, "Second")
    assert (taken.edition, taken.scope, taken.objectives, taken.lead) == (FORMER, "all", "see", "Ann")
    assert taken.auditors == NEW.auditors and taken.plan == (PlanItem(None, "9.9", "Ann", "staff"),)
    assert (taken.period_from, taken.period_to, taken.title) == (None, None, "Second")


def test_without_a_previous_audit_nothing_has_changed(own: Ours, own_records: Records) -> None:
    assert next_audit.changed(own.workspace, own_records, NEW, "", own.run(own.after)) == []


def test_what_changed_since_the_previous_audit_is_found_by_the_run(own: Ours, own_records: Records) -> None:
    first = begun(own, own_records)
    at = own.run(own.after)
    for id, verdict in proposed(at).items():
        decisions.conclude(own_records, id, at.id, verdict, verdict, "Ann", "seen", first.id)
    ended(own_records, first)
    second = next_audit.taken_over(first, "Second")
    assert next_audit.changed(own.workspace, own_records, second, first.id, at) == []
    documents.revise(own_records, "DOC-001", "Ann", "withdrawn", status="obsolete")
    criteria.set_criterion(own_records, "9.9-a-1", {"at_least": "99 %"}, "Ann", "ours")
    answers.answer(own_records, HEARD, Outcome.NOT_MET, dt.date(2026, 6, 1), "Ann", "they do not")
    now = run(own.workspace, own_records)
    found = next_audit.changed(own.workspace, own_records, second, first.id, now)
    differing = [id for id, verdict in proposed(now).items() if verdict != proposed(at)[id]]
    assert differing and [each.what for each in found if each.kind == "proposed"] == sorted(differing)
    assert [(each.kind, each.what) for each in found if each.kind != "proposed"] == [
        ("criterion", "9.9-a-1"), ("document", "DOC-001"),
    ]  # fmt: skip
    kept = begun(own, own_records, second, first.id, now)
    assert kept.changed == tuple(found) and kept.state == State.IN_PROGRESS
