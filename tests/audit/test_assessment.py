"""How evidence becomes a verdict: one gap is enough, silence is no conformity, and a major is never averaged away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_and_found import evidence, text

from audit.assessment import (
    assess_clause,
    assess_requirement,
    clause_conclusion,
    clause_verdict,
    gravest,
    requirement_verdict,
)
from audit.checklist import Clause
from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, Verdict

YES, NO, OPEN, NA = Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE
MET, SILENT, OUT = evidence(Outcome.MET), evidence(Outcome.NOT_EVALUATED), evidence(Outcome.NOT_APPLICABLE)
MAJOR, MINOR, OBSERVATION, OPPORTUNITY, UNGRADED = (
    evidence(Outcome.NOT_MET, grade) for grade in (Grade.MAJOR, Grade.MINOR, Grade.OBSERVATION, Grade.OPPORTUNITY, None)
)

REQUIREMENTS = [
    ([], OPEN),
    ([MET], YES),
    ([MET, MET], YES),
    ([SILENT], OPEN),
    ([MET, SILENT], OPEN),
    ([MINOR], NO),
    ([MAJOR], NO),
    ([UNGRADED], NO),
    ([MET, MET, MET, MINOR], NO),
    ([SILENT, MINOR], NO),
    ([OBSERVATION], YES),
    ([OPPORTUNITY, MET], YES),
    ([OBSERVATION, SILENT], OPEN),
    ([OBSERVATION, MINOR], NO),
    ([OUT], NA),
    ([OUT, OUT], NA),
    ([OUT, MET], YES),
    ([OUT, SILENT], OPEN),
    ([OUT, MINOR], NO),
    ([OUT, OBSERVATION], YES),
]


@pytest.mark.parametrize(("found", "verdict"), REQUIREMENTS)
def test_a_requirement_is_proposed_to(found: list[Evidence], verdict: Verdict) -> None:
    assert requirement_verdict(found) == verdict


CLAUSES = [
    ([], OPEN),
    ([YES], YES),
    ([YES, YES], YES),
    ([YES, NO], NO),
    ([YES, OPEN], OPEN),
    ([OPEN, NO], NO),
    ([NA], NA),
    ([NA, NA], NA),
    ([NA, YES], YES),
    ([NA, OPEN], OPEN),
    ([NA, NO], NO),
    ([YES] * 9 + [NO], NO),
]


@pytest.mark.parametrize(("verdicts", "verdict"), CLAUSES)
def test_a_clause_follows_its_requirements(verdicts: list[Verdict], verdict: Verdict) -> None:
    assert clause_verdict(verdicts) == verdict


@pytest.mark.parametrize(
    ("drawn", "verdict"),
    [
        ([], None),
        ([None], None),
        ([YES, None], None),
        ([NO, None], None),
        ([NA, None], None),
        ([YES, YES], YES),
        ([YES, NO], NO),
        ([OPEN, YES], OPEN),
        ([NA, NA], NA),
    ],
)
def test_a_clause_is_concluded_when_each_requirement_is(drawn: list[Verdict | None], verdict: Verdict | None) -> None:
    assert clause_conclusion(drawn) == verdict


@pytest.mark.parametrize(
    ("grades", "grade"),
    [
        ([], None),
        ([None, None], None),
        ([None, Grade.OBSERVATION], Grade.OBSERVATION),
        ([Grade.MINOR, Grade.MAJOR, Grade.OBSERVATION], Grade.MAJOR),
        ([Grade.OBSERVATION, Grade.MINOR, None], Grade.MINOR),
        ([Grade.GOOD_PRACTICE, Grade.OPPORTUNITY], Grade.OPPORTUNITY),
    ],
)
def test_the_gravest_grade_stands_for_all(grades: list[Grade | None], grade: Grade | None) -> None:
    assert gravest(grades) == grade


def assessed(*requirements: Sequence[Evidence]) -> ClauseAssessment:
    asked = [{"id": f"9.1.2-{i}", "asks": text("asks")} for i in range(max(len(requirements), 1))]
    clause = Clause.model_validate({"clause": "9.1.2", "title": text("Customer satisfaction"), "requirements": asked})
    return assess_clause(
        clause, [assess_requirement(r, found) for r, found in zip(clause.requirements, requirements, strict=True)]
    )


def saying(found: Evidence, because: str) -> Evidence:
    return evidence(found.outcome, found.grade, because)


A, B, C = (saying(MINOR, f"{letter} is missing.") for letter in "ABC")
WORST, QUIET = saying(MAJOR, "Nobody is asked."), saying(SILENT, "Too few answered.")
NOTED, FINE, LEFT_OUT = saying(OBSERVATION, "It is old."), saying(MET, "It is so."), saying(OUT, "They have no shop.")

BECAUSE = [
    ([[FINE, MET], [MET]], "All 3 pieces of evidence are met."),
    ([[FINE]], "It is so."),
    ([[FINE], [LEFT_OUT]], "It is so."),
    ([[FINE, FINE, LEFT_OUT]], "All 2 pieces of evidence are met."),
    ([[LEFT_OUT]], "They have no shop."),
    ([[]], "Only people can judge this; record a conclusion."),
    ([[FINE, FINE], []], "Only people can judge this; record a conclusion."),
    ([[FINE, QUIET]], "Too few answered."),
    ([[FINE, QUIET], []], "Too few answered."),
    ([[NOTED, FINE]], "It is old."),
    ([[NOTED, QUIET]], "Too few answered."),
    ([[NOTED, A, QUIET]], "A is missing."),
    ([[A], [B]], "A is missing. B is missing."),
    ([[A, B], [C]], "A is missing. B is missing. (1 more)"),
    ([[A], [A]], "A is missing."),
    ([[A, A], [B, A]], "A is missing. B is missing."),
    ([[A, A], [B, C]], "A is missing. B is missing. (1 more)"),
    ([[UNGRADED, NOTED], [A]], "so it is. A is missing."),
    ([[UNGRADED], [WORST]], "Nobody is asked. so it is."),
    ([[A, B], [C, WORST]], "Nobody is asked. A is missing. (2 more)"),
]


@pytest.mark.parametrize(("found", "words"), BECAUSE)
def test_a_clause_says_what_decides(found: list[list[Evidence]], words: str) -> None:
    assert assessed(*found).because.en == words
    assert assessed(*found).because.zh


def test_a_clause_keeps_its_requirements_and_their_evidence() -> None:
    clause = assessed([MET, MINOR], [SILENT])
    assert [(r.proposed, r.evidence) for r in clause.requirements] == [(NO, (MET, MINOR)), (OPEN, (SILENT,))]
    assert (clause.clause, clause.proposed, clause.grade) == ("9.1.2", NO, Grade.MINOR)


# Laws that hold whatever was found. Worse to better: does not conform, undetermined, conforms. Not applicable stands
# outside this order: it says that nothing was asked, so it only ever gives way.

EVIDENCE = st.sampled_from([MET, SILENT, OUT, MAJOR, MINOR, OBSERVATION, OPPORTUNITY, UNGRADED])
MANY = st.lists(EVIDENCE, max_size=8)
WORSE_FIRST = [NO, OPEN, YES]
DEGREE = {"gap": 0, "silent": 1, "noted": 2, "met": 2}


def degree(found: Evidence) -> int:
    """How much one piece of evidence speaks for conformity; an observation takes nothing from it."""
    if found.outcome == Outcome.NOT_MET:
        return DEGREE["noted" if found.grade in (Grade.OBSERVATION, Grade.OPPORTUNITY) else "gap"]
    return DEGREE["silent" if found.outcome == Outcome.NOT_EVALUATED else "met"]


def no_better(one: Verdict, other: Verdict) -> bool:
    return WORSE_FIRST.index(one) <= WORSE_FIRST.index(other)


@given(MANY, st.randoms())
def test_the_order_of_evidence_never_matters(found: list[Evidence], dice: Any) -> None:
    shuffled = found[:]
    dice.shuffle(shuffled)
    assert requirement_verdict(found) == requirement_verdict(shuffled)
    assert assessed(found).grade == assessed(shuffled).grade


@given(MANY, EVIDENCE, EVIDENCE)
def test_worse_evidence_never_improves_a_verdict(others: list[Evidence], one: Evidence, other: Evidence) -> None:
    if OUT in (one, other):
        return
    worse, better = sorted((one, other), key=degree)
    assert no_better(requirement_verdict([*others, worse]), requirement_verdict([*others, better]))


@given(MANY, st.sampled_from([MAJOR, MINOR, UNGRADED]))
def test_a_nonconformity_decides_whatever_else_was_found(others: list[Evidence], gap: Evidence) -> None:
    assert requirement_verdict([*others, gap]) == NO
    assert assessed(others, [gap]).proposed == assessed([gap, *others], [MET]).proposed == NO


@given(MANY)
def test_silence_never_becomes_conformity(others: list[Evidence]) -> None:
    assert requirement_verdict([*others, SILENT]) in (NO, OPEN)
    assert assessed([MET], [*others, SILENT]).proposed in (NO, OPEN)


@given(MANY)
def test_silence_alone_is_never_a_nonconformity(others: list[Evidence]) -> None:
    quiet = [found for found in others if degree(found) > 0]
    assert requirement_verdict([*quiet, SILENT]) == OPEN


@given(st.lists(EVIDENCE, min_size=1, max_size=8))
def test_what_is_not_applicable_changes_no_verdict_and_raises_nothing(found: list[Evidence]) -> None:
    assert requirement_verdict([*found, OUT]) == requirement_verdict(found)
    assert clause_verdict([requirement_verdict(found), NA]) == requirement_verdict(found)


@given(MANY)
def test_conformity_is_shown_by_evidence_and_never_by_its_absence(found: list[Evidence]) -> None:
    if requirement_verdict(found) == YES:
        assert any(piece.outcome in (Outcome.MET, Outcome.NOT_MET) for piece in found)
        assert SILENT not in found


@given(st.lists(MANY, min_size=1, max_size=4), st.integers(0, 3))
def test_a_major_grade_never_disappears_from_the_clause(found: list[list[Evidence]], place: int) -> None:
    found[place % len(found)].append(WORST)
    clause = assessed(*found)
    assert (clause.proposed, clause.grade) == (NO, Grade.MAJOR)
    major = [piece.because.en for pieces in found for piece in pieces if piece.grade == Grade.MAJOR]
    assert any(clause.because.en.startswith(because) for because in major)


@given(st.lists(MANY, min_size=1, max_size=4))
def test_a_clause_is_no_better_than_its_worst_requirement(found: list[list[Evidence]]) -> None:
    clause = assessed(*found)
    assert all(no_better(clause.proposed, r.proposed) for r in clause.requirements if r.proposed != NA)
    assert (clause.proposed == NA) == all(r.proposed == NA for r in clause.requirements)


@given(st.lists(MANY, min_size=1, max_size=4))
def test_the_reason_never_claims_more_than_was_met(found: list[list[Evidence]]) -> None:
    clause = assessed(*found)
    if clause.because.en.startswith("All "):
        assert clause.proposed == YES
        assert {piece.outcome for pieces in found for piece in pieces} <= {Outcome.MET, Outcome.NOT_APPLICABLE}
