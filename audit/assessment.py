"""How evidence becomes a verdict: of a requirement, and of a clause. The program proposes, an auditor concludes."""

from __future__ import annotations

from collections.abc import Sequence

from audit.checklist import Clause, Requirement
from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, RequirementAssessment, Verdict
from audit.text import Text, sentences
from audit.wording import say

GRAVEST_FIRST = tuple(Grade)
NONCONFORMITIES = (Grade.MAJOR, Grade.MINOR, None)
"""A gap that nobody graded counts as one, for it must not pass in silence."""


def requirement_verdict(evidence: Sequence[Evidence]) -> Verdict:
    """One gap is enough for nonconformity; conformity needs every piece of evidence that was asked for.

    A gap that the checklist grades no graver than an observation is shown, but is no nonconformity.
    """
    applicable = [found for found in evidence if found.outcome != Outcome.NOT_APPLICABLE]
    if any(found.outcome == Outcome.NOT_MET and found.grade in NONCONFORMITIES for found in applicable):
        return Verdict.DOES_NOT_CONFORM
    if any(found.outcome == Outcome.NOT_EVALUATED for found in applicable) or not evidence:
        return Verdict.UNDETERMINED
    return Verdict.CONFORMS if applicable else Verdict.NOT_APPLICABLE


def clause_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """The same rule one level up, for proposed and for concluded verdicts alike."""
    applicable = [verdict for verdict in verdicts if verdict != Verdict.NOT_APPLICABLE]
    if Verdict.DOES_NOT_CONFORM in applicable:
        return Verdict.DOES_NOT_CONFORM
    if Verdict.UNDETERMINED in applicable or not verdicts:
        return Verdict.UNDETERMINED
    return Verdict.CONFORMS if applicable else Verdict.NOT_APPLICABLE


def assess_requirement(requirement: Requirement, evidence: Sequence[Evidence]) -> RequirementAssessment:
    return RequirementAssessment(
        id=requirement.id,
        asks=requirement.asks,
        proposed=requirement_verdict(evidence),
        evidence=tuple(evidence),
        weight=requirement.weight,
        pack=requirement.pack,
    )


def assess_clause(clause: Clause, requirements: Sequence[RequirementAssessment]) -> ClauseAssessment:
    evidence = [found for requirement in requirements for found in requirement.evidence]
    return ClauseAssessment(
        clause=clause.clause,
        title=clause.title,
        proposed=clause_verdict([requirement.proposed for requirement in requirements]),
        grade=gravest([found.grade for found in evidence]),
        because=_because(requirements),
        requirements=tuple(requirements),
    )


def gravest(grades: Sequence[Grade | None]) -> Grade | None:
    """A major nonconformity is never averaged away."""
    present = [grade for grade in grades if grade is not None]
    return min(present, key=GRAVEST_FIRST.index, default=None)


def _because(requirements: Sequence[RequirementAssessment]) -> Text:
    """The sentences that decide: nonconformities, else what is not evaluated, else observations, else the count."""
    evidence = [found for requirement in requirements for found in requirement.evidence]
    gaps = sorted((found for found in evidence if found.outcome == Outcome.NOT_MET), key=gravity)
    met = [found for found in evidence if found.outcome == Outcome.MET]
    unasked = [requirement for requirement in requirements if not requirement.evidence]
    for deciding in (
        [found for found in gaps if found.grade in NONCONFORMITIES],
        [found for found in evidence if found.outcome == Outcome.NOT_EVALUATED],
        gaps,
    ):
        if deciding:
            reasons = list(dict.fromkeys(found.because for found in deciding))
            more = [say("({more} more)", more=len(reasons) - 2)] if len(reasons) > 2 else []
            shown = [*reasons[:2], *more]
            return sentences(*shown)
    if unasked or not evidence:
        return say("Only people can judge this; record a conclusion.")
    if len(met) > 1:
        return say("All {count} pieces of evidence are met.", count=len(met))
    return (met or evidence)[0].because


def gravity(found: Evidence) -> int:
    """Sorts the gravest first."""
    return GRAVEST_FIRST.index(found.grade or Grade.MINOR)


def clause_conclusion(concluded: Sequence[Verdict | None]) -> Verdict | None:
    """A clause is concluded when each of its requirements is; until then nobody has concluded it."""
    drawn = [verdict for verdict in concluded if verdict is not None]
    return clause_verdict(drawn) if drawn and len(drawn) == len(concluded) else None
