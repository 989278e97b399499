"""One piece of evidence that a checklist asks for: who answers it (data, documents, people), and when it is enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationError

from audit.errors import DefinitionError
from audit.evidence import Grade
from audit.limits import ComputedLimits, DocumentLimits, HeardLimits, SampleLimits
from audit.text import Text, Written
from audit.unfit import Unfit, reason_of
from audit.wording import say

Role = Literal["top management", "process owner", "staff"]
Kind = Literal["computed", "document", "sample", "interview", "observation"]


def _a_shortfall(grade: Grade) -> Grade:
    if grade == Grade.GOOD_PRACTICE:
        raise Unfit(say("what is not met is no good practice; write how grave it is, as in 'minor nonconformity'"))
    return grade


Shortfall = Annotated[Grade, AfterValidator(_a_shortfall)]


class Asked(Written):
    """What every rule has."""

    id: str
    shows: Text
    """What is shown when the criterion is met."""
    otherwise: Shortfall
    """The grade proposed when it is not."""


class Computed(Asked):
    kind: ClassVar[Kind] = "computed"
    computed: str
    """Name of a KPI."""
    accept: ComputedLimits


class Documentary(Asked):
    kind: ClassVar[Kind] = "document"
    document: str
    """Kind of document, as the register knows it."""
    accept: DocumentLimits


class Sample(Asked):
    kind: ClassVar[Kind] = "sample"
    sample: str
    """Name of a source, from whose rows of the period some are drawn."""
    look_for: tuple[Text, ...] = Field(min_length=1)
    """What is judged in each record that was drawn."""
    accept: SampleLimits = SampleLimits()


class Interview(Asked):
    kind: ClassVar[Kind] = "interview"
    interview: Role
    """Who is asked; the questions are those of the requirement for this role."""
    accept: HeardLimits = HeardLimits()


class Observation(Asked):
    kind: ClassVar[Kind] = "observation"
    observation: Text
    """The place or the work that is looked at."""
    accept: HeardLimits = HeardLimits()


def _kind(value: Any) -> str:
    # an entry that names none of them, or is no mapping, is left to the model to refuse
    written = value if isinstance(value, dict) else {getattr(value, "kind", "computed")}
    return next((kind for kind in ("document", "sample", "interview", "observation") if kind in written), "computed")


Rule = Computed | Documentary | Sample | Interview | Observation
EvidenceRule = Annotated[
    Annotated[Computed, Tag("computed")]
    | Annotated[Documentary, Tag("document")]
    | Annotated[Sample, Tag("sample")]
    | Annotated[Interview, Tag("interview")]
    | Annotated[Observation, Tag("observation")],
    Discriminator(_kind),
]


def with_limits(rule: Rule, own: Mapping[str, str]) -> Rule:
    """The rule with other limits in place of its own; an empty one drops that limit. Raises DefinitionError."""
    kept = {name: getattr(rule.accept, name) for name in rule.accept.model_fields_set if own.get(name) != ""}
    written = {name: value for name, value in own.items() if value != ""}
    try:
        accept = type(rule.accept).model_validate({**kept, **written})
    except ValidationError as error:
        first = error.errors()[0]
        why = reason_of(first)
        if first["type"] == "extra_forbidden":
            known = ", ".join(type(rule.accept).model_fields)
            why = say("is no limit of this kind of evidence; write one of: {known}", known=known)
        if first["loc"]:
            why = say("{where}: {mistake}", where=first["loc"][0], mistake=why)
        raise DefinitionError(say("criterion of {id}: {mistake}", id=rule.id, mistake=why)) from None
    return rule.model_copy(update={"accept": accept})
