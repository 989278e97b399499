"""What holds an organisation back: which requirements are gaps, how pressing each is, and what closing it wins."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_and_found import evidence, text

from audit.assessment import requirement_verdict
from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, RequirementAssessment, Verdict
from audit.readiness import Effort, Gap, Priority, effort, effort_word, gaps, priority_word
from audit.score import score

MET, OPEN, OUT = evidence(Outcome.MET), evidence(Outcome.NOT_EVALUATED), evidence(Outcome.NOT_APPLICABLE)
MAJOR, MINOR, NOTED, CHANCE = (
    evidence(Outcome.NOT_MET, grade) for grade in (Grade.MAJOR, Grade.MINOR, Grade.OBSERVATION, Grade.OPPORTUNITY)
)
UNGRADED = evidence(Outcome.NOT_MET)
YES, NO, UNSURE, NA = Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE


def asked(id: str, *found: Evidence, weight: float = 1.0) -> RequirementAssessment:
    return RequirementAssessment(id, text("asks"), requirement_verdict(found), found, weight)


def clause(number: str, *requirements: RequirementAssessment) -> ClauseAssessment:
    return ClauseAssessment(number, text("title"), Verdict.UNDETERMINED, None, text("because"), requirements)


GAPS = [
    # evidence, conclusion, priority, words of the reason, grade, share won
    ([MAJOR], None, "first", "A major nonconformity", Grade.MAJOR, 1),
    ([MET, MAJOR], None, "first", "A major nonconformity", Grade.MAJOR, 1),
    ([MET, MINOR], None, "first", "probably write a nonconformity", Grade.MINOR, 0.5),
    ([MET, UNGRADED], None, "first", "probably write a nonconformity", None, 0.5),
    ([NOTED, MINOR], None, "first", "probably write a nonconformity", Grade.MINOR, 1),
    ([NOTED, UNGRADED], None, "first", "probably write a nonconformity", Grade.OBSERVATION, 1),
    ([OPEN, MINOR], None, "first", "probably write a nonconformity", Grade.MINOR, 1),
    ([MET], NO, "first", "The auditor concluded", None, 1),
    ([OPEN], NO, "first", "The auditor concluded", None, 1),
    ([], NO, "first", "The auditor concluded", None, 1),
    ([OPEN], None, "next", "Nobody can say yet", None, 1),
    ([MET, OPEN], None, "next", "Nobody can say yet", None, 0.5),
    ([NOTED, OPEN], None, "next", "Nobody can say yet", Grade.OBSERVATION, 1),
    ([], None, "next", "Nobody can say yet", None, 1),
    ([MET], UNSURE, "next", "Nobody can say yet", None, 1),
    ([MET, NOTED], UNSURE, "next", "Nobody can say yet", Grade.OBSERVATION, 1),
    ([NOTED], None, "later", "a level of your own", Grade.OBSERVATION, 1),
    ([MET, OUT, CHANCE, MET], None, "later", "a level of your own", Grade.OPPORTUNITY, 0.25),
]
NO_GAPS = [
    ([MET], None), ([MET, MET], None), ([MET, OUT], None), ([OUT], None), ([MET], YES), ([MINOR], YES), ([MAJOR], YES),
    ([OPEN], YES), ([], YES), ([OPEN], NA), ([MAJOR], NA), ([], NA), ([OUT], UNSURE),
]  # fmt: skip


def only(found: list[Evidence], verdict: Verdict | None) -> list[Gap]:
    return gaps([clause("9.1.2", asked("9.1.2-a", *found))], {"9.1.2-a": verdict} if verdict else None)


@pytest.mark.parametrize(("found", "verdict", "priority", "words", "grade", "share"), GAPS)
def test_a_requirement_that_is_not_shown_is_a_gap(
    found: list[Evidence], verdict: Verdict | None, priority: Priority, words: str, grade: Grade | None, share: float
) -> None:
    (gap,) = only(found, verdict)
    assert (gap.priority, gap.grade, gap.share) == (priority, grade, share)
    assert words in gap.why.en
    assert len(gap.missing) == sum(each.outcome in (Outcome.NOT_MET, Outcome.NOT_EVALUATED) for each in found)


@pytest.mark.parametrize(("found", "verdict"), NO_GAPS)
def test_what_is_shown_excluded_or_concluded_as_conforming_is_none(
    found: list[Evidence], verdict: Verdict | None
) -> None:
    assert only(found, verdict) == []


def test_nothing_asked_has_no_gaps() -> None:
    assert gaps([]) == []


def test_what_failed_most_gravely_is_named_first() -> None:
    (gap,) = only([OPEN, CHANCE, MET, MINOR, NOTED, UNGRADED, MAJOR], None)
    assert [each.grade for each in gap.missing] == [MAJOR.grade, MINOR.grade, None, NOTED.grade, CHANCE.grade, None]
    assert gap.missing[-1] is OPEN


def test_the_most_pressing_come_first() -> None:
    in_order = [
        clause("10.2", asked("major", MAJOR)),
        clause("8.2.1", asked("minor heavy", MINOR, weight=3)),
        clause("4.1", asked("minor 4.1-a", MINOR), asked("minor 4.1-b", MINOR)),
        clause("9.1.2", asked("minor 9.1.2", MINOR)),
        clause("10.1", asked("minor 10.1", MINOR)),
        clause("5.1", asked("concluded", MET)),
        clause("4.2", asked("open", OPEN)),
        clause("4.3", asked("half open", MET, OPEN)),
        clause("4.4", asked("level", NOTED)),
        clause("5.2", asked("fine", MET)),
    ]
    expected = [r.id for each in in_order for r in each.requirements][:-1]
    for seed in range(20):
        mixed = random.Random(seed).sample(in_order, len(in_order))
        assert [gap.requirement.id for gap in gaps(mixed, {"concluded": NO})] == expected


EFFORTS = [
    ("computed", MINOR, "months"), ("computed", OPEN, "weeks"), ("document", MINOR, "days"), ("document", OPEN, "days"),
    ("sample", MINOR, "weeks"), ("sample", OPEN, "hours"), ("interview", MINOR, "weeks"), ("interview", OPEN, "hours"),
    ("observation", MINOR, "weeks"), ("observation", OPEN, "hours"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "found", "work"), EFFORTS)
def test_what_is_missing_takes_so_long(kind: str, found: Evidence, work: Effort) -> None:
    assert effort(replace(found, kind=kind)) == work


def test_a_gap_takes_as_long_as_the_longest_of_what_is_missing() -> None:
    (gap,) = only(
        [replace(OPEN, kind="interview"), replace(OPEN, kind="computed"), replace(OPEN, kind="document")], None
    )
    assert gap.effort == "weeks"
    (concluded,) = only([replace(MET, kind="computed")], NO)
    assert concluded.effort == "days"


pieces = st.lists(st.sampled_from([MET, OPEN, OUT, MAJOR, MINOR, NOTED]), max_size=4)


@given(
    st.lists(pieces, min_size=1, max_size=5), st.dictionaries(st.sampled_from("01234"), st.sampled_from(list(Verdict)))
)
def test_the_gaps_are_all_that_the_score_lacks(found: list[list[Evidence]], said: dict[str, Verdict]) -> None:
    requirements = [asked(str(at), *each, weight=1 + at) for at, each in enumerate(found)]
    made = score(requirements, said)
    assert made is not None
    lacking = sum(gap.share for gap in gaps([clause("9.1.2", *requirements)], said))
    assert lacking == pytest.approx(made.not_met + made.not_evaluated, abs=1e-12)


def test_the_words_exist_for_every_effort_and_priority() -> None:
    assert [effort_word(word).en for word in ("hours", "days", "weeks", "months")] == [
        "hours",
        "days",
        "weeks",
        "months",
    ]
    assert [priority_word(word).en for word in ("first", "next", "later")] == ["first", "next", "later"]
