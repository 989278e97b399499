"""The next audit, opened from the previous one, and what has changed since: the checklist and the run say what."""

from __future__ import annotations

from dataclasses import replace

from audit.auditing.since import Changed, since
from audit.records import Records
from audit.records.auditing import audit_basis
from audit.records.auditing.audits import Audit, NewAudit
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


def taken_over(previous: Audit, title: str) -> NewAudit:
    """Criteria, scope, team and plan; the days of the plan and the period are new ones."""
    return NewAudit(
        title=title,
        edition=previous.edition,
        packs=previous.packs,
        objectives=previous.objectives,
        scope=previous.scope,
        lead=previous.lead,
        auditors=previous.auditors,
        plan=tuple(replace(item, day=None) for item in previous.plan),
        programme=previous.programme,
    )


def asked(workspace: Workspace, audit: Audit | NewAudit) -> list[str]:
    """The requirements of its criteria."""
    checklist = workspace.checklist(audit.edition, audit.packs)
    return [requirement.id for clause in checklist.clauses for requirement in clause.requirements]


def changed(
    workspace: Workspace, records: Records, audit: Audit | NewAudit, previous: str, run: Run | None
) -> list[Changed]:
    """Nothing where there is no previous audit."""
    if not previous:
        return []
    of_audit = frozenset(asked(workspace, audit))
    proposed = {r.id: str(r.proposed) for clause in run.clauses for r in clause.requirements} if run else {}
    before = audit_basis.at_the_end_of(records, previous)
    return since(before, audit_basis.as_it_stands(records, of_audit, proposed))
