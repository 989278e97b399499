"""The score: one formula, held against an oracle in fractions, and the properties that nobody may bend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_and_found import evidence, text

from audit.assessment import requirement_verdict
from audit.evidence import Evidence, Grade, Outcome, RequirementAssessment, Verdict
from audit.score import Score, formula, score, shares

MET, OPEN, OUT = evidence(Outcome.MET), evidence(Outcome.NOT_EVALUATED), evidence(Outcome.NOT_APPLICABLE)
MAJOR, MINOR, NOTED = (evidence(Outcome.NOT_MET, g) for g in (Grade.MAJOR, Grade.MINOR, Grade.OBSERVATION))
UNGRADED = evidence(Outcome.NOT_MET)


def asked(id: str, *found: Evidence, weight: float = 1.0) -> RequirementAssessment:
    return RequirementAssessment(id, text("asks"), requirement_verdict(found), found, weight)


def four(found: Score | None) -> tuple[float, float, float, float]:
    assert found is not None
    return found.met, found.not_met, found.not_evaluated, found.not_applicable


TABLE = [
    # requirements, share met, not met, not evaluated, not applicable
    ([asked("a", MET)], (1, 0, 0, 0)),
    ([asked("a", MET, MET, MET)], (1, 0, 0, 0)),
    ([asked("a", MET, MINOR)], (0.5, 0.5, 0, 0)),
    ([asked("a", MET, UNGRADED)], (0.5, 0.5, 0, 0)),
    ([asked("a", MET, NOTED)], (0.5, 0.5, 0, 0)),
    ([asked("a", MET, OPEN)], (0.5, 0, 0.5, 0)),
    ([asked("a", MET, OUT)], (0.5, 0, 0, 0.5)),
    ([asked("a", MET, MET, MET, MAJOR)], (0, 1, 0, 0)),
    ([asked("a", OPEN, OUT, MAJOR)], (0, 1, 0, 0)),
    ([asked("a")], (0, 0, 1, 0)),
    ([asked("a", OUT)], (0, 0, 0, 1)),
    ([asked("a", MET), asked("b", MINOR)], (0.5, 0.5, 0, 0)),
    ([asked("a", MET), asked("b", MET, MET, MET, MINOR)], (0.875, 0.125, 0, 0)),
    ([asked("a", MET, weight=3), asked("b", OPEN)], (0.75, 0, 0.25, 0)),
    ([asked("a", MET, weight=3), asked("b", MET, MAJOR)], (0.75, 0.25, 0, 0)),
    ([asked("a", MET), asked("b", OUT)], (0.5, 0, 0, 0.5)),
]


@pytest.mark.parametrize(("requirements", "expected"), TABLE)
def test_the_shares_by_hand(requirements: list[RequirementAssessment], expected: tuple[float, ...]) -> None:
    assert four(score(requirements)) == expected


CONCLUDED = [
    # evidence, what the auditor concluded, share met, not met, not evaluated, not applicable; majors
    ([MET], Verdict.DOES_NOT_CONFORM, (0, 1, 0, 0), 0),
    ([MINOR], Verdict.CONFORMS, (1, 0, 0, 0), 0),
    ([MET, MAJOR], Verdict.CONFORMS, (1, 0, 0, 0), 0),
    ([MET, MAJOR], Verdict.DOES_NOT_CONFORM, (0, 1, 0, 0), 1),
    ([MET, MAJOR], Verdict.UNDETERMINED, (0, 1, 0, 0), 1),
    ([MET, MAJOR], Verdict.NOT_APPLICABLE, (0, 0, 0, 1), 0),
    ([OPEN], Verdict.CONFORMS, (1, 0, 0, 0), 0),
    ([], Verdict.CONFORMS, (1, 0, 0, 0), 0),
    ([], Verdict.UNDETERMINED, (0, 0, 1, 0), 0),
    ([MET], Verdict.NOT_APPLICABLE, (0, 0, 0, 1), 0),
    ([MET, MET], Verdict.UNDETERMINED, (0, 0, 1, 0), 0),
    ([MET, MINOR], Verdict.UNDETERMINED, (0, 0.5, 0.5, 0), 0),
    ([MET, OUT], Verdict.UNDETERMINED, (0, 0, 0.5, 0.5), 0),
]


@pytest.mark.parametrize(("found", "verdict", "expected", "majors"), CONCLUDED)
def test_an_auditors_conclusion_counts_for_the_whole_requirement(
    found: list[Evidence], verdict: Verdict, expected: tuple[float, ...], majors: int
) -> None:
    made = score([asked("a", *found)], {"a": verdict, "z": Verdict.CONFORMS})
    assert four(made) == expected
    assert made is not None and made.majors == majors


@pytest.mark.parametrize("verdict", [None, *Verdict])
def test_a_conclusion_on_another_requirement_changes_nothing(verdict: Verdict | None) -> None:
    other = {"b": verdict} if verdict else {}
    assert score([asked("a", MET, MINOR)], other) == score([asked("a", MET, MINOR)])


READY = [
    ([asked("a", MET)], True),
    ([asked("a", MET, OUT)], True),
    ([asked("a", MET), asked("b", OUT)], True),
    ([asked("a", MET, OPEN)], False),
    ([asked("a", MET), asked("b")], False),
    ([asked("a", MET, NOTED)], False),
    ([asked("a", MET), asked("b", MINOR, weight=0.001)], False),
    ([asked("a", MET, weight=1000), asked("b", MET, MAJOR, weight=0.001)], False),
]


@pytest.mark.parametrize(("requirements", "ready"), READY)
def test_ready_is_who_has_nothing_open(requirements: list[RequirementAssessment], ready: bool) -> None:
    made = score(requirements)
    assert made is not None and made.ready is ready


def test_nothing_asked_has_no_score() -> None:
    assert score([]) is None
    assert score([], {"a": Verdict.CONFORMS}) is None


def test_the_formula_is_said_in_both_languages() -> None:
    said = formula()
    assert "÷" in said.en and "÷" in said.zh


# --- what holds whatever is found -------------------------------------------------------------------------------------
graded = st.sampled_from([MET, OPEN, OUT, MAJOR, MINOR, NOTED, UNGRADED])
weights = st.sampled_from([0.1, 0.25, 1.0, 1.5, 3.0, 7.0])


@st.composite
def assessments(draw: st.DrawFn) -> list[RequirementAssessment]:
    pieces = draw(st.lists(st.lists(graded, max_size=5), min_size=1, max_size=6))
    return [asked(f"r{at}", *found, weight=draw(weights)) for at, found in enumerate(pieces)]


conclusions = st.dictionaries(st.sampled_from([f"r{at}" for at in range(6)]), st.sampled_from(list(Verdict)))


def by_fractions(requirements: Sequence[RequirementAssessment], concluded: dict[str, Verdict]) -> dict[str, Fraction]:
    """As the formula on the screen says it, requirement by requirement."""
    total = dict.fromkeys(("met", "not met", "not evaluated", "not applicable"), Fraction(0))
    whole = sum(Fraction(each.weight) for each in requirements)
    for each in requirements:
        outcomes = [str(found.outcome) for found in each.evidence]
        gravest = any(o == "not met" and f.grade == "major nonconformity" for o, f in zip(outcomes, each.evidence,
                                                                                           strict=True))  # fmt: skip
        said = concluded.get(each.id)
        if said == "conforms":
            outcomes = ["met"]
        elif said == "not applicable":
            outcomes = ["not applicable"]
        elif said == "does not conform" or gravest:
            outcomes = ["not met"]
        elif said == "undetermined":
            outcomes = ["not evaluated" if o == "met" else o for o in outcomes]
        for outcome in outcomes or ["not evaluated"]:
            total[outcome] += Fraction(each.weight) / whole / max(len(outcomes), 1)
    return total


@given(assessments(), conclusions)
def test_the_shares_agree_with_fractions(requirements: list[RequirementAssessment], said: dict[str, Verdict]) -> None:
    expected = [float(share) for share in by_fractions(requirements, said).values()]
    assert four(score(requirements, said)) == pytest.approx(expected, abs=1e-12)


@given(assessments(), conclusions)
def test_the_shares_sum_to_one(requirements: list[RequirementAssessment], said: dict[str, Verdict]) -> None:
    found = four(score(requirements, said))
    assert sum(found) == pytest.approx(1, abs=1e-12) and all(0 <= share <= 1 for share in found)


@given(assessments(), conclusions, st.randoms(use_true_random=False))
def test_neither_order_matters(requirements: list[RequirementAssessment], said: dict[str, Verdict], dice) -> None:
    mixed = [replace(each, evidence=tuple(dice.sample(each.evidence, len(each.evidence)))) for each in requirements]
    dice.shuffle(mixed)
    assert score(mixed, said) == score(requirements, said)
    verdicts = {each.id: requirement_verdict(each.evidence) for each in mixed}
    assert verdicts == {each.id: each.proposed for each in requirements}


@given(assessments(), conclusions, st.sampled_from([0.5, 2.0, 3.0, 1000.0]))
def test_only_the_proportion_of_the_weights_matters(
    requirements: list[RequirementAssessment], said: dict[str, Verdict], factor: float
) -> None:
    scaled = [replace(each, weight=each.weight * factor) for each in requirements]
    assert four(score(scaled, said)) == pytest.approx(four(score(requirements, said)), abs=1e-12)


# From *not evaluated* to an observation more is known, not less: an observation is no nonconformity.
WORSE = [(MET, OPEN), (MET, NOTED), (MET, MINOR), (MET, MAJOR), (OPEN, MINOR), (OPEN, MAJOR),
         (NOTED, MINOR), (NOTED, UNGRADED), (MINOR, MAJOR), (UNGRADED, MAJOR)]  # fmt: skip
GOODNESS = {Verdict.CONFORMS: 2, Verdict.UNDETERMINED: 1, Verdict.DOES_NOT_CONFORM: 0}


@given(assessments(), conclusions, st.sampled_from(WORSE), st.data())
def test_worse_evidence_never_raises_the_score_nor_improves_a_verdict(
    requirements: list[RequirementAssessment], said: dict[str, Verdict], pair: tuple[Evidence, Evidence], data
) -> None:
    better, worse = pair
    at = data.draw(st.integers(0, len(requirements) - 1))
    place = data.draw(st.integers(0, len(requirements[at].evidence)))
    before, after = list(requirements), list(requirements)
    for where, found in ((before, better), (after, worse)):
        whole = (*requirements[at].evidence[:place], found, *requirements[at].evidence[place:])
        where[at] = replace(requirements[at], evidence=whole, proposed=requirement_verdict(whole))
    high, low = score(before, said), score(after, said)
    assert high is not None and low is not None
    assert low.met <= high.met and low.majors >= high.majors and low.ready <= high.ready
    assert GOODNESS[after[at].proposed] <= GOODNESS[before[at].proposed]


@given(assessments(), conclusions, st.data())
def test_what_is_made_not_applicable_never_raises_the_share(
    requirements: list[RequirementAssessment], said: dict[str, Verdict], data
) -> None:
    """Neither a requirement nor a piece of evidence; taking a major back is the one that frees what stood beside it."""
    at = data.draw(st.integers(0, len(requirements) - 1))
    before = score(requirements, said)
    excluded = score(requirements, said | {requirements[at].id: Verdict.NOT_APPLICABLE})
    assert before is not None and excluded is not None and excluded.met <= before.met
    pieces = [n for n, found in enumerate(requirements[at].evidence) if found.grade != Grade.MAJOR]
    for piece in pieces:
        whole = [OUT if n == piece else found for n, found in enumerate(requirements[at].evidence)]
        left = [replace(each, evidence=tuple(whole)) if n == at else each for n, each in enumerate(requirements)]
        after = score(left, said)
        assert after is not None and after.met <= before.met


@given(assessments(), weights, st.lists(st.just(MET), max_size=30))
def test_a_major_is_never_averaged_away(
    requirements: list[RequirementAssessment], weight: float, good: list[Evidence]
) -> None:
    bad = asked("bad", *good, MAJOR, weight=weight)
    assert shares(bad) == {Outcome.NOT_MET: 1.0} and bad.proposed == Verdict.DOES_NOT_CONFORM
    made = score([*requirements, bad])
    assert made is not None and not made.ready and made.majors >= 1
    whole = sum(each.weight for each in requirements) + weight
    assert made.met <= 1 - weight / whole + 1e-12
