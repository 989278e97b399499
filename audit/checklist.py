"""What is asked: a checklist of clauses, their requirements, and the evidence that would show each."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from audit.evidence import Grade
from audit.quantity import Amount, Quantity
from audit.text import Text, Written

DocumentStatus = Literal["draft", "in review", "approved", "obsolete"]


def _in_months(quantity: Quantity) -> Quantity:
    if quantity.unit != "months" or quantity.value < 1 or not quantity.value.is_integer():
        raise ValueError(f"'{quantity}' is not a period; write whole months, as in '12 months'")
    return quantity


Months = Annotated[Amount, AfterValidator(_in_months)]


def _a_shortfall(grade: Grade) -> Grade:
    if grade == Grade.GOOD_PRACTICE:
        raise ValueError("what is not met is no good practice; write how grave it is, as in 'minor nonconformity'")
    return grade


Shortfall = Annotated[Grade, AfterValidator(_a_shortfall)]


class ComputedLimits(Written):
    """The organisation's criterion for a figure. Defaults come from the checklist, departures from the records."""

    at_least: Amount | None = None
    at_most: Amount | None = None
    sample_of: int | None = Field(default=None, ge=1)
    """Fewest records; the KPI's own least applies where this is absent."""
    over: Months = Quantity(12, "months")
    for_each: str | None = None
    """A dimension: every group must meet the limits, and the worst is named."""
    no_worse_than_before: bool = False
    """The change from the preceding period of the same length must not be wholly for the worse."""
    acted_on_by: str | None = None
    """A kind of document: if an approved one is newer than the start of the period, a decline counts as acted on."""

    @model_validator(mode="after")
    def asks_something(self) -> ComputedLimits:
        if self.at_least is None and self.at_most is None and not self.no_worse_than_before:
            raise ValueError("write at least one of: at_least, at_most, no_worse_than_before")
        if self.acted_on_by and not self.no_worse_than_before:
            raise ValueError("acted_on_by needs no_worse_than_before: yes")
        if self.at_least and self.at_most:
            if self.at_least.unit != self.at_most.unit:
                raise ValueError(f"'{self.at_least}' and '{self.at_most}' differ in unit; write both in the KPI's")
            if self.at_least.value > self.at_most.value:
                raise ValueError("at_least is above at_most, which no figure can meet; exchange the two")
        return self


class DocumentLimits(Written):
    status: DocumentStatus = "approved"
    reviewed_within: Months | None = None
    covers: Months | None = None
    """The document must cover a period that ends at most this long before the audit date."""


class Computed(Written):
    id: str
    computed: str
    """Name of a KPI."""
    shows: Text
    accept: ComputedLimits
    otherwise: Shortfall


class Documentary(Written):
    id: str
    document: str
    """Kind of document, as the register knows it."""
    shows: Text
    accept: DocumentLimits
    otherwise: Shortfall


def _kind(value: Any) -> str:
    # an entry that is no mapping is left to the model to refuse
    written = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return "document" if "document" in written else "computed"


EvidenceRule = Annotated[
    Annotated[Computed, Tag("computed")] | Annotated[Documentary, Tag("document")], Discriminator(_kind)
]


class Requirement(Written):
    id: str
    asks: Text
    ask_people: tuple[Text, ...] = ()
    refs: dict[str, str] = {}
    evidence: tuple[EvidenceRule, ...] = ()


class Clause(Written):
    clause: str = Field(pattern=r"^\d+(\.\d+)*$")
    title: Text
    requirements: tuple[Requirement, ...] = Field(min_length=1)


class DocumentKind(Written):
    """A kind of document that the checklist asks for, under the name its entries use."""

    title: Text
    meaning: Text


class Standard(Written):
    """The edition that a folder of clauses belongs to."""

    id: str
    title: Text
    edition: str
    notice: Text
    documents: dict[str, DocumentKind]


class Checklist(Written):
    standard: Standard
    clauses: tuple[Clause, ...]

    def rules(self) -> list[tuple[Clause, Requirement, Computed | Documentary]]:
        return [(c, r, e) for c in self.clauses for r in c.requirements for e in r.evidence]
