"""Which verdicts would change if a figure, a document or an interview were otherwise. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from audit.evidence import Answer, ClauseAssessment, Document, Outcome, Verdict
from audit.measurement import Measurement
from audit.score import Score, score
from pipelines.assess import Assessor, computed_rules
from pipelines.readiness.reassess import assessor
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Levers:
    """What somebody supposes."""

    figures: Mapping[str, float] = field(default_factory=dict)
    """KPI -> the value that it would have, in the KPI's unit."""
    documents: frozenset[str] = frozenset()
    """Kinds of document that would be approved and current."""
    answers: frozenset[str] = frozenset()
    """Interviews and observations that would find what they should."""


@dataclass(frozen=True)
class Change:
    requirement: str
    now: Verdict
    then: Verdict


@dataclass(frozen=True)
class Supposed:
    clauses: tuple[ClauseAssessment, ...]
    score: Score | None
    changes: tuple[Change, ...]


def what_if(workspace: Workspace, run: Run, levers: Levers, concluded: Mapping[str, Verdict] | None = None) -> Supposed:
    asked = assessor(workspace, run)
    now = {requirement.id: requirement.proposed for clause in asked.clauses() for requirement in clause.requirements}
    least = fewest(asked)
    asked.cells = {place: [_supposed(cell, levers, least, run.ends) for cell in cells]
                   for place, cells in asked.cells.items()}  # fmt: skip
    documents = [*asked.grounds.documents, *(_approved(kind, run) for kind in sorted(levers.documents))]
    asked.grounds = replace(asked.grounds, documents=documents)
    asked.answers |= {(id, ""): Answer(id, Outcome.MET, "–", run.as_of) for id in levers.answers}
    clauses = asked.clauses()
    then = [requirement for clause in clauses for requirement in clause.requirements]
    changes = [Change(r.id, now[r.id], r.proposed) for r in then if r.id in now and now[r.id] != r.proposed]
    return Supposed(clauses, score(then, concluded), tuple(changes))


def fewest(asked: Assessor) -> dict[str, int]:
    """KPI -> the records that every rule about it is content with."""
    found: dict[str, int] = {}
    for rule in computed_rules(asked.checklist, asked.grounds.criteria):
        least = rule.accept.sample_of or asked.kpis[rule.computed].least
        found[rule.computed] = max(least, found.get(rule.computed, 1))
    return found


def _supposed(cell: Measurement, levers: Levers, least: Mapping[str, int], ends: dt.date) -> Measurement:
    """
    A figure of the whole as it would be at the end of the run; those of groups and of former periods stay as they are.
    Its interval moves with it.
    """
    if cell.by or cell.kpi not in levers.figures or cell.ends != ends:
        return cell
    value = levers.figures[cell.kpi]
    moved = None if cell.value is None else value - cell.value
    low, high = (None if moved is None or bound is None else bound + moved for bound in (cell.low, cell.high))
    n = max(cell.n, least.get(cell.kpi, 1))
    return replace(cell, value=value, n=n, low=low, high=high, not_evaluated=None)


def _approved(kind: str, run: Run) -> Document:
    return Document("", kind, kind, "approved", reviewed_on=run.as_of, covers_from=run.starts, covers_to=run.as_of)
