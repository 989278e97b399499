"""Verdicts, outcomes and grades as readers meet them: a shape and a word, so that no meaning hangs on colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from audit.evidence import Grade, Outcome, Verdict
from audit.load import GateOutcome
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Tag:
    mark: str
    word: Text


def verdict_tag(verdict: Verdict | None) -> Tag:
    """None is a conclusion that nobody has drawn yet."""
    if verdict is None:
        return Tag("…", say("Awaiting auditor"))
    return {
        Verdict.CONFORMS: Tag("●", say("Conforms")),
        Verdict.DOES_NOT_CONFORM: Tag("✕", say("Does not conform")),
        Verdict.UNDETERMINED: Tag("◇", say("Undetermined")),
        Verdict.NOT_APPLICABLE: Tag("–", say("Not applicable")),
    }[verdict]


def outcome_tag(outcome: Outcome) -> Tag:
    return {
        Outcome.MET: Tag("●", say("Met")),
        Outcome.NOT_MET: Tag("✕", say("Not met")),
        Outcome.NOT_EVALUATED: Tag("◇", say("Not evaluated")),
        Outcome.NOT_APPLICABLE: Tag("–", say("Not applicable")),
    }[outcome]


def grade_tag(grade: Grade) -> Tag:
    return {
        Grade.MAJOR: Tag("■", say("Major nonconformity")),
        Grade.MINOR: Tag("▣", say("Minor nonconformity")),
        Grade.OBSERVATION: Tag("□", say("Observation")),
        Grade.OPPORTUNITY: Tag("△", say("Opportunity for improvement")),
        Grade.GOOD_PRACTICE: Tag("☆", say("Good practice")),
    }[grade]


def gate_tag(outcome: GateOutcome) -> Tag:
    known = {"passed": Tag("●", say("Passed")), "failed": Tag("✕", say("Failed"))}
    return known.get(outcome, Tag("◇", say("Could not be checked")))
