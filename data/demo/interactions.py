"""What customers let Lindvale know outside surveys and complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data.demo.customers import Customer
from data.demo.orders import Order
from data.demo.scene import AS_OF, BEGINS, PRODUCTS, day_after, dice, end_of, working_day

ABOUT_ORDERS = {"compliment": 120, "call": 260}
MEETINGS, REPORTS, MENTIONS = 180, 60, 40
CHANNEL = {
    "meeting": "Visit", "call": "Phone", "compliment": "E-mail", "social mention": "Web", "dealer report": "Dealer",
}  # fmt: skip
REPORTED_BY = {
    "meeting": "Sales", "call": "Customer Service", "compliment": "Customer Service", "social mention": "Marketing",
    "dealer report": "Dealer",
}  # fmt: skip
SENTIMENTS = ("positive", "neutral", "negative", "mixed")
MOOD = (0.38, 0.42, 0.12, 0.08)
NOTES = {
    "positive": ("Pleased with the last visit.", "The new seals hold.", "Would order the same pump again."),
    "neutral": ("Asked when the next inspection is due.", "Wants the new price list.", "Plans a second well."),
    "negative": ("Had to call twice for a part.", "Finds the hire pump too loud.", "Waited for the invoice."),
    "mixed": ("Good pump, thin manual.", "Quick engineer, slow paperwork.", "Fair price, long lead time."),
}
CATEGORIES = ("Product", "Delivery", "Service", "Price", "Information")


@dataclass(frozen=True)
class Interaction:
    id: str
    occurred_at: dt.datetime
    kind: str
    sentiment: str
    category: str
    note: str
    product: str
    customer: Customer | None = None
    order: Order | None = None

    @property
    def channel(self) -> str:
        return CHANNEL[self.kind]

    @property
    def reported_by(self) -> str:
        return REPORTED_BY[self.kind]


def interactions(customers: list[Customer], orders: list[Order]) -> list[Interaction]:
    rng = dice("interactions")
    made = sorted([*_about_orders(rng, orders), *_others(rng, customers)], key=lambda one: one.occurred_at)
    kept = [one for one in made if one.occurred_at <= end_of(AS_OF)]
    return [replace(one, id=f"A-{number:04}") for number, one in enumerate(kept, 1)]


def _about_orders(rng: np.random.Generator, orders: list[Order]) -> Iterator[Interaction]:
    delivered = [(order, order.delivered_at.date()) for order in orders if order.delivered_at]
    for kind, count in ABOUT_ORDERS.items():
        for at in rng.choice(len(delivered), count, replace=False):
            order, day = delivered[at]
            one = _interaction(rng, kind, working_day(day, 1 + rng.exponential(4)))
            yield replace(one, customer=order.customer, order=order, product=order.product)


def _others(rng: np.random.Generator, customers: list[Customer]) -> Iterator[Interaction]:
    """Firms and towns are visited; dealers and the web tell of customers whom nobody knows."""
    firms = [one for one in customers if one.segment != "Private"]
    for _ in range(MEETINGS):
        one = _interaction(rng, "meeting", _any_day(rng))
        customer = firms[int(rng.integers(len(firms)))]
        yield replace(one, customer=customer if customer.stands_on(one.occurred_at.date()) else None)
    for kind, count in (("dealer report", REPORTS), ("social mention", MENTIONS)):
        for _ in range(count):
            yield _interaction(rng, kind, _any_day(rng))


def _interaction(rng: np.random.Generator, kind: str, day: dt.date) -> Interaction:
    sentiment = str(rng.choice(SENTIMENTS, p=MOOD))
    sentiment = "positive" if kind == "compliment" else sentiment
    return Interaction(
        id="",
        occurred_at=dt.datetime.combine(day, dt.time(8)) + dt.timedelta(minutes=int(rng.integers(540))),
        kind=kind,
        sentiment=sentiment,
        category=str(rng.choice(CATEGORIES)),
        note=str(rng.choice(NOTES[sentiment])),
        product=str(rng.choice(PRODUCTS)),
    )


def _any_day(rng: np.random.Generator) -> dt.date:
    return working_day(day_after(BEGINS, int(rng.integers((AS_OF - BEGINS).days))), 0)
