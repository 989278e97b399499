"""The steps of a need in words, and how needs are ranked."""

from __future__ import annotations

from audit.text import Text
from audit.wording import say

STEP_WORDS: dict[str, Text] = {
    "analysed": say("analysed and ranked"),
    "planned": say("planned with owner and day"),
    "assessed": say("impact of the change assessed"),
    "approved": say("change approved first"),
    "met": say("met"),
    "evaluated": say("evaluated"),
    "told": say("outcome told to the customer"),
}
RANKED = say(
    "Rank by the priority matrix importance × urgency × effect, each from 1 to 5; where it ties by Kano's class, "
    "must-be before one-dimensional, attractive, indifferent, reverse and questionable, then the older one. Needs "
    "without the three figures follow by their priority."
)
METHOD = say(
    "Counted in the register as it stood on the last day: needs raised in the period, and older ones that are still "
    "open. A step counts where the register holds its proof: figures or a priority; owner and day; the impact; an "
    "approval before the need was met; the day it was met; an evaluation with its result; the day the customer was "
    "told. What was turned down has to be told and nothing else; what the organisation only assumes has nobody to be "
    "told. What was done and not written down is not counted."
)
