"""What holds an organisation back from its audit: each gap, the gravest first, and what it would take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.assessment import GRAVEST_FIRST, NONCONFORMITIES, gravity
from audit.checklist import by_number
from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, RequirementAssessment, Verdict
from audit.score import CONCLUDED, shares
from audit.text import Text
from audit.wording import say

Priority = Literal["first", "next", "later"]
Effort = Literal["hours", "days", "weeks", "months"]
LARGEST_FIRST: tuple[Effort, ...] = ("months", "weeks", "days", "hours")


@dataclass(frozen=True)
class Gap:
    clause: str
    title: Text
    requirement: RequirementAssessment
    missing: tuple[Evidence, ...]
    """What is not met, then what is not evaluated."""
    priority: Priority
    why: Text
    effort: Effort
    """As it usually is for what is missing; who knows better plans it otherwise."""
    share: float
    """Of the weight of all that is asked: what closing it would win."""

    @property
    def grade(self) -> Grade | None:
        grades = [found.grade for found in self.missing if found.outcome == Outcome.NOT_MET and found.grade]
        return min(grades, key=GRAVEST_FIRST.index, default=None)


def gaps(clauses: Sequence[ClauseAssessment], concluded: Mapping[str, Verdict] | None = None) -> list[Gap]:
    """Requirements that are not shown, the most pressing first. What an auditor concluded as conforming is none."""
    whole = sum(requirement.weight for clause in clauses for requirement in clause.requirements)
    found = []
    for clause in clauses:
        for requirement in clause.requirements:
            verdict = (concluded or {}).get(requirement.id)
            if verdict in CONCLUDED and verdict != Verdict.DOES_NOT_CONFORM:
                continue
            gap = _gap(clause, requirement, verdict, whole)
            if gap:
                found.append(gap)
    return sorted(found, key=_rank)


def _gap(
    clause: ClauseAssessment, requirement: RequirementAssessment, verdict: Verdict | None, whole: float
) -> Gap | None:
    evidence = requirement.evidence
    failed = sorted((e for e in evidence if e.outcome == Outcome.NOT_MET), key=gravity)
    open_ = [e for e in evidence if e.outcome == Outcome.NOT_EVALUATED]
    now = shares(requirement, verdict)
    short = now.get(Outcome.NOT_MET, 0.0) + now.get(Outcome.NOT_EVALUATED, 0.0)
    if not short:
        return None
    missing = (*failed, *open_)
    priority, why = _priority(failed, open_, verdict)
    share = requirement.weight * short / whole
    efforts: list[Effort] = [effort(each) for each in missing] or ["days"]
    return Gap(
        clause.clause, clause.title, requirement, missing, priority, why, min(efforts, key=LARGEST_FIRST.index), share
    )


def _priority(failed: list[Evidence], open_: list[Evidence], verdict: Verdict | None) -> tuple[Priority, Text]:
    if verdict == Verdict.DOES_NOT_CONFORM:
        return "first", say("The auditor concluded that it does not conform.")
    if failed and failed[0].grade == Grade.MAJOR:
        return "first", say(
            "A major nonconformity stands in the way of a certificate until its correction is verified."
        )
    if any(each.grade in NONCONFORMITIES for each in failed):
        return "first", say("An auditor who sees this would probably write a nonconformity.")
    if open_ or not failed or verdict == Verdict.UNDETERMINED:
        return "next", say("Nobody can say yet whether it is in order, and an auditor will ask.")
    return "later", say("It misses a level of your own; the standard sets none.")


def effort(missing: Evidence) -> Effort:
    """Data that disappoints takes a change of the work; missing data its collection; paper less; asking least."""
    failed = missing.outcome == Outcome.NOT_MET
    if missing.kind == "computed":
        return "months" if failed else "weeks"
    if missing.kind == "document":
        return "days"
    return "weeks" if failed else "hours"


def effort_word(value: str) -> Text:
    words = {"hours": say("hours"), "days": say("days"), "weeks": say("weeks"), "months": say("months")}
    return words[value]


def priority_word(value: str) -> Text:
    words = {"first": say("first"), "next": say("next"), "later": say("later")}
    return words[value]


def _rank(gap: Gap) -> tuple[int, int, float, list[int], str]:
    order = ("first", "next", "later").index(gap.priority)
    grade = GRAVEST_FIRST.index(gap.grade) if gap.grade else len(GRAVEST_FIRST)
    return order, grade, -gap.share, by_number(gap.clause), gap.requirement.id
