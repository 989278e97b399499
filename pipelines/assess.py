"""Checklist × measurements × documents: evidence with its outcome, and the verdicts that are proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from audit.assessment import assess_clause, assess_requirement
from audit.checklist import Checklist, Computed, ComputedLimits, Documentary, DocumentLimits
from audit.criterion import Figures, judge_computed
from audit.document import judge_document
from audit.errors import DefinitionError
from audit.evidence import ClauseAssessment, Document, Evidence
from audit.measurement import Kpi, Measurement
from pipelines import definitions
from pipelines.measuring.periods import DAY, rolling, window

MEASUREMENT = TypeAdapter(Measurement)
Criteria = Mapping[str, Mapping[str, str]]
"""Evidence id -> the limits that the organisation set instead of the checklist's."""


class Assessor:
    """Everything that a verdict of one run rests on."""

    def __init__(
        self,
        checklist: Checklist,
        kpis: Mapping[str, Kpi],
        measurements: pd.DataFrame,
        documents: Sequence[Document],
        criteria: Criteria,
        ends: dt.date,
        as_of: dt.date,
    ) -> None:
        self.checklist, self.kpis = checklist, kpis
        self.documents, self.criteria = documents, criteria
        self.ends, self.as_of = ends, as_of
        grains = {rolling(int(rule.accept.over.value)) for rule in computed_rules(checklist, criteria)}
        own = measurements[measurements["grain"].isin(grains)]
        self.cells: dict[tuple[str, str, dt.date, str], list[Measurement]] = {}
        for row in own.to_dict("records"):
            found = measurement(row)
            self.cells.setdefault((found.kpi, found.grain, found.ends, found.by), []).append(found)

    def clauses(self) -> tuple[ClauseAssessment, ...]:
        return tuple(
            assess_clause(clause, [
                assess_requirement(requirement, [self.evidence(rule) for rule in requirement.evidence])
                for requirement in clause.requirements
            ])
            for clause in self.checklist.clauses
        )  # fmt: skip

    def evidence(self, rule: Computed | Documentary) -> Evidence:
        rule = with_criterion(rule, self.criteria)
        if isinstance(rule, Documentary):
            title = self.checklist.standard.documents[rule.document].title
            return judge_document(rule, title, self.documents, self.as_of)
        known = [each for each in self.documents if each.reviewed_on is None or each.reviewed_on <= self.as_of]
        return judge_computed(rule, self.kpis[rule.computed], self._figures(rule), known)

    def _figures(self, rule: Computed) -> Figures:
        length = int(rule.accept.over.value)
        starts, ends = window(length, self.ends)
        key = rule.computed, rolling(length)
        latest = self.cells.get((*key, ends, ""), [None])[0]
        before = self.cells.get((*key, starts - DAY, ""), [None])[0]
        groups = self.cells.get((*key, ends, rule.accept.for_each), []) if rule.accept.for_each else []
        former = self.cells.get((*key, starts - DAY, rule.accept.for_each), []) if rule.accept.for_each else []
        return Figures(latest, before, tuple(groups), tuple(former))


def computed_rules(checklist: Checklist, criteria: Criteria) -> list[Computed]:
    rules = [with_criterion(rule, criteria) for _, _, rule in checklist.rules()]
    return [rule for rule in rules if isinstance(rule, Computed)]


def with_criterion(rule: Computed | Documentary, criteria: Criteria) -> Computed | Documentary:
    """The rule with the organisation's own limits. Raises DefinitionError where they cannot be used."""
    own = criteria.get(rule.id)
    if not own:
        return rule
    limits: type[ComputedLimits | DocumentLimits] = ComputedLimits if isinstance(rule, Computed) else DocumentLimits
    kept = {name: getattr(rule.accept, name) for name in rule.accept.model_fields_set}
    written = {name: value for name, value in own.items() if value != ""}
    dropped = {name for name, value in own.items() if value == ""}
    try:
        accept = limits.model_validate({**{n: v for n, v in kept.items() if n not in dropped}, **written})
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        raise DefinitionError(f"criterion of {rule.id}: {'.'.join(map(str, first['loc']))}: {message}") from None
    if isinstance(rule, Computed):
        _same_unit(rule, accept)
    return rule.model_copy(update={"accept": accept})


def _same_unit(rule: Computed, accept: ComputedLimits | DocumentLimits) -> None:
    unit = definitions.kpis()[rule.computed].unit
    for name in ("at_least", "at_most"):
        limit = getattr(accept, name)
        if limit is not None and limit.unit != unit:
            raise DefinitionError(f"criterion of {rule.id}: {name} is in {limit.unit}; write it in {unit}")


def measurement(row: Mapping[str, Any]) -> Measurement:
    """One row of the measurements table as a Measurement."""
    cells = {name: None if pd.isna(value) else value for name, value in row.items()}
    for name in ("not_evaluated", "warning"):
        en, zh = cells.pop(f"{name}_en"), cells.pop(f"{name}_zh")
        cells[name] = {"en": en, "zh": zh} if en else None
    return MEASUREMENT.validate_python(cells)
