"""When evidence is good enough: the organisation's criterion, by kind of evidence. Defaults come from the checklist."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from audit.quantity import Amount, Quantity
from audit.text import Written
from audit.unfit import Unfit
from audit.wording import say

DocumentStatus = Literal["draft", "in review", "approved", "obsolete"]
MOST_MONTHS = 1200


def _in_months(quantity: Quantity) -> Quantity:
    if quantity.unit != "months" or quantity.value < 1 or not quantity.value.is_integer():
        raise Unfit(say("'{quantity}' is not a period; write whole months, as in '12 months'", quantity=quantity))
    if quantity.value > MOST_MONTHS:
        raise Unfit(
            say(
                "'{quantity}' is longer than any calendar here reaches; write at most {most} months",
                quantity=quantity, most=str(MOST_MONTHS),
            )
        )  # fmt: skip
    return quantity


Months = Annotated[Amount, AfterValidator(_in_months)]


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
            raise Unfit(say("write at least one of: at_least, at_most, no_worse_than_before"))
        if self.acted_on_by and not self.no_worse_than_before:
            raise Unfit(say("acted_on_by needs no_worse_than_before: yes"))
        if self.at_least and self.at_most:
            if self.at_least.unit != self.at_most.unit:
                raise Unfit(
                    say(
                        "'{least}' and '{most}' differ in unit; write both in the KPI's",
                        least=self.at_least, most=self.at_most,
                    )
                )  # fmt: skip
            if self.at_least.value > self.at_most.value:
                raise Unfit(say("at_least is above at_most, which no figure can meet; exchange the two"))
        return self


class DocumentLimits(Written):
    status: DocumentStatus = "approved"
    reviewed_within: Months | None = None
    covers: Months | None = None
    """The document must cover a period that ends at most this long before the audit date."""


class SampleLimits(Written):
    draw: int | None = Field(default=None, ge=1)
    """Records to draw; absent: all of up to 5, else the square root of their number and at least 5."""
    failing_at_most: int = Field(default=0, ge=0)
    """So many of those drawn may fail."""
    over: Months = Quantity(12, "months")


class HeardLimits(Written):
    """For what only people can tell: interviews and observations."""

    within: Months = Quantity(12, "months")
    """The interview or observation is at most so old at the audit date."""


Limits = ComputedLimits | DocumentLimits | SampleLimits | HeardLimits
