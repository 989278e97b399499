"""A survey that was made up: customers, orders, invitations, answers and single questions, as an organisation's files.

It has faults that are known: nobody in the region West was invited after the first half year, one question runs the
other way, one is left open by a tenth, some gave one answer throughout, and late answers are less content.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

FIRST = dt.date(2025, 1, 1)
LAST = dt.date(2026, 6, 30)
DRIVERS = {"quality": ("q1", "q2", "q3", "q4"), "service": ("s1", "s2", "s3"), "image": ("i1",)}
TURNED = "s3"
OFTEN_OPEN = "q4"


@dataclass(frozen=True)
class Made:
    customers: pd.DataFrame
    orders: pd.DataFrame
    invitations: pd.DataFrame
    responses: pd.DataFrame
    answers: pd.DataFrame

    def files(self) -> dict[str, str]:
        named = {
            "customers": self.customers,
            "orders": self.orders,
            "survey_invitations": self.invitations,
            "survey_responses": self.responses,
            "survey_answers": self.answers,
        }
        return {name: frame.to_csv(index=False) for name, frame in named.items()}


def made(seed: int = 7, size: int = 400) -> Made:
    rng = np.random.default_rng(seed)
    customers = _customers(rng, size)
    invitations = _invitations(rng, customers)
    responses = _responses(rng, invitations)
    return Made(customers, _orders(rng, customers), invitations, responses, _answers(rng, responses))


def _customers(rng: np.random.Generator, size: int) -> pd.DataFrame:
    left = [LAST - dt.timedelta(days=int(rng.integers(1, 300))) if each else None for each in rng.random(size) < 0.05]
    return pd.DataFrame(
        {
            "customer_id": [f"C{at:04}" for at in range(size)],
            "segment": rng.choice(["Business", "Public", "Private"], size, p=[0.5, 0.2, 0.3]),
            "region": rng.choice(["North", "South", "West"], size, p=[0.4, 0.4, 0.2]),
            "customer_since": [FIRST - dt.timedelta(days=int(days)) for days in rng.integers(1, 2000, size)],
            "left_on": left,
            "key_customer": np.where(rng.random(size) < 0.1, "true", "false"),
        }
    )


def _orders(rng: np.random.Generator, customers: pd.DataFrame) -> pd.DataFrame:
    buyers = rng.choice(customers["customer_id"], 900)
    days = [FIRST + dt.timedelta(days=int(day)) for day in rng.integers(0, 540, 900)]
    amounts = np.round(rng.lognormal(6, 1.2, 900), 2)
    return pd.DataFrame(
        {"order_id": [f"O{at}" for at in range(900)], "customer_id": buyers, "ordered_at": days, "amount": amounts}
    )


def _invitations(rng: np.random.Generator, customers: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for wave in range(3):
        begins = FIRST + dt.timedelta(days=180 * wave)
        for each in customers.itertuples():
            if wave and each.region == "West":
                continue
            day = begins + dt.timedelta(days=int(rng.integers(0, 60)))
            rows.append((f"I{wave}-{each.customer_id}", day, each.customer_id, f"wave {wave}"))
    return pd.DataFrame(rows, columns=["invitation_id", "invited_on", "customer_id", "campaign"])


def _responses(rng: np.random.Generator, invitations: pd.DataFrame) -> pd.DataFrame:
    answered = invitations[rng.random(len(invitations)) < 0.45]
    n = len(answered)
    wait = np.minimum(rng.geometric(0.12, n) - 1, 40)
    mood = rng.normal(0, 1, n) - 0.05 * wait
    return pd.DataFrame(
        {
            "response_id": [f"R{at}" for at in range(n)],
            "answered_on": [
                day + dt.timedelta(days=int(days)) for day, days in zip(answered["invited_on"], wait, strict=True)
            ],
            "invitation_id": answered["invitation_id"].to_numpy(),
            "customer_id": answered["customer_id"].to_numpy(),
            "satisfaction": _open(rng, np.clip(np.rint(4 + 0.8 * mood), 1, 5), 0.03),
            "recommend": _open(rng, np.clip(np.rint(8 + 1.6 * mood + rng.normal(0, 1, n)), 0, 10), 0.02),
            "ease": _open(rng, np.clip(np.rint(5.4 + mood + rng.normal(0, 0.8, n)), 1, 7), 0.02),
            "channel": "web",
        }
    )


def _answers(rng: np.random.Generator, responses: pd.DataFrame) -> pd.DataFrame:
    n = len(responses)
    thing, straight = rng.normal(0, 1, n), rng.random(n) < 0.06
    parts = []
    for driver, questions in DRIVERS.items():
        own = rng.normal(0, 0.6, n) + thing
        for question in questions:
            score = np.clip(np.rint(7 + 1.4 * (own + rng.normal(0, 0.7, n))), 1, 10)
            score = np.where(straight, 8, 11 - score if question == TURNED else score)
            open_share = 0.1 if question == OFTEN_OPEN else 0.01
            frame = responses[["response_id", "answered_on", "customer_id"]].assign(
                question=question, score=_open(rng, score, open_share), scale_lowest=1, scale_highest=10, driver=driver
            )
            aside = rng.random(n) < 0.02
            frame["not_applicable"] = np.where(aside, "true", "false")
            frame.loc[aside, "score"] = pd.NA
            parts.append(frame)
    return pd.concat(parts, ignore_index=True)


def _open(rng: np.random.Generator, score: np.ndarray, share: float) -> pd.Series:
    found = pd.Series(score).astype("Int64")
    found[rng.random(len(found)) < share] = pd.NA
    return found
