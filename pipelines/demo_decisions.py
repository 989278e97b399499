"""Keeps what the people of a demonstration's story have decided, through the records as the pages do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from audit.finding.finding import Reference
from audit.records import Records, assumptions, events
from audit.records.auditing import audit_steps, audits, programmes
from audit.records.auditing.audits import Audit
from audit.records.document import document_requests
from audit.records.document.document_requests import NewRequest
from audit.records.finding import actions, findings, follow_up
from audit.records.finding.actions import NewAction
from audit.records.finding.findings import NewFinding
from audit.records.reviewing import improvements, review_decisions, reviews
from audit.records.targets import objectives, scorecards
from data.demo import decided as told
from data.demo.answers import AUDITOR
from data.demo.decided import Found
from pipelines.auditing.next_audit import asked
from pipelines.workspace import Workspace

MANAGER = "Quality Manager"


def begin_audit(workspace: Workspace, records: Records) -> Audit:
    programme = programmes.create(records, told.PROGRAMME, MANAGER)
    audit = audits.create(records, replace(told.AUDIT, programme=programme.id), AUDITOR)
    return audit_steps.begin(records, audit.id, asked(workspace, audit), AUDITOR)


def decide(workspace: Workspace, records: Records, story: str, audit: Audit, run: str) -> None:
    asks = {r.id: r.asks.en for clause in workspace.checklist().clauses for r in clause.requirements}
    for found in told.FOUND[story]:
        _find(records, found, asks[found.requirement], audit, run)
    _review(records)
    for improvement in told.IMPROVEMENTS:
        improvements.keep(records, improvement, MANAGER)
    for event in told.EVENTS:
        events.note(records, event, MANAGER)
    for objective in told.OBJECTIVES:
        objectives.set_objective(records, objective, MANAGER)
    for scorecard in told.SCORECARDS:
        scorecards.set_scorecard(records, scorecard, MANAGER)
    for assumption, reason in told.ASSUMPTIONS:
        assumptions.set_assumption(records, assumption, MANAGER, reason)
    due = records.clock().date() + dt.timedelta(days=21)
    document_requests.ask(records, NewRequest("Head of Sales", due, requirements=("8.2.3-e",)), AUDITOR)


def _find(records: Records, found: Found, criterion: str, audit: Audit, run: str) -> None:
    kept = findings.raise_finding(
        records,
        NewFinding(
            requirement_id=found.requirement, statement=found.statement, criterion=criterion, evidence=found.evidence,
            audit=audit.id, run=run, extent=found.extent, consequence=found.consequence, answers=found.answers,
            grade=found.grade, owner=found.owner, due_on=found.due_on,
        ),
        AUDITOR,
    )  # fmt: skip
    if found.correction:
        follow_up.respond(
            records, kept.id, kept.revision, found.owner, found.correction, found.corrected_on, "whys", found.cause,
            found.look_across,
        )  # fmt: skip
    if found.action:
        actions.plan(records, NewAction(found.action, found.owner, found.action_due, finding=kept.id), found.owner)


def _review(records: Records) -> None:
    review = reviews.hold(records, told.REVIEW, MANAGER)
    decisions = [review_decisions.decide(records, replace(one, review=review.id), MANAGER) for one in told.DECISIONS]
    action = actions.plan(records, replace(told.ACTION, decision=decisions[0].id), MANAGER)
    shown = (Reference("other", "training list of April 2026", "all nine signed"),)
    actions.done(records, action.id, action.revision, MANAGER, told.DONE_ON, shown)
