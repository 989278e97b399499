"""The lines of the orders: how many units were due, when they were promised at first, and what came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from data.demo.orders import Order
from data.demo.scene import dice

MOST_LINES = {"Pumps": 1, "Spare parts": 3, "Field service": 1}
MOST_UNITS = {"Pumps": 3, "Spare parts": 20, "Field service": 1}
MOVED = 0.015
"""Share of the orders whose promise was put off once."""
PUT_OFF = 4
"""Days."""
SENT_IN_PART = 0.3
"""Share of the open lines of which something has been sent."""
HURRIED = {False: 0.015, True: 0.08}
"""Share of the goods that went by premium freight, by whether they came late all the same."""


@dataclass(frozen=True)
class Line:
    order: Order
    number: int
    first_promised_at: dt.datetime
    quantity: int
    delivered: int
    premium: bool | None = None

    @property
    def delivered_at(self) -> dt.datetime | None:
        return self.order.delivered_at


def lines(orders: list[Order]) -> list[Line]:
    draws = dice("deliveries").random((len(orders), 2 + 2 * max(MOST_LINES.values())))
    made = [
        _line(order, number, own[0] < MOVED, *own[2 * number : 2 * number + 2])
        for order, own in zip(orders, draws, strict=True)
        for number in range(1, 2 + int(own[1] * MOST_LINES[order.product]))
    ]
    return [_sent(line, draw) for line, draw in zip(made, dice("freight").random(len(made)), strict=True)]


def _sent(line: Line, draw: float) -> Line:
    """Nobody sends a visit, and of what has not arrived it is not known yet."""
    goods = line.order.product != "Field service"
    return replace(line, premium=goods and bool(draw < HURRIED[line.order.late])) if line.delivered_at else line


def _line(order: Order, number: int, moved: bool, size: float, sent: float) -> Line:
    quantity = 1 + int(size * size * MOST_UNITS[order.product])
    in_part = int(quantity / 2) if order.status == "open" and sent < SENT_IN_PART else 0
    return Line(
        order=order,
        number=number,
        first_promised_at=_first_promise(order) if moved else order.promised_at,
        quantity=quantity,
        delivered=quantity if order.delivered_at else in_part,
    )


def _first_promise(order: Order) -> dt.datetime:
    """Some days before the newest, yet never before the day after the order."""
    day = max(order.promised_at.date() - dt.timedelta(days=PUT_OFF), order.ordered_at.date() + dt.timedelta(days=1))
    return dt.datetime.combine(day, order.promised_at.time())
