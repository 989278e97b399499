"""What customers need and expect, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from data.demo.customers import Customer
from data.demo.kano import FLOW_METER
from data.demo.scene import AS_OF, BEGINS, PRODUCTS, day_after, dice, known, working_day

COUNT = 180
DAYS_TO_MEET = {"high": 45, "medium": 90, "low": 150}
ASSUMED, REJECTED, LATE, UNTOLD, OWNERLESS = 0.2, 0.06, 0.04, 0.03, 0.02
UNRANKED, UNAPPROVED, UNEVALUATED = 0.05, 0.03, 0.04
URGENCY = {"high": 4, "medium": 3, "low": 1}
EXPECTATIONS = ("clear", "clear", "vague", "hidden")
CHANNELS = ("Survey", "Meeting", "Complaint", "Service desk", "Focus group")
SAID = {
    "function": (
        "Start the pump from a telephone",
        "A connection for the flow meter",
        "Self-priming up to eight metres",
    ),
    "quality": (
        "Quieter at night in residential areas",
        "Seals that last two years with sand",
        "No paint chips on flanges",
    ),
    "price": ("One yearly price for all wear parts", "Discount for sets of seals"),
    "extended": ("Manuals in the language of the crew", "A hire pump during repairs", "Take back old pumps"),
}
FEATURE = {
    "Start the pump from a telephone": "Start from a telephone",
    "A connection for the flow meter": FLOW_METER,
    "Self-priming up to eight metres": "Self-priming",
    "Quieter at night in residential areas": "Quiet running",
    "Seals that last two years with sand": "Long-lived seals",
    "No paint chips on flanges": "Lasting paint",
    "One yearly price for all wear parts": "Yearly price for wear parts",
    "Manuals in the language of the crew": "Manual in the language of the crew",
    "A hire pump during repairs": "Hire pump during repairs",
    "Take back old pumps": "Take-back of old pumps",
}
"""What is wished for -> the feature that was asked about; of a discount nobody was asked."""
CLASSED = {"Long-lived seals": "must-be", "Quiet running": "one-dimensional", "Hire pump during repairs": "attractive"}
"""The classes that somebody has written into the register; the rest waits for it."""
OWNERS = {"function": "Design", "quality": "Production", "price": "Sales", "extended": "Field Service"}
IMPACT = {
    "function": "Controller, type test, one quarter",
    "quality": "Supplier of seals, test bench",
    "price": "Price list",
    "extended": "Store and service plan",
}


@dataclass(frozen=True)
class Need:
    id: str
    raised_on: dt.date
    need: str
    said_by: str
    customer: Customer | None
    channel: str
    product: str
    kind: str
    priority: str
    expectation: str
    owner: str
    due_on: dt.date
    status: str
    met_on: dt.date | None
    fed_back_on: dt.date | None
    importance: int | None = None
    urgency: int | None = None
    effect: int | None = None
    approved_on: dt.date | None = None
    evaluated_on: dt.date | None = None
    evaluation: str = ""

    @property
    def change_impact(self) -> str:
        return IMPACT[self.kind]

    @property
    def feature(self) -> str:
        return FEATURE.get(self.need, "")

    @property
    def kano_class(self) -> str:
        return CLASSED.get(self.feature, "")

    @property
    def approved_by(self) -> str:
        return "Change board" if self.approved_on else ""


def needs(customers: list[Customer]) -> list[Need]:
    rng = dice("needs")
    days = sorted(rng.integers(0, (AS_OF - BEGINS).days - 3, COUNT))
    registered = [_need(rng, number, customers, day_after(BEGINS, day)) for number, day in enumerate(days, 1)]
    return [_followed(need, dice(f"need {need.id}")) for need in registered]


def _need(rng: np.random.Generator, number: int, customers: list[Customer], raised: dt.date) -> Need:
    kind, priority = str(rng.choice(tuple(SAID))), str(rng.choice(tuple(DAYS_TO_MEET)))
    customer, wording = customers[int(rng.integers(len(customers)))], int(rng.integers(3))
    assumed, turned_down, late, untold, ownerless, share = rng.random(6)
    own = assumed < ASSUMED or not customer.stands_on(raised)
    allowed = DAYS_TO_MEET[priority]
    decided = working_day(raised, allowed * (1.2 if late < LATE else 0.4 + 0.5 * share))
    rejected = turned_down < REJECTED
    return Need(
        id=f"N-{number:04}",
        raised_on=raised,
        need=SAID[kind][wording % len(SAID[kind])],
        said_by="organisation" if own else "customer",
        customer=None if own else customer,
        channel=str(rng.choice(CHANNELS)),
        product=str(rng.choice(PRODUCTS)),
        kind=kind,
        priority=priority,
        expectation=str(rng.choice(EXPECTATIONS)),
        owner="" if ownerless < OWNERLESS else OWNERS[kind],
        due_on=raised + dt.timedelta(days=allowed),
        status=_status(known(decided) is not None, rejected, raised),
        met_on=None if rejected else known(decided),
        fed_back_on=None if own or untold < UNTOLD else known(working_day(decided, 1 + 2 * share)),
    )


def _followed(need: Need, rng: np.random.Generator) -> Need:
    """With how it was ranked, approved and evaluated. The dice of a need are its own."""
    unranked, unapproved, unevaluated, found = rng.random(4)
    importance, sooner, effect = (int(rng.integers(least, 6)) for least in (2, 4, 1))
    urgency = min(5, URGENCY[need.priority] + sooner - 4)
    ranked = unranked >= UNRANKED
    approved = None if need.status == "rejected" or unapproved < UNAPPROVED else _approved(need)
    evaluated = None if need.met_on is None or unevaluated < UNEVALUATED else known(working_day(need.met_on, 1))
    return replace(
        need,
        importance=importance if ranked else None,
        urgency=urgency if ranked else None,
        effect=effect if ranked else None,
        approved_on=approved,
        evaluated_on=evaluated,
        evaluation="" if evaluated is None else "met" if found < 0.84 else "partly" if found < 0.96 else "not",
    )


def _approved(need: Need) -> dt.date | None:
    """In the first fifth of the time that it was given."""
    return known(working_day(need.raised_on, DAYS_TO_MEET[need.priority] * 0.2))


def _status(decided: bool, rejected: bool, raised: dt.date) -> str:
    if decided:
        return "rejected" if rejected else "met"
    return "in progress" if raised < AS_OF - dt.timedelta(days=30) else "planned"
