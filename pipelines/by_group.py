"""What the figures of one group (a site, a segment, a product) say of each clause by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from audit.assessment import requirement_verdict
from audit.evidence import Evidence, Verdict
from audit.rule import Computed
from pipelines.assess import with_criterion
from pipelines.reassess import assessor
from pipelines.run_folder import Run
from pipelines.workspace import Workspace

Place = tuple[str, str]
"""Clause and group."""


@dataclass(frozen=True)
class GroupVerdict:
    verdict: Verdict
    evidence: tuple[Evidence, ...]


def by_group(workspace: Workspace, run: Run, dimension: str) -> dict[Place, GroupVerdict]:
    """Clauses without a figure by this dimension have no place."""
    asked = assessor(workspace, run)
    found: dict[Place, list[Evidence]] = {}
    for clause, _, rule in asked.checklist.rules():
        rule = with_criterion(rule, asked.grounds.criteria)
        if isinstance(rule, Computed) and dimension in asked.kpis[rule.computed].by:
            for figures in asked.of_groups(rule, dimension):
                evidence = asked.computed(_alone(rule), figures)
                group = figures.latest.group if figures.latest else ""
                found.setdefault((clause.clause, group), []).append(evidence)
    return {place: GroupVerdict(requirement_verdict(each), tuple(each)) for place, each in found.items()}


def dimensions(workspace: Workspace, run: Run) -> list[str]:
    """Those by which at least one figure of the checklist is measured."""
    asked = assessor(workspace, run)
    rules = [rule for _, _, rule in asked.checklist.rules() if isinstance(rule, Computed)]
    return sorted({name for rule in rules for name in asked.kpis[rule.computed].by})


def _alone(rule: Computed) -> Computed:
    return rule.model_copy(update={"accept": rule.accept.model_copy(update={"for_each": None})})
