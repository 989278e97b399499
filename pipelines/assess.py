"""Checklist × measurements × documents: evidence with its outcome, and the verdicts that are proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from pydantic import TypeAdapter

from audit.assessment import assess_clause, assess_requirement
from audit.checklist import Checklist
from audit.criterion import Figures, judge_computed
from audit.document import has_expired, judge_document
from audit.errors import DefinitionError
from audit.evidence import Answer, ClauseAssessment, Document, Drawn, Evidence
from audit.heard import judge_heard
from audit.measurement import Kpi, Measurement
from audit.rule import Computed, Documentary, Rule, Sample, with_limits
from audit.sample import judge_sample
from audit.wording import say
from pipelines import definitions
from pipelines.checklists.named import DOCUMENT, KPI, there
from pipelines.measuring.periods import DAY, rolling, window

MEASUREMENT = TypeAdapter(Measurement)
Criteria = Mapping[str, Mapping[str, str]]
"""Evidence id -> the limits that the organisation set instead of the checklist's."""


@dataclass(frozen=True)
class Grounds:
    """What verdicts rest on besides figures."""

    documents: Sequence[Document] = ()
    criteria: Criteria = field(default_factory=dict)
    answers: Sequence[Answer] = ()
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    """Evidence id -> the sample drawn for it."""


class Assessor:
    """Everything that a verdict of one run rests on."""

    def __init__(
        self,
        checklist: Checklist,
        kpis: Mapping[str, Kpi],
        measurements: pd.DataFrame,
        grounds: Grounds,
        ends: dt.date,
        as_of: dt.date,
    ) -> None:
        self.checklist, self.kpis, self.grounds = checklist, kpis, grounds
        self.ends, self.as_of = ends, as_of
        self.answers = {(answer.evidence_id, answer.item): answer for answer in grounds.answers}
        own = _asked(measurements, computed_rules(checklist, grounds.criteria), ends)
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

    def evidence(self, rule: Rule) -> Evidence:
        rule = with_criterion(rule, self.grounds.criteria)
        if isinstance(rule, Computed):
            return self.computed(rule, self._figures(rule))
        if isinstance(rule, Documentary):
            kind = there(self.checklist.documents, rule.document, rule, DOCUMENT)
            return judge_document(rule, kind.title, self.grounds.documents, self.as_of)
        if isinstance(rule, Sample):
            return judge_sample(rule, self.grounds.drawn.get(rule.id), self._judgements(rule.id))
        return judge_heard(rule, self.answers.get((rule.id, "")), self.as_of)

    def computed(self, rule: Computed, figures: Figures) -> Evidence:
        """A document that was reviewed after the audit date, or had expired by then, answers nothing."""
        known = [
            each
            for each in self.grounds.documents
            if not (each.reviewed_on and each.reviewed_on > self.as_of) and not has_expired(each, self.as_of)
        ]
        kpi = there(self.kpis, rule.computed, rule, KPI)
        return judge_computed(rule, kpi, figures, known)

    def _judgements(self, evidence_id: str) -> dict[str, Answer]:
        return {
            item: answer
            for (asked, item), answer in self.answers.items()
            if asked == evidence_id and answer.on <= self.as_of
        }

    def _figures(self, rule: Computed) -> Figures:
        length = int(rule.accept.over.value)
        starts, ends = window(length, self.ends)
        key = rule.computed, rolling(length)
        latest = self.cells.get((*key, ends, ""), [None])[0]
        before = self.cells.get((*key, starts - DAY, ""), [None])[0]
        groups = self.cells.get((*key, ends, rule.accept.for_each), []) if rule.accept.for_each else []
        former = self.cells.get((*key, starts - DAY, rule.accept.for_each), []) if rule.accept.for_each else []
        return Figures(latest, before, tuple(groups), tuple(former))

    def of_groups(self, rule: Computed, dimension: str) -> list[Figures]:
        """The figures of each group by itself, with its own of the period before."""
        starts, ends = window(int(rule.accept.over.value), self.ends)
        key = rule.computed, rolling(int(rule.accept.over.value))
        former = {cell.group: cell for cell in self.cells.get((*key, starts - DAY, dimension), [])}
        return [Figures(cell, former.get(cell.group)) for cell in self.cells.get((*key, ends, dimension), [])]


def _asked(measurements: pd.DataFrame, rules: Sequence[Computed], ends: dt.date) -> pd.DataFrame:
    """Of all measurements those that a rule looks at: of its KPI, over its months that end with the run and before."""
    windows = [(rolling(length), *window(length, ends)) for length in {int(rule.accept.over.value) for rule in rules}]
    own = measurements[measurements["kpi"].isin({rule.computed for rule in rules})]
    own = own[own["grain"].isin([grain for grain, *_ in windows])]
    return own[own["ends"].isin([day for _, starts, last in windows for day in (last, starts - DAY)])]


def computed_rules(checklist: Checklist, criteria: Criteria) -> list[Computed]:
    rules = with_criteria([rule for _, _, rule in checklist.rules()], criteria)
    return [rule for rule in rules if isinstance(rule, Computed)]


def with_criteria(rules: Iterable[Rule], criteria: Criteria) -> list[Rule]:
    return [with_criterion(rule, criteria) for rule in rules]


def with_criterion(rule: Rule, criteria: Criteria) -> Rule:
    """The rule with the organisation's own limits. Raises DefinitionError where they cannot be used."""
    own = criteria.get(rule.id)
    if not own:
        return rule
    limited = with_limits(rule, own)
    if isinstance(limited, Computed):
        _same_unit(limited)
    return limited


def _same_unit(rule: Computed) -> None:
    unit = there(definitions.kpis(), rule.computed, rule, KPI).unit
    for name in ("at_least", "at_most"):
        limit = getattr(rule.accept, name)
        if limit is not None and limit.unit != unit:
            raise DefinitionError(
                say(
                    "criterion of {id}: {name} is in {wrong}; write it in {unit}",
                    id=rule.id, name=name, wrong=limit.unit, unit=unit,
                )
            )  # fmt: skip


def measurement(row: Mapping[str, Any]) -> Measurement:
    """One row of the measurements table as a Measurement."""
    cells = {name: None if pd.isna(value) else value for name, value in row.items()}
    for name in ("not_evaluated", "warning"):
        en, zh = cells.pop(f"{name}_en"), cells.pop(f"{name}_zh")
        cells[name] = {"en": en, "zh": zh} if en else None
    return MEASUREMENT.validate_python(cells)
