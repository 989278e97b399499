"""How Lindvale's competitors are judged, and how large the markets are: what it buys from those who ask around."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from data.demo.orders import Order
from data.demo.scene import AS_OF, BEGINS, PRODUCTS, dice

ASKED = (dt.date(2025, 3, 31), dt.date(2025, 9, 30), dt.date(2026, 3, 31), dt.date(2026, 9, 30))
COMPETITORS = {"Aqualift": 7.9, "Northwell": 7.5, "Brook & Sons": 7.1}
MEASURES = {"satisfaction": 0.0, "recommendation": -0.4}
SHARE = {"Pumps": 0.09, "Spare parts": 0.16, "Field service": 0.12}


@dataclass(frozen=True)
class Score:
    measured_on: dt.date
    competitor: str
    measure: str
    score: float
    answers: int


@dataclass(frozen=True)
class Size:
    measured_on: dt.date
    market: str
    own_sales: int
    market_sales: int


def scores() -> list[Score]:
    """On 1 to 10, from a panel of the trade association."""
    rng = dice("competitors")
    return [
        Score(day, who, measure, round(usual + less + float(rng.normal(0, 0.15)), 1), int(rng.integers(60, 140)))
        for day in ASKED
        for who, usual in COMPETITORS.items()
        for measure, less in MEASURES.items()
    ]


def sizes(orders: list[Order]) -> list[Size]:
    """Of each whole quarter, estimated by the same association."""
    rng = dice("markets")
    sold: dict[tuple[dt.date, str], float] = defaultdict(float)
    for order in orders:
        if order.status != "cancelled":
            sold[_quarter_end(order.ordered_at.date()), order.product] += order.amount
    days = sorted(day for day in {day for day, _ in sold} if day <= AS_OF and day > BEGINS + dt.timedelta(days=90))
    return [
        Size(
            day,
            market,
            round(sold[day, market]),
            int(round(sold[day, market] / (SHARE[market] * rng.uniform(0.93, 1.07)), -3)),
        )
        for day in days
        for market in PRODUCTS
    ]


def _quarter_end(day: dt.date) -> dt.date:
    month = (day.month + 2) // 3 * 3
    return dt.date(day.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
