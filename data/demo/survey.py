"""Whom Lindvale asked for an opinion, and what they answered."""

from __future__ import annotations

import datetime as dt
import zlib
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
    1: (
        "Two visits and the pump still drips.",
        "Nobody called back.",
        "Delivered two weeks late and nobody told us.",
        "Far too expensive for what it does, and the seal failed within a month.",
        "Had to call four times before somebody picked up the phone.",
        "The wrong part came twice; the invoice was for both.",
        "等了三个星期才到货，而且没人通知。",
        "泵一直漏水，修了两次还是坏的。",
    ),
    2: (
        "The engineer came a day late.",
        "Parts list and delivery did not match.",
        "The new pump is too loud for the plant room.",
        "Spare part out of stock for a month.",
        "Our complaint was answered, but slowly.",
        "The price went up and nobody explained why.",
        "电话打不通，回复太慢。",
        "发票开错了，改了很久。",
    ),
    3: (
        "Fine, but the invoice took two calls.",
        "Delivery was all right, the manual is thin.",
        "Does what it should. The price is high.",
        "The web shop did not show what is in stock.",
        "Too much plastic in the packaging.",
        "Nothing special.",
        "产品还可以，说明书太简单。",
        "送货准时，包装有点浪费。",
    ),
    4: (
        "Good work, friendly engineer.",
        "Quick delivery.",
        "Reliable pump, easy to fit.",
        "Helpful staff on the phone.",
        "Repair done the same day.",
        "Fair price for good quality.",
        "工程师很专业，态度很好。",
        "质量可靠，价格合理。",
    ),
    5: (
        "Excellent as ever.",
        "Pump replaced within the day, thank you.",
        "The engineer explained everything and was very friendly.",
        "On time as always.",
        "Quiet, reliable, and the training for our people was good.",
        "Our complaint was dealt with at once and with an apology.",
        "服务热情，当天就修好了。",
        "非常满意，交货很快。",
    ),
}
"""What customers of each satisfaction remark; which of them an answer has follows from its number."""


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
        if self.remark is None or satisfaction is None:
            return ""
        known = REMARKS[satisfaction]
        return known[zlib.crc32(self.id.encode()) % len(known)]


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
