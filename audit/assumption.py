"""What the organisation assumes where its data cannot tell: a number, who answers for it and where it comes from.

None has a value of ours. What trade magazines and trainers repeat (winning a customer costs five times as much as
keeping one, one in 25 complains) is an input like any other: it counts where somebody writes it down and stands for
it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from audit.targets.objective import stated
from audit.text import Text, Written
from audit.unfit import Unfit
from audit.wording import say

AssumptionName = Literal[
    "contribution_margin",
    "discount_rate",
    "horizon",
    "retention_gain",
    "cost_of_keeping",
    "winning_over_keeping",
    "kept_when_resolved",
    "kept_when_not_resolved",
    "share_that_complains",
    "told_by_each",
]
AssumptionUnit = Literal["%", "% a year", "months", "points", "currency", "times", "people"]


@dataclass(frozen=True)
class Kind:
    """`lowest` to `highest`, both included, is what makes sense; `whole` numbers only."""

    unit: AssumptionUnit
    lowest: float
    highest: float
    whole: bool = False


KINDS: dict[AssumptionName, Kind] = {
    "contribution_margin": Kind("%", 0.1, 100),
    "discount_rate": Kind("% a year", 0, 100),
    "horizon": Kind("months", 1, 60, whole=True),
    "retention_gain": Kind("points", 0.1, 100),
    "cost_of_keeping": Kind("currency", 0.01, 1e12),
    "winning_over_keeping": Kind("times", 0.01, 1000),
    "kept_when_resolved": Kind("%", 0, 100),
    "kept_when_not_resolved": Kind("%", 0, 100),
    "share_that_complains": Kind("%", 0.1, 100),
    "told_by_each": Kind("people", 0, 1000),
}
NAMES: tuple[AssumptionName, ...] = tuple(KINDS)


class Assumption(Written):
    name: AssumptionName
    value: float | None = Field(allow_inf_nan=False)
    """In the unit of its kind; None where it was withdrawn and nothing is assumed any more."""
    owner: Annotated[str, AfterValidator(stated(say("who answers for it")))]
    source: Annotated[str, AfterValidator(stated(say("where the number comes from")))]
    revision: int = 0

    @model_validator(mode="after")
    def makes_sense(self) -> Assumption:
        kind, value = KINDS[self.name], self.value
        if value is not None and not kind.lowest <= value <= kind.highest:
            raise Unfit(
                say(
                    "{value} makes no sense for {what}; write a number from {lowest} to {highest} ({unit})",
                    value=f"{value:.15g}", what=title(self.name), lowest=f"{kind.lowest:.15g}",
                    highest=f"{kind.highest:.15g}", unit=_unit(kind.unit),
                )
            )  # fmt: skip
        if value is not None and kind.whole and value != math.floor(value):
            raise Unfit(
                say(
                    "{value} is no whole number; write {what} in whole {unit}",
                    value=f"{value:.15g}", what=title(self.name), unit=_unit(kind.unit),
                )
            )  # fmt: skip
        return self


def title(name: AssumptionName) -> Text:
    words = {
        "contribution_margin": say("contribution margin"),
        "discount_rate": say("discount rate"),
        "horizon": say("horizon"),
        "retention_gain": say("gain in retention to be valued"),
        "cost_of_keeping": say("cost of keeping one customer for a year"),
        "winning_over_keeping": say("cost of winning a customer over keeping one"),
        "kept_when_resolved": say("complainants kept when resolved"),
        "kept_when_not_resolved": say("complainants kept when not resolved"),
        "share_that_complains": say("share of the dissatisfied who complain"),
        "told_by_each": say("people whom each of the dissatisfied tells"),
    }
    return words[name]


def meaning(name: AssumptionName) -> Text:
    words = {
        "contribution_margin": say("What remains of the price of an order after the costs that this order caused."),
        "discount_rate": say("How much less money of next year counts than money of today."),
        "horizon": say("How far ahead orders are counted."),
        "retention_gain": say("By how many points you believe that retention can rise."),
        "cost_of_keeping": say("Care, visits and goodwill for one customer in a year, in the organisation's currency."),
        "winning_over_keeping": say(
            "Often said to be five. No study holds for every trade: write your own, or who says so."
        ),
        "kept_when_resolved": say("Of those who complained and were answered in time, how many still buy."),
        "kept_when_not_resolved": say("Of those who complained and were not answered in time, how many still buy."),
        "share_that_complains": say(
            "Often said to be 4 %. It comes from another trade and another century: write your own, or who says so."
        ),
        "told_by_each": say("Often said to be ten. Write your own, or who says so."),
    }
    return words[name]


def unit_word(unit: AssumptionUnit) -> Text:
    words = {
        "%": Text(en="%", zh="%"),
        "% a year": say("% a year"),
        "months": Text(en="months", zh="个月"),
        "points": say("points"),
        "currency": say("in the organisation's currency"),
        "times": say("times"),
        "people": say("people"),
    }
    return words[unit]


def _unit(unit: AssumptionUnit) -> Text:
    """Short, to stand in a sentence."""
    return Text(en=unit, zh=unit_word(unit).zh)


def valued(name: AssumptionName, value: float) -> Text:
    """ "35 %", "24 months", "5 times"."""
    shown, unit = f"{value:,.15g}", KINDS[name].unit
    if unit in ("%", "currency"):
        text = f"{shown} %" if unit == "%" else shown
        return Text(en=text, zh=text)
    return say("{value} {unit}", value=shown, unit=unit_word(unit))
