"""What customers need and expect, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import AS_OF, BEGINS, PRODUCTS, day_after, dice, known, working_day

COUNT = 180
DAYS_TO_MEET = {"high": 45, "medium": 90, "low": 150}
ASSUMED, REJECTED, LATE, UNTOLD, OWNERLESS = 0.2, 0.06, 0.04, 0.03, 0.02
CHANNELS = ("Survey", "Meeting", "Complaint", "Service desk", "Focus group")
KANO = ("must-be", "one-dimensional", "attractive", "indifferent")
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
    kano_class: str
    owner: str
    due_on: dt.date
    status: str
    met_on: dt.date | None
    fed_back_on: dt.date | None

    @property
    def change_impact(self) -> str:
        return IMPACT[self.kind]


def needs(customers: list[Customer]) -> list[Need]:
    rng = dice("needs")
    days = sorted(rng.integers(0, (AS_OF - BEGINS).days - 3, COUNT))
    return [_need(rng, number, customers, day_after(BEGINS, day)) for number, day in enumerate(days, 1)]


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
        kano_class=str(rng.choice(KANO)),
        owner="" if ownerless < OWNERLESS else OWNERS[kind],
        due_on=raised + dt.timedelta(days=allowed),
        status=_status(known(decided) is not None, rejected, raised),
        met_on=None if rejected else known(decided),
        fed_back_on=None if own or untold < UNTOLD else known(working_day(decided, 1 + 2 * share)),
    )


def _status(decided: bool, rejected: bool, raised: dt.date) -> str:
    if decided:
        return "rejected" if rejected else "met"
    return "in progress" if raised < AS_OF - dt.timedelta(days=30) else "planned"
