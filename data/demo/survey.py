"""Whom Lindvale asked for an opinion, and what they answered."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from statistics import NormalDist

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import AS_OF, BEGINS, PRODUCTS, dice

WAVES = ("2025-1", "2025-2", "2025-3", "2026-1", "2026-2", "2026-3")
MONTHS_IN_A_WAVE = 4
INVITED = 0.88
ANSWERED = 0.39
SKIPPED = 0.015
LIKENESS = 0.75
"""How closely a customer's three answers go together."""
SATISFACTION = (0.02, 0.04, 0.10, 0.43, 0.41)
RECOMMEND = (0.005, 0.003, 0.005, 0.007, 0.015, 0.04, 0.06, 0.15, 0.23, 0.26, 0.225)
EASE = (0.01, 0.02, 0.05, 0.10, 0.22, 0.30, 0.30)
REMARKS = {
    1: ("Two visits and the pump still drips.", "Nobody called back."),
    2: ("The engineer came a day late.", "Parts list and delivery did not match."),
    3: ("Fine, but the invoice took two calls.", "Delivery was all right, the manual is thin."),
    4: ("Good work, friendly engineer.", "Quick delivery."),
    5: ("Excellent as ever.", "Pump replaced within the day, thank you."),
}


def _cuts(shares: tuple[float, ...]) -> list[float]:
    return [NormalDist().inv_cdf(share) for share in list(accumulate(shares))[:-1]]


CUTS = {"satisfaction": _cuts(SATISFACTION), "recommend": _cuts(RECOMMEND), "ease": _cuts(EASE)}
LOWEST = {"satisfaction": 1, "recommend": 0, "ease": 1}


@dataclass(frozen=True)
class Invitation:
    id: str
    day: dt.date
    customer: Customer
    campaign: str
    channel: str
    bounced: bool = False


@dataclass(frozen=True)
class Answer:
    id: str
    day: dt.date
    invitation: Invitation
    mood: dict[str, float]
    """For each question how content the customer is, normally distributed; a skipped question is missing."""
    product: str
    remark: int | None = field(default=None)

    def score(self, question: str) -> int | None:
        mood = self.mood.get(question)
        return None if mood is None else LOWEST[question] + bisect_right(CUTS[question], mood)

    @property
    def comment(self) -> str:
        satisfaction = self.score("satisfaction")
        return "" if self.remark is None or satisfaction is None else REMARKS[satisfaction][self.remark]


def invitations(customers: list[Customer]) -> list[Invitation]:
    """Every wave runs four months; a customer who stands then is invited on one day of it."""
    rng = dice("invitations")
    drawn: list[tuple[dt.date, str, Customer, str]] = []
    for number in range(len(WAVES)):
        for customer in customers:
            month = number * MONTHS_IN_A_WAVE + int(rng.integers(MONTHS_IN_A_WAVE))
            day = _nth_month(month) + dt.timedelta(days=int(rng.integers(10)))
            channel = str(rng.choice(("E-mail", "Letter"), p=(0.85, 0.15)))
            if rng.random() < INVITED and customer.stands_on(day):
                drawn.append((day, customer.id, customer, channel))
    drawn.sort(key=lambda item: item[:2])
    return [
        Invitation(f"I-{number:06}", day, customer, WAVES[_month_number(day) // MONTHS_IN_A_WAVE], channel)
        for number, (day, _, customer, channel) in enumerate(drawn, 1)
    ]


def answers(invitations: list[Invitation]) -> list[Answer]:
    rng = dice("answers")
    made = [_answer(rng, invitation) for invitation in invitations]
    kept = sorted((answer for answer in made if answer), key=lambda answer: (answer.day, answer.id))
    return [answer for answer in kept if answer.day <= AS_OF]


def _answer(rng: np.random.Generator, invitation: Invitation) -> Answer | None:
    """Draws the same dice whether or not an answer comes back, so that invitations do not disturb each other."""
    common, *own = rng.standard_normal(4)
    skips, answered = rng.random(3), rng.random() < ANSWERED
    wait, remark, product = min(int(rng.exponential(5)), 18), int(rng.integers(12)), str(rng.choice(PRODUCTS))
    if not answered:
        return None
    return Answer(
        id=f"R-{invitation.id[2:]}",
        day=invitation.day + dt.timedelta(days=wait),
        invitation=invitation,
        mood={
            question: float(LIKENESS**0.5 * common + (1 - LIKENESS) ** 0.5 * alone)
            for question, alone, skip in zip(CUTS, own, skips, strict=True)
            if skip >= SKIPPED
        },
        product=product,
        remark=remark if remark < 2 else None,
    )


def _nth_month(number: int) -> dt.date:
    years, month = divmod(BEGINS.month - 1 + number, 12)
    return dt.date(BEGINS.year + years, month + 1, 1)


def _month_number(day: dt.date) -> int:
    return (day.year - BEGINS.year) * 12 + day.month - BEGINS.month
