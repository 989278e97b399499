"""Chapter 8 of edition 2015: every sub-clause is asked, by the evidence that an auditor would draw."""

from __future__ import annotations

import pytest

from audit.checklist import Clause
from audit.rule import Computed, Documentary, Sample
from pipelines import definitions

CLAUSES = {clause.clause: clause for clause in definitions.checklist("iso-9001-2015").clauses}
CHAPTER = {number: clause for number, clause in CLAUSES.items() if number.startswith("8")}

# The sub-clauses of the standard that say what is to be done, and the file in which each is asked.
ASKED_IN = {
    "8.1": ["8.1"],
    "8.2.1": ["8.2.1"],
    "8.2.2": ["8.2.2"],
    "8.2.3": ["8.2.3.1", "8.2.3.2"],
    "8.2.4": ["8.2.4"],
    "8.3": ["8.3.1", "8.3.2", "8.3.3", "8.3.4", "8.3.5", "8.3.6"],
    "8.4": ["8.4.1", "8.4.2", "8.4.3"],
    "8.5.1": ["8.5.1"],
    "8.5.2": ["8.5.2"],
    "8.5.3": ["8.5.3"],
    "8.5.4": ["8.5.4"],
    "8.5.5": ["8.5.5"],
    "8.5.6": ["8.5.6"],
    "8.6": ["8.6"],
    "8.7": ["8.7.1", "8.7.2"],
}
# Which clauses want documents (M) and records (R) of their own.
DOCUMENTED = {
    "8.1": "MR",
    "8.2.1": "",
    "8.2.2": "",
    "8.2.3": "R",
    "8.2.4": "M",
    "8.3": "R",
    "8.4": "R",
    "8.5.1": "M",
    "8.5.2": "R",
    "8.5.3": "R",
    "8.5.4": "",
    "8.5.5": "",
    "8.5.6": "R",
    "8.6": "R",
    "8.7": "R",
}
FIGURES = {
    "8.2.1": {"complaints_acknowledged_in_time", "needs_fed_back"},
    "8.2.2": {"on_time_of_orders_due", "needs_met_on_time", "needs_evaluated"},
    "8.2.3": {
        "orders_reviewed_before_acceptance",
        "oral_orders_confirmed",
        "reviews_covering_all_requirements",
        "differences_resolved_before_acceptance",
    },
    "8.2.4": {"amendments_told", "amendments_reviewed_before_acceptance"},
    "8.5.1": {"deliveries_on_time", "delivered_in_full"},
    "8.5.2": {"complaints_traceable"},
    "8.5.5": {"returns_ppm", "warranty_share_of_returns", "no_fault_found"},
}
DRAWN = {
    "8.2.1": "complaints",
    "8.2.3": "contract_reviews",
    "8.2.4": "contract_reviews",
    "8.3": "customer_needs",
    "8.5.1": "deliveries",
    "8.5.5": "returns",
    "8.6": "orders",
    "8.7": "complaints",
}


def rules(clause: Clause) -> list[object]:
    return [rule for requirement in clause.requirements for rule in requirement.evidence]


def test_no_clause_is_missing_and_none_is_made_up() -> None:
    assert list(CHAPTER) == list(ASKED_IN)


@pytest.mark.parametrize("number", ASKED_IN)
def test_every_sub_clause_is_asked_in_the_order_of_the_standard(number: str) -> None:
    found = [requirement.refs["iso-9001-2015"] for requirement in CLAUSES[number].requirements]
    assert list(dict.fromkeys(found)) == ASKED_IN[number]


@pytest.mark.parametrize("number", DOCUMENTED)
def test_a_clause_says_which_documents_and_records_it_wants(number: str) -> None:
    kept = CLAUSES[number].documented
    assert ("M" if kept.maintained else "") + ("R" if kept.retained else "") == DOCUMENTED[number]


@pytest.mark.parametrize("number", FIGURES)
def test_a_figure_stands_in_the_clause_that_it_answers(number: str) -> None:
    assert FIGURES[number] <= {rule.computed for rule in rules(CLAUSES[number]) if isinstance(rule, Computed)}


def test_records_are_drawn_where_an_auditor_would_draw_them() -> None:
    drawn = {n: [rule.sample for rule in rules(clause) if isinstance(rule, Sample)] for n, clause in CHAPTER.items()}
    assert {number: sources for number, sources in drawn.items() if sources} == {n: [s] for n, s in DRAWN.items()}


@pytest.mark.parametrize("number", ASKED_IN)
def test_no_clause_of_the_chapter_is_left_to_documents_alone(number: str) -> None:
    assert not all(isinstance(rule, Documentary) for rule in rules(CLAUSES[number]))
