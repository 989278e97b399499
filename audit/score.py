"""How much of what is asked has been shown: one summary, used wherever a score stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from audit.evidence import Grade, Outcome, RequirementAssessment, Verdict
from audit.text import Text
from audit.wording import say

Shares = dict[Outcome, float]
CONCLUDED = {
    Verdict.CONFORMS: Outcome.MET,
    Verdict.DOES_NOT_CONFORM: Outcome.NOT_MET,
    Verdict.NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}
"""An auditor's conclusion stands for the whole requirement; *undetermined* only doubts what is met."""


@dataclass(frozen=True)
class Score:
    """Shares of the weight of all that is asked; they sum to 1."""

    met: float
    not_met: float
    not_evaluated: float
    not_applicable: float
    majors: int
    """Requirements with a major nonconformity: with one the organisation is not ready, whatever the share."""

    @property
    def ready(self) -> bool:
        return self.majors == 0 and self.not_met == 0 and self.not_evaluated == 0


def score(
    requirements: Sequence[RequirementAssessment], concluded: Mapping[str, Verdict] | None = None
) -> Score | None:
    """None where nothing is asked. What is not applicable stays in the whole, so excluding something raises nothing."""
    whole = fsum(requirement.weight for requirement in requirements)
    if not requirements:
        return None
    each = [
        (requirement.weight, shares(requirement, (concluded or {}).get(requirement.id))) for requirement in requirements
    ]

    def total(outcome: Outcome) -> float:
        return min(1.0, fsum(weight / whole * share.get(outcome, 0.0) for weight, share in each))

    return Score(
        met=total(Outcome.MET),
        not_met=total(Outcome.NOT_MET),
        not_evaluated=total(Outcome.NOT_EVALUATED),
        not_applicable=total(Outcome.NOT_APPLICABLE),
        majors=sum(has_major(asked) and not cleared((concluded or {}).get(asked.id)) for asked in requirements),
    )


def shares(requirement: RequirementAssessment, concluded: Verdict | None = None) -> Shares:
    """Of one requirement. A major nonconformity takes it whole: nothing that is met makes up for it."""
    if concluded in CONCLUDED:
        return {CONCLUDED[concluded]: 1.0}
    if has_major(requirement):
        return {Outcome.NOT_MET: 1.0}
    if not requirement.evidence:
        return {Outcome.NOT_EVALUATED: 1.0}
    count = len(requirement.evidence)
    outcomes = [_doubted(found.outcome, concluded) for found in requirement.evidence]
    return {outcome: outcomes.count(outcome) / count for outcome in Outcome}


def _doubted(outcome: Outcome, concluded: Verdict | None) -> Outcome:
    """What is met shows nothing yet to an auditor who concluded that it is undetermined."""
    doubted = concluded == Verdict.UNDETERMINED and outcome == Outcome.MET
    return Outcome.NOT_EVALUATED if doubted else outcome


def cleared(concluded: Verdict | None) -> bool:
    """An auditor who looked at it wrote a reason why it is no nonconformity."""
    return concluded in (Verdict.CONFORMS, Verdict.NOT_APPLICABLE)


def has_major(requirement: RequirementAssessment) -> bool:
    return any(e.outcome == Outcome.NOT_MET and e.grade == Grade.MAJOR for e in requirement.evidence)


def formula() -> Text:
    """What stands beside every score."""
    return say(
        "Share met = weight of the evidence that is met ÷ weight of all that is asked. A requirement's weight is "
        "spread evenly over its evidence; an auditor's conclusion counts for the whole requirement; what is not "
        "applicable stays in the whole; a major nonconformity takes its requirement to nothing. The weights are your "
        "own: the standard sets none."
    )
