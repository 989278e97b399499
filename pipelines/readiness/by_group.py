"""What the figures of one group (a region, a segment, a product) or one process say of each clause by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from audit.assessment import requirement_verdict
from audit.evidence import Evidence, Verdict
from audit.measurement import Kpi
from audit.rule import Computed
from pipelines import definitions
from pipelines.assess import Assessor, with_criterion
from pipelines.readiness.reassess import assessor
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

Place = tuple[str, str]
"""Clause and group; the group of a process is the name of its source."""
PROCESS = "process"


@dataclass(frozen=True)
class GroupVerdict:
    verdict: Verdict
    evidence: tuple[Evidence, ...]


def by_group(workspace: Workspace, run: Run, dimension: str) -> dict[Place, GroupVerdict]:
    """Clauses without a figure by this dimension have no place."""
    asked = assessor(workspace, run)
    found: dict[Place, list[Evidence]] = {}
    if dimension == PROCESS:
        return _by_process(asked)
    for clause, _, rule in asked.checklist.rules():
        rule = with_criterion(rule, asked.grounds.criteria)
        if isinstance(rule, Computed) and dimension in asked.kpis[rule.computed].by:
            for figures in asked.of_groups(rule, dimension):
                evidence = asked.computed(_alone(rule), figures)
                group = figures.latest.group if figures.latest else ""
                found.setdefault((clause.clause, group), []).append(evidence)
    return _judged(found)


def _by_process(asked: Assessor) -> dict[Place, GroupVerdict]:
    found: dict[Place, list[Evidence]] = {}
    for clause, _, rule in asked.checklist.rules():
        if isinstance(rule, Computed):
            place = clause.clause, process_of(asked.kpis[rule.computed])
            found.setdefault(place, []).append(asked.evidence(rule))
    return _judged(found)


def process_of(kpi: Kpi) -> str:
    """The source whose records a figure counts; the process that leaves these records is what it judges."""
    query = f"from {kpi.source}" if kpi.source in definitions.sources() else definitions.models()[kpi.source]
    named = [name for name in re.findall(r"\bfrom\s+(\w+)", query) if name in definitions.sources()]
    return next((name for name in named if name != "customers"), "customers")


def _judged(found: Mapping[Place, list[Evidence]]) -> dict[Place, GroupVerdict]:
    return {place: GroupVerdict(requirement_verdict(each), tuple(each)) for place, each in found.items()}


def dimensions(workspace: Workspace, run: Run) -> list[str]:
    """Those by which at least one figure of the checklist is measured, and the process that each belongs to."""
    asked = assessor(workspace, run)
    rules = [rule for _, _, rule in asked.checklist.rules() if isinstance(rule, Computed)]
    by = sorted({name for rule in rules for name in asked.kpis[rule.computed].by})
    return [*by, PROCESS] if rules else []


def _alone(rule: Computed) -> Computed:
    return rule.model_copy(update={"accept": rule.accept.model_copy(update={"for_each": None})})
