"""What the program knows of a review's inputs: counted by hand in the records."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest

from audit.records import Records
from audit.records.reviewing import improvements, review_decisions, reviews
from audit.records.reviewing.improvements import NewImprovement
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NewReview
from audit.review import ADDED, HEARD, INPUTS, KINDS, DecisionStatus, heard_word, input_word, kind_word, status_word
from audit.text import Text
from pipelines import definitions
from pipelines.auditing.review_inputs import CLAUSES, FIGURES, known
from pipelines.readiness.reassess import assessor
from tests.pipelines.conftest import Ours

DAY = dt.date(2026, 6, 1)


def told(own: Ours, records: Records, input: str) -> list[str]:
    return [text.en for text in known(own.workspace, own.run(own.after), records)[input]]


EDITIONS = ("iso-9001-2015", "iso-9001-2026")


def test_every_figure_and_clause_that_is_named_exists() -> None:
    clauses = {each.clause for edition in EDITIONS for each in definitions.checklist(edition).clauses}
    assert {name for names in FIGURES.values() for name in names} <= set(definitions.kpis())
    assert {clause for names in CLAUSES.values() for clause in names} <= clauses
    assert {*FIGURES, *CLAUSES} <= set(INPUTS)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_has_a_clause_for_each_input_that_rests_on_verdicts(edition: str) -> None:
    clauses = {each.clause for each in definitions.checklist(edition).clauses}
    assert [input for input, names in CLAUSES.items() if not clauses & set(names)] == []


@pytest.mark.parametrize(("edition", "added"), [(EDITIONS[0], ()), (EDITIONS[1], ("9.3.2-g",))])
def test_a_review_looks_at_every_requirement_of_its_edition_and_at_nothing_else(
    own: Ours, own_records: Records, edition: str, added: tuple[str, ...]
) -> None:
    checklist = definitions.checklist(edition)
    (asked,) = [each for each in checklist.clauses if each.clause == "9.3.2"]
    found = own.run(own.after)
    run = replace(found, clauses=assessor(own.workspace, found, checklist).clauses())
    inputs = tuple(known(own.workspace, run, own_records))
    assert inputs == tuple(requirement.id for requirement in asked.requirements)
    assert tuple(input for input in ADDED if input in inputs) == added


def test_every_word_differs_from_its_siblings() -> None:
    families: list[list[Text]] = [
        [input_word(each) for each in INPUTS],
        [kind_word(each) for each in KINDS],
        [status_word(each) for each in get_args(DecisionStatus)],
        [heard_word(each) for each in HEARD],
    ]
    for family in families:
        assert len({text.en for text in family}) == len(family)


def test_earlier_decisions_are_counted_by_what_became_of_them(own: Ours, own_records: Records) -> None:
    assert told(own, own_records, "9.3.2-a") == ["No decision of an earlier review is on record here."]
    reviews.hold(own_records, NewReview(DAY, DAY, DAY, "Director", "run"), "Ann")
    for due in (dt.date(2020, 1, 1), dt.date(2199, 1, 1), dt.date(2020, 1, 1), dt.date(2020, 1, 1)):
        review_decisions.decide(own_records, NewDecision("MR-001", "9.3.2-d", "resources", "x", "Ben", due), "Ann")
    review_decisions.done(own_records, "MRD-003", 1, "Ben", DAY)
    review_decisions.drop(own_records, "MRD-004", 1, "Ben", "no budget")
    expected = "Decisions so far: 4, of which 1 done, 2 open and 1 of these overdue"
    assert told(own, own_records, "9.3.2-a") == [expected]


def test_improvements_of_which_nobody_was_told_are_counted(own: Ours, own_records: Records) -> None:
    assert not [text for text in told(own, own_records, "9.3.2-f") if text.startswith("Improvements")]
    new = NewImprovement("said", "complaint", "did", done_on=DAY)
    improvements.keep(own_records, new, "Ann")
    improvements.keep(own_records, NewImprovement(**{**vars(new), "told_on": DAY, "told_how": "letter"}), "Ann")
    expected = "Improvements that customers asked for: 2; of 1 no customer was told yet"
    assert expected in told(own, own_records, "9.3.2-f")
