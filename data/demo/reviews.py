"""How Lindvale looked at each order and each amendment before it committed itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from data.demo.orders import Order
from data.demo.review_records import Record, record
from data.demo.scene import dice, known, working_day

AMENDED = 0.03
UNREVIEWED = 0.004
CHANGED = 0.04
UNCONFIRMED = 0.01
UNTOLD = 0.01
NEXT_DAY = 0.25
REVIEWERS = {"Pumps": "Sales, Design, Production", "Spare parts": "Sales", "Field service": "Sales, Field service"}


@dataclass(frozen=True)
class Review:
    id: str
    order: Order
    received_on: dt.date
    confirmed_on: dt.date | None
    reviewed_on: dt.date | None
    accepted_on: dt.date | None
    result: str
    amended: bool
    told_on: dt.date | None
    record: Record

    @property
    def oral(self) -> bool:
        return self.order.channel == "Phone"

    @property
    def reviewers(self) -> str:
        return REVIEWERS[self.order.product]


def reviews(orders: list[Order]) -> list[Review]:
    draws = dice("reviews").random((len(orders), 9))
    records = dice("review records").random((len(orders), 2, 5))
    made: list[Review] = []
    for order, own, (first, again) in zip(orders, draws, records, strict=True):
        made.append(_review(order, order.ordered_at.date(), False, own[:5], first))
        amended_on = _amended_on(order, own[8])
        if own[7] < AMENDED and known(amended_on):
            made.append(_review(order, amended_on, True, own[2:7], again))
    return made


def _review(order: Order, received: dt.date, amended: bool, own: np.ndarray, noted: np.ndarray) -> Review:
    """Whoever delivers a part the next day has looked at the order on the day that it came."""
    later, changed, missed, unconfirmed, untold = own
    accepted = working_day(received, 1) if later < NEXT_DAY else received
    if order.delivered_at:
        accepted = min(accepted, order.delivered_at.date())
    id, oral = f"{order.id}{'-A' if amended else ''}", order.channel == "Phone"
    reviewed = None if missed < UNREVIEWED else received
    return Review(
        id=id,
        order=order,
        received_on=received,
        confirmed_on=known(accepted) if oral and unconfirmed >= UNCONFIRMED else None,
        reviewed_on=reviewed,
        accepted_on=known(accepted),
        result="" if missed < UNREVIEWED else "accepted with changes" if changed < CHANGED else "accepted",
        amended=amended,
        told_on=known(accepted + dt.timedelta(days=int(untold * 3))) if amended and untold >= UNTOLD else None,
        record=record(id, order.product, oral, amended, reviewed, noted),
    )


def _amended_on(order: Order, draw: float) -> dt.date:
    """Between the order and the delivery, or the promise where nothing was delivered."""
    end = (order.delivered_at or order.promised_at).date()
    days = (end - order.ordered_at.date()).days
    return order.ordered_at.date() + dt.timedelta(days=1 + int(draw * max(0, days - 1)))
