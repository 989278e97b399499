"""The guided decision, against the table of the page on ISO 9001: three questions and five tests."""

from __future__ import annotations

import itertools

import pytest

from audit.evidence import Grade
from audit.finding.grading import TESTS, Answers, answers, propose, question

NONE_HOLDS = dict.fromkeys(TESTS, False)


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        ({"requirement": False}, Grade.OPPORTUNITY),
        ({"requirement": False, "unfulfilled": True, "absent": True}, Grade.OPPORTUNITY),
        ({"requirement": True, "unfulfilled": False}, Grade.OPPORTUNITY),
        ({"requirement": True, "unfulfilled": False, "repeated": True}, Grade.OPPORTUNITY),
        ({"requirement": True, "unfulfilled": True, **NONE_HOLDS}, Grade.MINOR),
        *[({"requirement": True, "unfulfilled": True, **NONE_HOLDS, test: True}, Grade.MAJOR) for test in TESTS],
        *[({"requirement": True, "unfulfilled": True, test: True}, Grade.MAJOR) for test in TESTS],
    ],
)
def test_answers_lead_to_a_grade(given: dict[str, bool], grade: Grade) -> None:
    found = propose(Answers(**given))
    assert found and found.grade == grade and grade in found.fits


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"unfulfilled": True, "absent": True},
        {"unfulfilled": False},
        {"requirement": True},
        {"requirement": True, "absent": True, "repeated": True},
        {"requirement": True, "unfulfilled": True},
        *[{"requirement": True, "unfulfilled": True, **{t: False for t in TESTS if t != left}} for left in TESTS],
    ],
)
def test_no_grade_is_proposed_while_an_answer_is_missing(given: dict[str, bool]) -> None:
    assert propose(Answers(**given)) is None


def test_only_what_is_no_nonconformity_fits_without_a_requirement_or_its_breach() -> None:
    for given in (Answers(False), Answers(True, False)):
        found = propose(given)
        assert found and {Grade.MAJOR, Grade.MINOR}.isdisjoint(found.fits)


def test_a_worse_answer_never_leads_to_a_milder_grade() -> None:
    """Over all 2 to the 5 ways in which the tests can come out."""
    for held in itertools.product([False, True], repeat=len(TESTS)):
        found = propose(Answers(True, True, *held))
        assert found and (found.grade == Grade.MAJOR) == any(held)
        assert found.fits == {found.grade}


def test_what_was_kept_comes_back_and_nothing_else() -> None:
    given = Answers(requirement=True, unfulfilled=True, absent=False)
    assert given.given() == {"requirement": True, "unfulfilled": True, "absent": False}
    assert answers(given.given()) == given
    assert answers({"requirement": "yes", "unknown": True, "absent": 1}) == Answers()


def test_every_question_is_asked_in_both_languages() -> None:
    told = [question(name) for name in ("requirement", "unfulfilled", *TESTS)]
    assert len({text.en for text in told}) == len(told)
