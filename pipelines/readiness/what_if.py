"""Which verdicts would change if a figure, a document or an interview were otherwise. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from audit.evidence import Answer, ClauseAssessment, Document, Outcome, Verdict
from audit.measurement import Kpi, Measurement
from audit.score import Score, score
from pipelines.assess import Assessor, computed_rules
from pipelines.methods.interval import Array, Bounds, garwood, poisson, wilson
from pipelines.readiness.reassess import assessor
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

COUNTED: Mapping[str | None, Callable[[Array, Array], Bounds]] = {
    "wilson": wilson,
    "poisson": lambda value, n: poisson(np.rint(value * n / 1000), n),
    "garwood": lambda value, n: garwood(value),
}
"""Intervals that follow from the value and the number of records alone."""


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
    asked.cells = {place: [_supposed(cell, asked.kpis[cell.kpi], levers, least, run.ends) for cell in cells]
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


def possible(kpi: Kpi) -> tuple[float | None, float | None]:
    """The lowest and the highest value that the figure can have, None where that is not known."""
    if kpi.interval == "wilson":
        return 0.0, 100.0
    return kpi.scale or (0.0 if kpi.interval in COUNTED else None, None)


def _supposed(cell: Measurement, kpi: Kpi, levers: Levers, least: Mapping[str, int], ends: dt.date) -> Measurement:
    """
    A figure of the whole as it would be at the end of the run; those of groups and of former periods stay as they are.
    """
    if cell.by or cell.kpi not in levers.figures or cell.ends != ends:
        return cell
    value = levers.figures[cell.kpi]
    n = max(cell.n, least.get(cell.kpi, 1))
    low, high = _interval(cell, kpi, value, n)
    return replace(cell, value=value, n=n, low=low, high=high, not_evaluated=None)


def _interval(cell: Measurement, kpi: Kpi, value: float, n: int) -> tuple[float | None, float | None]:
    """That of a run where value and records tell it; any other is as wide as now, because nothing says what it would
    be."""
    if kpi.interval in COUNTED:
        low, high = COUNTED[kpi.interval](np.array([value]), np.array([float(n)]))
        return float(low[0]), float(high[0])
    if cell.value is None or cell.low is None or cell.high is None:
        return None, None
    return cell.low + value - cell.value, cell.high + value - cell.value


def _approved(kind: str, run: Run) -> Document:
    return Document("", kind, kind, "approved", reviewed_on=run.as_of, covers_from=run.starts, covers_to=run.as_of)
