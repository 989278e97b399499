"""No meaning hangs on colour alone: within a family each tag has its own mark and its own word."""

from __future__ import annotations

from typing import get_args

import pytest

from audit.evidence import Grade, Outcome, Verdict
from audit.load import GateOutcome
from audit.tag import Tag, gate_tag, grade_tag, outcome_tag, verdict_tag

FAMILIES = {
    "verdicts": [verdict_tag(verdict) for verdict in (*Verdict, None)],
    "outcomes": [outcome_tag(outcome) for outcome in Outcome],
    "grades": [grade_tag(grade) for grade in Grade],
    "gates": [gate_tag(outcome) for outcome in get_args(GateOutcome)],
}


@pytest.mark.parametrize("tags", FAMILIES.values(), ids=FAMILIES)
def test_each_tag_is_told_by_its_mark_alone_and_by_its_word_alone(tags: list[Tag]) -> None:
    assert len({tag.mark for tag in tags}) == len({tag.word.en for tag in tags}) == len(tags)
    assert all(len(tag.mark) == 1 and tag.word.en and tag.word.zh for tag in tags)


@pytest.mark.parametrize(
    ("tag", "mark", "word"),
    [
        *((verdict_tag(verdict), mark, verdict.capitalize()) for verdict, mark in zip(Verdict, "●✕◇–", strict=True)),
        *((outcome_tag(outcome), mark, outcome.capitalize()) for outcome, mark in zip(Outcome, "●✕◇–", strict=True)),
        *((grade_tag(grade), mark, grade.capitalize()) for grade, mark in zip(Grade, "■▣□△☆", strict=True)),
        (verdict_tag(None), "…", "Awaiting auditor"),
        (gate_tag("passed"), "●", "Passed"),
        (gate_tag("failed"), "✕", "Failed"),
        (gate_tag("could not be checked"), "◇", "Could not be checked"),
    ],
)
def test_a_tag_says_the_word_of_the_field(tag: Tag, mark: str, word: str) -> None:
    assert (tag.mark, tag.word.en) == (mark, word)


def test_what_could_not_be_found_out_never_looks_like_a_failure() -> None:
    failed = {verdict_tag(Verdict.DOES_NOT_CONFORM).mark, outcome_tag(Outcome.NOT_MET).mark, gate_tag("failed").mark}
    unknown = {verdict_tag(Verdict.UNDETERMINED), outcome_tag(Outcome.NOT_EVALUATED), gate_tag("could not be checked")}
    assert failed == {"✕"} and {tag.mark for tag in unknown} == {"◇"}
