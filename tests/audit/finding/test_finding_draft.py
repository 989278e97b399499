"""What evidence that is not met proposes for a finding, and what proposes nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.evidence import (
    Answer,
    ClauseAssessment,
    Drawn,
    Evidence,
    Grade,
    Outcome,
    RequirementAssessment,
    Verdict,
)
from audit.finding.finding import Extent, Reference
from audit.finding.finding_draft import draft, proposed
from audit.text import Text

DAY = dt.date(2026, 11, 2)


def text(words: str) -> Text:
    return Text(en=words, zh=words)


def evidence(id: str, outcome: Outcome, **more: object) -> Evidence:
    told = {"grade": Grade.MINOR} | more
    return Evidence(id, text("shows"), outcome, text("2 of 12 fail."), text("none fails"), **told)  # type: ignore[arg-type]


def clause(*every: Evidence) -> ClauseAssessment:
    requirement = RequirementAssessment("8.7-b", text("It is decided."), Verdict.UNDETERMINED, every)
    return ClauseAssessment("8.7", text("Outputs"), Verdict.UNDETERMINED, None, text("because"), (requirement,))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_what_is_not_met_is_proposed(outcome: Outcome) -> None:
    found = list(proposed([clause(evidence("8.7-b-1", outcome))], set()))
    assert len(found) == (outcome == Outcome.NOT_MET)


def test_what_has_a_finding_is_not_proposed_again() -> None:
    every = [clause(evidence("8.7-b-1", Outcome.NOT_MET), evidence("8.7-b-2", Outcome.NOT_MET))]
    assert [each.references[0].key for each in proposed(every, {"8.7-b-1"})] == ["8.7-b-2"]


def test_a_draft_says_what_was_found_against_what() -> None:
    whole = clause(evidence("8.7-b-1", Outcome.NOT_MET))
    (found,) = proposed([whole], set())
    assert (found.clause, found.requirement_id, found.grade) == ("8.7", "8.7-b", Grade.MINOR)
    assert found.statement == text("2 of 12 fail.") and found.references == (Reference("evidence", "8.7-b-1"),)
    assert found.criterion.en == "8.7-b: It is decided. Your criterion: none fails"
    bare = draft(whole, whole.requirements[0], None)
    assert (bare.statement, bare.references, bare.grade, bare.extent) == (None, (), None, Extent())
    assert bare.criterion.en == "8.7-b: It is decided."


def judged(item: str, outcome: Outcome) -> Answer:
    return Answer("8.7-b-1", outcome, "note", DAY, item)


@pytest.mark.parametrize(
    ("answers", "extent"),
    [
        ([], Extent(0, 0, 40)),
        ([judged("a", Outcome.MET)], Extent(0, 1, 40)),
        ([judged("a", Outcome.NOT_MET), judged("b", Outcome.MET), judged("c", Outcome.NOT_MET)], Extent(2, 3, 40)),
        ([judged("a", Outcome.NOT_MET), judged("a", Outcome.MET)], Extent(0, 1, 40)),  # judged again
        ([judged("z", Outcome.NOT_MET)], Extent(0, 0, 40)),  # of an earlier draw
    ],
)
def test_a_sample_says_how_far_it_reaches(answers: list[Answer], extent: Extent) -> None:
    sample = evidence("8.7-b-1", Outcome.NOT_MET, drawn=Drawn(40, ("a", "b", "c")), answers=tuple(answers))
    (found,) = proposed([clause(sample)], set())
    assert found.extent == extent
