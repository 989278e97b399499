"""What some customers told Lindvale that they expect of its service, would still accept, and got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import AS_OF, LAST_YEAR, PRODUCTS, dice

RESPONDENTS = 150
LOWEST, HIGHEST = 1, 7
QUESTIONS = {
    "vans and tools are in order": ("tangibles", 5.2, 0.3),
    "papers are easy to read": ("tangibles", 5.5, -0.2),
    "does what was promised": ("reliability", 6.3, -0.3),
    "right at the first visit": ("reliability", 6.4, -0.4),
    "calls back when promised": ("responsiveness", 6.0, -1.6),
    "says when the engineer comes": ("responsiveness", 5.9, -1.2),
    "engineer knows the pumps": ("assurance", 6.2, 0.1),
    "explains the invoice": ("assurance", 5.4, -0.1),
    "knows our plant": ("empathy", 5.3, 0.0),
    "comes at hours that suit us": ("empathy", 5.5, -0.1),
}
"""Question -> its dimension, what is usually expected, and how far what customers get lies from that."""
ACCEPTED = 1.4
"""How much less they would still accept."""
SPREAD = 0.7
SKIPPED = 0.02


@dataclass(frozen=True)
class Pair:
    response: str
    day: dt.date
    customer: Customer
    product: str
    question: str
    expected: int | None
    perceived: int | None
    least: int | None

    @property
    def dimension(self) -> str:
        return QUESTIONS[self.question][0]


def expectations(customers: list[Customer]) -> list[Pair]:
    """On visits spread over the last year, one customer after the other."""
    rng = dice("expectations")
    days = (AS_OF - LAST_YEAR).days + 1
    made: list[Pair] = []
    for number in range(RESPONDENTS):
        day = LAST_YEAR + dt.timedelta(days=number * days // RESPONDENTS)
        standing = [one for one in customers if one.stands_on(day)]
        customer, product = standing[int(rng.integers(len(standing)))], str(rng.choice(PRODUCTS))
        made += _pairs(f"E-{number + 1:04}", day, customer, product, rng)
    return made


def _pairs(response: str, day: dt.date, customer: Customer, product: str, rng: np.random.Generator) -> Iterator[Pair]:
    strict, content = rng.normal(0, 0.5, size=2)
    draws, skips = rng.normal(0, SPREAD, size=(len(QUESTIONS), 3)), rng.random((len(QUESTIONS), 2))
    for (question, (_dimension, usual, gap)), own, skip in zip(QUESTIONS.items(), draws, skips, strict=True):
        expected = _on_scale(usual + strict + own[0])
        perceived = _on_scale(usual + gap + content + own[1])
        least = min(expected, _on_scale(usual + strict - ACCEPTED + own[2]))
        yield Pair(
            response, day, customer, product, question, None if skip[0] < SKIPPED else expected,
            None if skip[1] < SKIPPED else perceived, None if skip[0] < SKIPPED else least,
        )  # fmt: skip


def _on_scale(value: float) -> int:
    return max(LOWEST, min(HIGHEST, round(value)))
