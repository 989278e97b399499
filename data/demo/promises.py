"""What Lindvale's codes of conduct and service levels promised to customers, and whether it was kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from data.demo.customers import Customer
from data.demo.scene import AS_OF, BEGINS, CHANNELS, PRODUCTS, day_after, dice, known, working_day

COUNT = 240
LONGEST = 5
"""Days until a promise is due, weekends included."""
FORGOTTEN_EVERY = 11
"""Of the broken ones, those with such a number are not made good either."""


@dataclass(frozen=True)
class Given:
    """One promise of a code."""

    code: str
    promise: str
    days: int
    touchpoint: str
    broken_every: int
    """One in so many is not kept."""
    timed: bool = True
    """One that is not timed is kept or not, at no moment."""


GIVEN = (
    Given("Service code", "Called back within a day", 1, "Telephone", 9),
    Given("Delivery promise", "Spare part sent on the next working day", 1, "Delivery", 20),
    Given("Field service level", "Engineer on site within two working days", 2, "Visit on site", 7),
    Given("Service code", "Complaint answered by a person with a name", 2, "E-mail", 18, timed=False),
    Given("Delivery promise", "Told of a delay before the promised day", 3, "Telephone", 30),
    Given("Field service level", "Work place left clean", 1, "Visit on site", 25, timed=False),
)
LEVELS = ("satisfying", "satisfying", "satisfying", "exceeding", "memorable")


@dataclass(frozen=True)
class Promise:
    id: str
    given: Given
    customer: Customer
    made_on: dt.date
    due_at: dt.datetime
    kept_at: dt.datetime | None
    kept: bool | None
    compensated_on: dt.date | None
    channel: str
    product: str
    level: str


def promises(customers: list[Customer]) -> list[Promise]:
    rng = dice("promises")
    days = sorted(rng.integers(0, (AS_OF - BEGINS).days - LONGEST, COUNT))
    return [_promise(rng, number, customers, day_after(BEGINS, day)) for number, day in enumerate(days, 1)]


def _promise(rng: np.random.Generator, number: int, customers: list[Customer], made: dt.date) -> Promise:
    given, draws = GIVEN[number % len(GIVEN)], rng.random(3)
    due = dt.datetime.combine(working_day(made, given.days), dt.time(17))
    broken = number // len(GIVEN) % given.broken_every == given.broken_every // 2
    early = due - dt.timedelta(minutes=int(draws[0] * 7 * 60))
    late = early + dt.timedelta(days=1)
    standing = [one for one in customers if one.stands_on(made)]
    return Promise(
        id=f"P-{number:04}",
        given=given,
        customer=standing[int(rng.integers(len(standing)))],
        made_on=made,
        due_at=due,
        kept_at=(_over(late) if broken else early) if given.timed else None,
        kept=None if given.timed else not broken,
        compensated_on=known(working_day(due.date(), 3)) if broken and number % FORGOTTEN_EVERY else None,
        channel=str(rng.choice(CHANNELS)),
        product="Field service" if given.touchpoint == "Visit on site" else str(rng.choice(PRODUCTS[:2])),
        level="basic" if broken or draws[1] < 0.04 else LEVELS[int(draws[2] * len(LEVELS))],
    )


def _over(moment: dt.datetime) -> dt.datetime | None:
    return moment if known(moment.date()) else None
