"""What customers ordered, what was promised, and when it came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import AS_OF, BEGINS, CHANNELS, PRODUCTS, dice, end_of, working_day

PER_YEAR = {"Industry": 7.4, "Municipal": 5.8, "Private": 3.9}
PRODUCT_SHARE = {"Industry": (0.25, 0.50, 0.25), "Municipal": (0.20, 0.40, 0.40), "Private": (0.30, 0.40, 0.30)}
CHANNEL_SHARE = {"Industry": (0.50, 0.35, 0.15), "Municipal": (0.60, 0.15, 0.25), "Private": (0.10, 0.60, 0.30)}
DAYS_PROMISED = {"Pumps": (10, 20), "Spare parts": (3, 6), "Field service": (5, 12)}
USUAL_AMOUNT = {"Pumps": 2400.0, "Spare parts": 180.0, "Field service": 420.0}
BUSY_MONTHS = {4: 1.1, 5: 1.15, 6: 1.15, 7: 1.05, 12: 0.85, 1: 0.9}
DAYS = [BEGINS + dt.timedelta(days=number) for number in range((AS_OF - BEGINS).days + 1)]
BUSY = np.array([BUSY_MONTHS.get(day.month, 1.0) * (day.weekday() < 5) for day in DAYS])
WORKING_DAYS = 261
"""In a year."""
LATE = 0.05
CANCELLED = 0.015
CLOSING_TIME = dt.time(18, 0)


@dataclass(frozen=True)
class Order:
    id: str
    ordered_at: dt.datetime
    customer: Customer
    promised_at: dt.datetime
    delivered_at: dt.datetime | None
    status: str
    amount: float
    channel: str
    product: str

    @property
    def late(self) -> bool:
        return self.delivered_at is not None and self.delivered_at > self.promised_at


def orders(customers: list[Customer]) -> list[Order]:
    rng = dice("orders")
    moments = [(moment, customer) for customer in customers for moment in _moments(rng, customer)]
    moments.sort(key=lambda pair: (pair[0], pair[1].id))
    return [_order(rng, number, moment, customer) for number, (moment, customer) in enumerate(moments, 100001)]


def _moments(rng: np.random.Generator, customer: Customer) -> list[dt.datetime]:
    """When a customer orders: on working days while the customer stands, more in the busy months."""
    first = max(0, (customer.since - BEGINS).days)
    last = (customer.left - BEGINS).days if customer.left else len(DAYS)
    weight = np.zeros(len(DAYS))
    weight[first:last] = BUSY[first:last]
    expected = PER_YEAR[customer.segment] * rng.gamma(6, 1 / 6) * weight.sum() / WORKING_DAYS
    chosen = rng.choice(len(DAYS), size=rng.poisson(expected), p=weight / weight.sum())
    return [dt.datetime.combine(DAYS[at], dt.time(7)) + dt.timedelta(minutes=int(rng.integers(600))) for at in chosen]


def _order(rng: np.random.Generator, number: int, moment: dt.datetime, customer: Customer) -> Order:
    product = str(rng.choice(PRODUCTS, p=PRODUCT_SHARE[customer.segment]))
    promised = dt.datetime.combine(working_day(moment.date(), int(rng.integers(*DAYS_PROMISED[product]))), CLOSING_TIME)
    delivered: dt.datetime | None = _delivery(rng, moment, promised)
    cancelled = rng.random() < CANCELLED
    if cancelled or delivered is None or delivered > end_of(AS_OF):
        delivered = None
    return Order(
        id=f"O-{number}",
        ordered_at=moment,
        customer=customer,
        promised_at=promised,
        delivered_at=delivered,
        status="cancelled" if cancelled else "delivered" if delivered else "open",
        amount=round(USUAL_AMOUNT[product] * float(rng.lognormal(0, 0.5)), 2),
        channel=str(rng.choice(CHANNELS, p=CHANNEL_SHARE[customer.segment])),
        product=product,
    )


def _delivery(rng: np.random.Generator, ordered: dt.datetime, promised: dt.datetime) -> dt.datetime:
    """In the working hours of the promised day or the one before; one in twenty some days late."""
    if rng.random() < LATE:
        day = working_day(promised.date(), int(rng.integers(1, 8)))
    else:
        day = max(promised.date() - dt.timedelta(days=int(rng.integers(0, 2))), ordered.date() + dt.timedelta(days=1))
    return dt.datetime.combine(day, dt.time(8)) + dt.timedelta(minutes=int(rng.integers(540)))
