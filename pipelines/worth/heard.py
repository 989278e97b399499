"""How many complaints nobody heard: by the organisation's assumption, and by its own survey."""

from __future__ import annotations

from dataclasses import dataclass

from audit.assumption import AssumptionName
from audit.text import Text
from pipelines.analyses.part import Part
from pipelines.analyses.value_base.found import ValueBase
from pipelines.methods.refused import Refused
from pipelines.methods.unheard import ByAssumption, BySurvey, by_assumption
from pipelines.worth.stakes import Given


@dataclass(frozen=True)
class Unheard:
    by_assumption: ByAssumption | None
    missing: tuple[AssumptionName, ...]
    because: Text | None
    """Why there is none by assumption although it is owned."""
    by_survey: Part[BySurvey]
    customers: int | None = None
    """On the last day, where that is known."""


def unheard(base: ValueBase, given: Given) -> Unheard:
    if "share_that_complains" not in given:
        return Unheard(None, ("share_that_complains",), base.complaints.because, base.survey)
    if base.complaints.result is None:
        return Unheard(None, (), base.complaints.because, base.survey)
    try:
        found = by_assumption(base.complaints.result, given["share_that_complains"], given.get("told_by_each"))
    except Refused as refused:
        return Unheard(None, (), refused.because, base.survey)
    return Unheard(found, (), None, base.survey, base.customers.result)
