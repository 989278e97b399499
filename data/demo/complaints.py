"""What customers complained about, and how Lindvale dealt with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from data.demo.customers import Customer
from data.demo.orders import Order
from data.demo.scene import AS_OF, BEGINS, PRODUCTS, dice, end_of

ABOUT_ORDERS = 232
"""Complaints about an order of the two years; the rest concern nothing in particular or an older order."""
GENERAL = 12
ABOUT_OLDER = 8
REPEATED = 8
CATEGORIES = ("Leaking seal", "Noise and vibration", "Wrong part", "Invoice")
DEALT_WITH = {
    "Late delivery": ("Express delivery, carriage refunded", "Stock level below the reorder point"),
    "Leaking seal": ("Seal replaced on site", "Seal seat machined out of tolerance"),
    "Noise and vibration": ("Pump realigned and tested", "Coupling fitted without the alignment gauge"),
    "Wrong part": ("Right part sent the same day", "Two part numbers alike on the picking list"),
    "Invoice": ("Credit note and new invoice sent", "Contract price missing in the price list"),
}
LATE_COMPLAINS = 6.0
"""How many times likelier a late order leads to a complaint."""
HOURS_TO_ACKNOWLEDGE = (7.0, 0.95)
DAYS_TO_CLOSE = (9.0, 0.66)
"""Median and spread of a lognormal distribution."""
FORGOTTEN = 0.006
"""Share of the closed complaints whose cause nobody wrote down, even in good order."""
DAYS_PROMISED = 30


@dataclass(frozen=True)
class Complaint:
    id: str
    received_at: dt.datetime
    acknowledged_at: dt.datetime | None
    closed_at: dt.datetime | None
    customer: Customer
    order: Order | None
    category: str
    severity: str
    correction: str
    cause: str
    channel: str
    product: str
    upheld: bool | None = None
    at_once: bool = False
    cost: float | None = None

    @property
    def due_on(self) -> dt.date:
        return self.received_at.date() + dt.timedelta(days=DAYS_PROMISED)


def complaints(customers: list[Customer], orders: list[Order]) -> list[Complaint]:
    rng = dice("complaints")
    made = [_complaint(rng, *case) for case in [*_about_orders(rng, orders), *_about_nothing(rng, customers)]]
    early = [one for one in made if one.received_at.date() < AS_OF - dt.timedelta(days=70)]
    for at in rng.choice(len(early), REPEATED, replace=False):
        made.append(_again(rng, early[at]))
    made.sort(key=lambda one: (one.received_at, one.customer.id))
    return [replace(one, id=f"K-{number:04}") for number, one in enumerate(made, 1)]


Case = tuple[dt.datetime, Customer, Order | None, str]


def _about_orders(rng: np.random.Generator, orders: list[Order]) -> list[Case]:
    """At most one order of each customer, so that only the intended complaints are repeated ones."""
    wait = rng.exponential(6, len(orders))
    moments = [_office_hours(rng, order.delivered_at, days) for order, days in zip(orders, wait, strict=True)]
    able = [at for at, moment in enumerate(moments) if moment and moment <= end_of(AS_OF)]
    weight = np.array([LATE_COMPLAINS if orders[at].late else 1.0 for at in able])
    cases: dict[str, Case] = {}
    for at in rng.choice(able, len(able), replace=False, p=weight / weight.sum()):
        order, moment = orders[at], moments[at]
        if moment and len(cases) < ABOUT_ORDERS and order.customer.id not in cases:
            category = "Late delivery" if order.late else str(rng.choice(CATEGORIES))
            cases[order.customer.id] = (moment, order.customer, order, category)
    return list(cases.values())


def _about_nothing(rng: np.random.Generator, customers: list[Customer]) -> list[Case]:
    span = (AS_OF - BEGINS).days - 1
    days = [*rng.integers(0, span, GENERAL), *rng.integers(0, 24, ABOUT_OLDER)]
    standing = [one for one in customers if one.since < BEGINS and one.left is None]
    chosen = rng.choice(len(standing), len(days), replace=False)
    begin = dt.datetime.combine(BEGINS, dt.time())
    return [
        (moment, standing[at], None, str(rng.choice(CATEGORIES)))
        for at, day in zip(chosen, days, strict=True)
        if (moment := _office_hours(rng, begin, float(day)))
    ]


def _complaint(
    rng: np.random.Generator, received: dt.datetime, customer: Customer, order: Order | None, category: str
) -> Complaint:
    acknowledged = received + dt.timedelta(minutes=_lognormal(rng, *HOURS_TO_ACKNOWLEDGE) * 60 // 1)
    closed: dt.datetime | None = _closing(received, acknowledged, _lognormal(rng, *DAYS_TO_CLOSE))
    correction, cause = DEALT_WITH[category]
    return Complaint(
        id="",
        received_at=received,
        acknowledged_at=acknowledged if acknowledged <= end_of(AS_OF) else None,
        closed_at=closed,
        customer=customer,
        order=order,
        category=category,
        severity=str(rng.choice(("low", "medium", "high"), p=(0.45, 0.40, 0.15))),
        correction=correction if closed else "",
        cause=cause if closed and rng.random() > FORGOTTEN else "",
        channel=str(rng.choice(("E-mail", "Phone", "Web form"), p=(0.45, 0.40, 0.15))),
        product=order.product if order else str(rng.choice(PRODUCTS)),
    )


def _closing(received: dt.datetime, acknowledged: dt.datetime, days: float) -> dt.datetime | None:
    """Open at the end only while the promised day lies ahead."""
    closed = max(received + dt.timedelta(minutes=days * 1440 // 1), acknowledged + dt.timedelta(hours=1))
    if closed <= end_of(AS_OF):
        return closed
    due = received + dt.timedelta(days=DAYS_PROMISED - 2)
    return due if due <= end_of(AS_OF) else None


def _again(rng: np.random.Generator, first: Complaint) -> Complaint:
    moment = _office_hours(rng, first.received_at, rng.uniform(20, 60))
    again = _complaint(rng, moment or first.received_at, first.customer, first.order, first.category)
    return replace(again, product=first.product)


def _lognormal(rng: np.random.Generator, median: float, spread: float) -> float:
    return float(median * rng.lognormal(0, spread))


def _office_hours(rng: np.random.Generator, start: dt.datetime | None, days: float) -> dt.datetime | None:
    """So many days later, within office hours; always after `start`."""
    minutes = int(rng.integers(540))
    if start is None:
        return None
    day = start.date() + dt.timedelta(days=int(days) + 1)
    return dt.datetime.combine(day, dt.time(8)) + dt.timedelta(minutes=minutes)
