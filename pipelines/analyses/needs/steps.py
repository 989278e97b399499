"""The steps that a need goes through: what shows each in the register, when it is due, and who waits for it.

The order is that of needs management: collected (which every row is), analysed, planned, its change assessed and
approved, met, evaluated, and told to the customer. A need that was turned down has to be told and nothing else; what
the organisation only assumes has nobody to be told.
"""

from __future__ import annotations

from dataclasses import dataclass

RANKED = "(importance is not null and urgency is not null and effect is not null)"


@dataclass(frozen=True)
class Way:
    taken: str
    """SQL over a row of the register; `ends` is the last day of the period."""
    due: str
    shown_by: tuple[tuple[str, ...], ...]
    """Columns of which all of one group must have been delivered by some file."""


STEPS: dict[str, Way] = {
    "analysed": Way(
        f"({RANKED} or priority is not null)", "not rejected", (("importance", "urgency", "effect"), ("priority",))
    ),
    "planned": Way("(owner is not null and due_on is not null)", "not rejected", (("owner", "due_on"),)),
    "assessed": Way("(change_impact is not null)", "(met or status = 'in progress')", (("change_impact",),)),
    "approved": Way(
        "coalesce(approved_on <= least(ends, coalesce(met_on, ends)), false)", "(met or status = 'in progress')",
        (("approved_on",),),
    ),
    "met": Way("met", "(met or (not rejected and due_on <= ends))", (("met_on",), ("status",))),
    "evaluated": Way(
        "coalesce(evaluated_on <= ends and evaluation is not null, false)", "met", (("evaluated_on", "evaluation"),)
    ),
    "told": Way(
        "coalesce(fed_back_on <= ends, false)", "((met or rejected) and coalesce(said_by, '') <> 'organisation')",
        (("fed_back_on",),),
    ),
}  # fmt: skip
WAITS = {
    "analysed": "open", "planned": "open", "assessed": "open", "approved": "open", "met": "open", "evaluated": "met",
    "told": STEPS["told"].due,
}  # fmt: skip
"""Which needs can still take a step: what was met without a plan will not be planned any more."""


def decided() -> str:
    """Met at the end of the period: by its day, or by its status where no day is written."""
    return "(coalesce(status, '') <> 'rejected' and coalesce(met_on <= $ends, coalesce(status, '') = 'met'))"
