"""What stands in the place of a figure that is hidden, in a measurement, in evidence and in a clause's sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from audit.evidence import ClauseAssessment, Evidence, RequirementAssessment
from audit.measurement import Measurement
from audit.sentence import dimension_word, group_word
from audit.text import Text
from audit.wording import say

Hides = Callable[[Measurement], bool]


def words(least: int) -> Text:
    """The same for a small group and for one that is hidden beside it, or the words would tell which is which."""
    return say("suppressed: fewer than {least} records, in this group or in one beside it", least=least)


def is_withheld(found: Measurement, least: int) -> bool:
    return found.not_evaluated == words(least)


def measurement(found: Measurement, hides: Hides, least: int) -> Measurement:
    if not hides(found):
        return found
    return replace(found, value=None, low=None, high=None, n=0, not_evaluated=words(least), warning=None)


def evidence(found: Evidence, hides: Hides, least: int) -> Evidence:
    """Its outcome stays, which is a result of the audit; its figures and the sentence that names them do not."""
    if not found.measurement:
        return found
    groups = tuple(measurement(group, hides, least) for group in found.groups)
    if not hides(found.measurement):
        return replace(found, groups=groups)
    told = say(
        "The figure of the {dimension} {group} is not shown: {words}.",
        dimension=dimension_word(found.measurement.by), group=group_word(found.measurement.group), words=words(least),
    )  # fmt: skip
    return replace(found, measurement=measurement(found.measurement, hides, least), groups=groups, because=told)


def clause(found: ClauseAssessment, hides: Hides, least: int) -> ClauseAssessment:
    requirements = tuple(_requirement(each, hides, least) for each in found.requirements)
    because = found.because
    for before, after in zip(_sentences(found.requirements), _sentences(requirements), strict=True):
        if before != after:
            because = Text(en=because.en.replace(before.en, after.en), zh=because.zh.replace(before.zh, after.zh))
    return replace(found, because=because, requirements=requirements)


def _requirement(found: RequirementAssessment, hides: Hides, least: int) -> RequirementAssessment:
    return replace(found, evidence=tuple(evidence(each, hides, least) for each in found.evidence))


def _sentences(requirements: tuple[RequirementAssessment, ...]) -> list[Text]:
    return [each.because for requirement in requirements for each in requirement.evidence]
