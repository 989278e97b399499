"""From one edition to the next: only what changes in verdict or in evidence, and what is missing for it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from audit.checklist import Altered, Change, Checklist, Requirement, Standard
from audit.evidence import Evidence, Outcome, RequirementAssessment, Verdict
from pipelines.checklists import editions
from pipelines.readiness.reassess import assessor
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """One requirement of the later edition that asks for something else than the earlier."""

    clause: str
    former_clause: str
    """"" where nothing asked it before."""
    requirement: Requirement
    altered: Altered
    before: Verdict | None
    after: Verdict
    missing: tuple[Evidence, ...]
    read_again: tuple[Evidence, ...]
    """Documents that count for what they were not asked to show before: they exist, but may not say it."""


@dataclass(frozen=True)
class Bridge:
    earlier: Standard
    later: Standard
    steps: tuple[Step, ...]
    unchanged: dict[Change, int] = field(default_factory=dict)
    """Kind of change -> requirements whose verdict and evidence stay."""


def until(found: Bridge, own: dt.date | None) -> dt.date | None:
    """How long certificates to the earlier edition stay valid: as the organisation was told, else as it is reported."""
    reported = found.later.transition
    return own or (reported.until if reported else None)


def later_edition(workspace: Workspace, edition: str) -> str | None:
    """The edition that follows; None where there is none yet."""
    for name in editions.named(workspace.layers):
        if workspace.checklist(name, ()).standard.follows == edition:
            return name
    return None


def bridge(workspace: Workspace, run: Run) -> Bridge | None:
    """From the edition of the run to the next, on the figures, documents and answers of the run."""
    name = later_edition(workspace, run.edition)
    if name is None:
        return None
    earlier, later = workspace.checklist(run.edition, run.packs), workspace.checklist(name, run.packs)
    then = assessor(workspace, run, later)
    now = {requirement.id: requirement for clause in run.clauses for requirement in clause.requirements}
    assessed = {r.id: r for clause in then.clauses() for r in clause.requirements}
    former = {requirement.id: requirement for clause in earlier.clauses for requirement in clause.requirements}
    steps, unchanged = [], Counter[Change]()
    for clause in later.clauses:
        for requirement in clause.requirements:
            altered = requirement.altered or Altered(change="none")
            if _stays(requirement, former.get(requirement.id), now.get(requirement.id), assessed[requirement.id]):
                unchanged[altered.change] += 1
            else:
                steps.append(_step(clause.clause, requirement, altered, now.get(requirement.id), assessed, earlier))
    return Bridge(earlier.standard, later.standard, tuple(steps), dict(unchanged))


def _stays(
    requirement: Requirement, former: Requirement | None, now: RequirementAssessment | None, then: RequirementAssessment
) -> bool:
    return former is not None and former.evidence == requirement.evidence and (not now or now.proposed == then.proposed)


def _step(
    clause: str,
    requirement: Requirement,
    altered: Altered,
    now: RequirementAssessment | None,
    assessed: dict[str, RequirementAssessment],
    earlier: Checklist,
) -> Step:
    then = assessed[requirement.id]
    missing = tuple(found for found in then.evidence if found.outcome in (Outcome.NOT_MET, Outcome.NOT_EVALUATED))
    former = requirement.refs.get(earlier.standard.id, "")
    read = _read_again(then, {rule.id for _, _, rule in earlier.rules()})
    return Step(clause, former, requirement, altered, now.proposed if now else None, then.proposed, missing, read)


def _read_again(then: RequirementAssessment, asked_before: set[str]) -> tuple[Evidence, ...]:
    added = [found for found in then.evidence if found.id not in asked_before]
    return tuple(found for found in added if found.kind == "document" and found.outcome == Outcome.MET)
