"""Calls at the desks of Customer Service, and how long people waited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import AS_OF, BEGINS, dice

PER_DAY = 7
MINUTES_TO_ANSWER = 2.2
GAVE_UP = 0.03
RECOGNISED = 0.7
DESKS = {"Service desk": ("Pumps", "Field service"), "Parts desk": ("Spare parts",)}


@dataclass(frozen=True)
class Call:
    id: str
    arrived_at: dt.datetime
    served_at: dt.datetime | None
    desk: str
    product: str
    customer: Customer | None


def calls(customers: list[Customer]) -> list[Call]:
    rng = dice("calls")
    days = [BEGINS + dt.timedelta(days=number) for number in range((AS_OF - BEGINS).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    moments = [
        dt.datetime.combine(day, dt.time(8)) + dt.timedelta(seconds=int(second))
        for day, count in zip(working, rng.poisson(PER_DAY, len(working)), strict=True)
        for second in sorted(rng.integers(9 * 3600, size=count))
    ]
    draws, waits = rng.random((len(moments), 5)), rng.exponential(MINUTES_TO_ANSWER * 60, len(moments))
    return [
        _call(number, moment, int(wait), customers, own)
        for number, (moment, wait, own) in enumerate(zip(moments, waits, draws, strict=True), 1)
    ]


def _call(number: int, moment: dt.datetime, wait: int, customers: list[Customer], own: np.ndarray) -> Call:
    gave_up, recognised, who, where, about = own
    caller = customers[int(who * len(customers))]
    desk = tuple(DESKS)[int(where * len(DESKS))]
    return Call(
        id=f"T-{number:05}",
        arrived_at=moment,
        served_at=None if gave_up < GAVE_UP else moment + dt.timedelta(seconds=wait),
        desk=desk,
        product=DESKS[desk][int(about * len(DESKS[desk]))],
        customer=caller if recognised < RECOGNISED and caller.stands_on(moment.date()) else None,
    )
