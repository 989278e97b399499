"""The people of Lindvale who serve customers: how content they are, and what they are trained in. Nobody is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data.demo.scene import AS_OF, day_after, dice

PEOPLE = {"Customer Service": 14, "Field Service": 22, "Sales": 13, "Warehouse": 12}
BRANCHES = {"North": 24, "East": 21, "South": 27, "West": 19}
"""They are asked by branch, so that what they say stands beside what the customers of their region say."""
WAVES = (
    dt.date(2025, 1, 13), dt.date(2025, 4, 7), dt.date(2025, 7, 7), dt.date(2025, 10, 6),
    dt.date(2026, 1, 12), dt.date(2026, 4, 13), dt.date(2026, 7, 6), dt.date(2026, 10, 5),
)  # fmt: skip
ANSWERED = 0.86
SATISFACTION = (0.02, 0.06, 0.18, 0.46, 0.28)
TOPICS = {
    "Customer Service": ("Handling complaints", "Products"),
    "Field Service": ("Handling complaints", "Products", "Safety"),
    "Sales": ("Review of orders", "Products"),
    "Warehouse": ("Packing", "Safety"),
}
VALID_FOR = {"Safety": 730, "Handling complaints": 1095}
"""Days; other trainings do not run out."""
FIRST, SINCE = dt.date(2019, 1, 7), 7.6
"""The register begins here; the people came in the years since then."""
LATE = 0.1
"""Share of the renewals that come after the former training has run out."""


@dataclass(frozen=True)
class Opinion:
    id: str
    day: dt.date
    unit: str
    satisfaction: int


@dataclass(frozen=True)
class Training:
    id: str
    required_on: dt.date
    topic: str
    unit: str
    trained_on: dt.date | None
    valid_until: dt.date | None = None
    ended_on: dt.date | None = None


def opinions() -> list[Opinion]:
    rng = dice("employees")
    made = [
        Opinion("", day_after(wave, int(rng.integers(12))), unit, 1 + int(rng.choice(5, p=SATISFACTION)))
        for wave in WAVES
        for unit, count in BRANCHES.items()
        for _ in range(int(rng.binomial(count, ANSWERED)))
    ]
    made.sort(key=lambda one: (one.day, one.unit, one.satisfaction))
    return [replace(one, id=f"E-{number:04}") for number, one in enumerate(made, 1)]


def trainings() -> list[Training]:
    rng = dice("trainings")
    made = [
        entry
        for unit, count in PEOPLE.items()
        for _ in range(count)
        for entry in _of_one(rng, unit, day_after(FIRST, 365 * SINCE * rng.random()))
    ]
    made.sort(key=lambda one: (one.required_on, one.unit, one.topic))
    return [replace(one, id=f"L-{number:04}") for number, one in enumerate(made, 1)]


def _of_one(rng: np.random.Generator, unit: str, came: dt.date) -> Iterator[Training]:
    """One entry for each topic, and one more for each renewal, which ends the former."""
    for topic in TOPICS[unit]:
        required, trained = came, day_after(came, int(rng.integers(3, 21)))
        while True:
            until = day_after(trained, VALID_FOR[topic]) if topic in VALID_FOR else None
            ends = until if until and until < AS_OF else None
            yield Training("", required, topic, unit, trained if trained <= AS_OF else None, until, ends)
            if ends is None:
                break
            required = ends
            trained = day_after(ends, int(rng.integers(5, 160) if rng.random() < LATE else -rng.integers(1, 30)))
