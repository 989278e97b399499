"""Where a finding stands in a run, by hand: with its requirement, which another edition may have moved."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.evidence import ClauseAssessment, Grade, RequirementAssessment, Verdict
from audit.finding.finding import Extent, Finding
from audit.finding.grading import Answers
from audit.finding.place import asked_in, clause_in
from audit.text import Text

AT = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
WORDS = Text(en="words", zh="文字")


def clause(number: str, *requirements: str) -> ClauseAssessment:
    asked = tuple(RequirementAssessment(id, WORDS, Verdict.CONFORMS, ()) for id in requirements)
    return ClauseAssessment(number, WORDS, Verdict.CONFORMS, None, WORDS, asked)


def finding(number: str, requirement: str) -> Finding:
    return Finding(
        "F-001", 1, "", number, requirement, "", "", (), "", Extent(), "", Answers(), None, Grade.MAJOR, "", "", None,
        (), "", None, "", (), "", "open", None, "Ann", AT.date(), "Ann", AT, "",
    )  # fmt: skip


LATER = (clause("6.1.1", "6.1-a"), clause("6.1.2", "6.1-c", "6.1.2-a"), clause("10.1", "10.1-a", "10.3-a"))


@pytest.mark.parametrize(
    ("number", "requirement", "stands"),
    [
        ("6.1", "6.1-a", "6.1.1"),
        ("6.1", "6.1-c", "6.1.2"),
        ("10.3", "10.3-a", "10.1"),
        ("10.1", "10.1-a", "10.1"),
        ("6.1.2", "6.1.2-a", "6.1.2"),
        ("10.3", "", "10.3"),
        ("6.1", "6.1-z", "6.1"),
    ],
)
def test_a_finding_stands_where_its_requirement_is_asked(number: str, requirement: str, stands: str) -> None:
    assert clause_in(asked_in(LATER), finding(number, requirement)) == stands


def test_before_any_run_it_stands_where_it_was_raised() -> None:
    assert clause_in({}, finding("6.1", "6.1-a")) == "6.1"
