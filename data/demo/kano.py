"""How Lindvale's customers feel with a feature and without it: one study, before the survey was changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import day_after, dice

BEGINS, DAYS, COUNT = dt.date(2025, 9, 8), 33, 124
LEFT_OPEN = 0.015
CLASSES = ("must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable")
MIDDLE = ("must-be", "neutral", "live-with")
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "must-be": tuple((one, "dislike") for one in MIDDLE),
    "one-dimensional": (("like", "dislike"),),
    "attractive": tuple(("like", one) for one in MIDDLE),
    "indifferent": tuple((one, other) for one in MIDDLE for other in MIDDLE),
    "reverse": (("dislike", "like"), ("neutral", "like"), ("dislike", "neutral")),
    "questionable": (("like", "like"), ("dislike", "dislike")),
}
"""Class -> the answers that make it."""
FEELS: dict[str, tuple[float, ...]] = {
    "Long-lived seals": (0.56, 0.26, 0.06, 0.10, 0.00, 0.02),
    "Manual in the language of the crew": (0.48, 0.12, 0.14, 0.22, 0.02, 0.02),
    "Quiet running": (0.14, 0.52, 0.16, 0.16, 0.00, 0.02),
    "Yearly price for wear parts": (0.08, 0.52, 0.18, 0.18, 0.02, 0.02),
    "Self-priming": (0.10, 0.35, 0.35, 0.17, 0.01, 0.02),
    "Hire pump during repairs": (0.06, 0.16, 0.54, 0.21, 0.01, 0.02),
    "Start from a telephone": (0.03, 0.10, 0.50, 0.30, 0.05, 0.02),
    "Take-back of old pumps": (0.05, 0.08, 0.22, 0.61, 0.02, 0.02),
    "Lasting paint": (0.12, 0.10, 0.08, 0.66, 0.02, 0.02),
}
"""Shares of the classes, in their order; self-priming is a near tie."""
FLOW_METER = "Connection for the flow meter"
OF_SEGMENT: dict[str, tuple[float, ...]] = {
    "Industry": (0.16, 0.54, 0.16, 0.12, 0.00, 0.02),
    "Municipal": (0.62, 0.18, 0.08, 0.10, 0.00, 0.02),
    "Private": (0.03, 0.06, 0.17, 0.66, 0.06, 0.02),
}
"""What a flow meter is good for depends on who bills by it."""

PRODUCT = {
    "Long-lived seals": "Spare parts",
    "Yearly price for wear parts": "Spare parts",
    "Hire pump during repairs": "Field service",
    "Take-back of old pumps": "Field service",
}
"""The rest belongs to pumps."""


@dataclass(frozen=True)
class Felt:
    response: str
    day: dt.date
    customer: Customer
    feature: str
    functional: str | None
    dysfunctional: str | None

    @property
    def product(self) -> str:
        return PRODUCT.get(self.feature, "Pumps")


def felt(customers: list[Customer]) -> list[Felt]:
    rng = dice("kano answers")
    there = [customer for customer in customers if customer.stands_on(BEGINS)]
    asked = rng.choice(len(there), COUNT, replace=False)
    days = sorted(int(day) for day in rng.integers(0, DAYS, COUNT))
    return [
        one
        for number, (at, day) in enumerate(zip(asked, days, strict=True), 1)
        for one in _answers(rng, f"KQ-{number:03}", day_after(BEGINS, day), there[int(at)])
    ]


def _answers(rng: np.random.Generator, response: str, day: dt.date, customer: Customer) -> Iterator[Felt]:
    for feature, shares in (FEELS | {FLOW_METER: OF_SEGMENT[customer.segment]}).items():
        kind = str(rng.choice(CLASSES, p=shares))
        pair, skips = PAIRS[kind][int(rng.integers(len(PAIRS[kind])))], rng.random(2) < LEFT_OPEN
        functional, dysfunctional = (None if skip else one for one, skip in zip(pair, skips, strict=True))
        yield Felt(response, day, customer, feature, functional, dysfunctional)
