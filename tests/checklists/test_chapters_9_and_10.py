"""Chapters 9 and 10 of edition 2015: every sub-clause is asked, and each rule on data and records has its place."""

from __future__ import annotations

import pytest

from audit.checklist import Clause
from audit.evidence import Grade
from audit.rule import Computed, Documentary, Interview, Rule, Sample
from pipelines import definitions

CLAUSES = {clause.clause: clause for clause in definitions.checklist("iso-9001-2015").clauses}
CHAPTERS = {number: clause for number, clause in CLAUSES.items() if number.startswith(("9", "10"))}
RULES = {rule.id: rule for clause in CHAPTERS.values() for r in clause.requirements for rule in r.evidence}

# The sub-clauses of the standard that say what is to be done, and the file in which each is asked.
ASKED_IN = {
    "9.1.1": ["9.1.1"],
    "9.1.2": ["9.1.2"],
    "9.1.3": ["9.1.3"],
    "9.2": ["9.2.1", "9.2.2"],
    "9.3.2": ["9.3.2"],
    "9.3.3": ["9.3.3"],
    "10.1": ["10.1"],
    "10.2": ["10.2.1", "10.2.2"],
    "10.3": ["10.3"],
}
RETAINED = {"9.1.1", "9.2", "9.3.3", "10.2"}
"""Clauses that want records of their own; none of them wants a document, and 9.1.2 wants neither."""

# Levels of the organisation's own are observations; broken promises and missing records are minor.
OBSERVATIONS = {
    "survey_response_rate",
    "survey_coverage_of_revenue",
    "satisfaction_margin_of_error",
    "late_early_difference",
    "perception_sources",
    "silent_customers",
    "months_without_complaints",
    "complaint_dates_in_order",
    "repurchase_rate",
}
MINORS = {"complaints_with_action", "overdue_actions", "actions_verified_effective", "complaints_with_cause"}
DRAWN = {
    "9.1.1": ["survey_responses"],
    "10.2": ["complaints", "complaint_actions"],
}


def rules(clause: Clause) -> list[Rule]:
    return [rule for requirement in clause.requirements for rule in requirement.evidence]


def named(rule: Rule) -> str:
    return rule.computed if isinstance(rule, Computed) else rule.document if isinstance(rule, Documentary) else ""


def test_no_clause_is_missing_and_none_is_made_up() -> None:
    assert list(CHAPTERS) == list(ASKED_IN)


@pytest.mark.parametrize("number", ASKED_IN)
def test_every_sub_clause_is_asked_in_the_order_of_the_standard(number: str) -> None:
    found = [requirement.refs["iso-9001-2015"] for requirement in CLAUSES[number].requirements]
    assert list(dict.fromkeys(found)) == ASKED_IN[number]


@pytest.mark.parametrize("number", ASKED_IN)
def test_a_clause_says_which_records_it_wants(number: str) -> None:
    kept = CLAUSES[number].documented
    assert not kept.maintained
    assert bool(kept.retained) == (number in RETAINED)


@pytest.mark.parametrize(
    ("figure", "grade"),
    [*((f, Grade.OBSERVATION) for f in sorted(OBSERVATIONS)), *((f, Grade.MINOR) for f in sorted(MINORS))],
)
def test_a_figure_is_graded_by_whether_a_promise_or_a_level_is_missed(figure: str, grade: Grade) -> None:
    found = [rule.otherwise for rule in RULES.values() if named(rule) == figure]
    assert found == [grade]


def test_records_are_drawn_where_an_auditor_would_draw_them() -> None:
    drawn = {n: [rule.sample for rule in rules(c) if isinstance(rule, Sample)] for n, c in CHAPTERS.items()}
    assert {number: sources for number, sources in drawn.items() if sources} == DRAWN


@pytest.mark.parametrize("number", ASKED_IN)
def test_somebody_is_heard_in_every_clause(number: str) -> None:
    assert any(isinstance(rule, Interview) for rule in rules(CLAUSES[number]))
