"""The customer base: who buys from Lindvale, since when, and who left."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from data.demo.scene import AS_OF, BEGINS, REGIONS, SEGMENTS, day_after, dice

COUNT = 900
SHARE = {"Industry": 0.40, "Municipal": 0.24, "Private": 0.36}
NEW_SHARE = 0.14
LEAVING_PER_YEAR = 0.07
SHORTEST_STAY = 60
IN_A_GROUP = 0.06
PLACES = ("Alder", "Birch", "Cedar", "Elm", "Fern", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Rowan", "Willow")
ENDINGS = ("bridge", "bury", "dale", "field", "ford", "ham", "mouth", "stead", "ton", "wick")
WORKS = ("Dairies", "Foundry", "Paper Mill", "Brewery", "Chemicals", "Quarries", "Textiles", "Cold Stores")
SERVICES = ("Waterworks", "Drainage Board", "Public Baths", "Sewage Plant", "Fire Service")
INITIALS = "ABCDEFGHJKLMNPRSTVW"


@dataclass(frozen=True)
class Customer:
    id: str
    parent_id: str
    name: str
    segment: str
    region: str
    since: dt.date
    left: dt.date | None
    key: bool = False
    no_survey_since: dt.date | None = None
    referred_by: str = ""

    def stands_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.left is None or day < self.left)


def customers() -> list[Customer]:
    rng = dice("customers")
    made: list[Customer] = []
    for number in range(1, COUNT + 1):
        segment = str(rng.choice(SEGMENTS, p=[SHARE[name] for name in SEGMENTS]))
        since = _since(rng)
        made.append(
            Customer(
                id=f"C-{number:05}",
                parent_id=_parent(rng, segment, made),
                name=_name(rng, segment),
                segment=segment,
                region=str(rng.choice(REGIONS)),
                since=since,
                left=_left(rng, since),
            )
        )
    return made


def _since(rng: np.random.Generator) -> dt.date:
    if rng.random() < NEW_SHARE:
        return day_after(BEGINS, rng.uniform(1, (AS_OF - BEGINS).days - 30))
    return day_after(BEGINS, -rng.uniform(40, 15 * 365))


def _left(rng: np.random.Generator, since: dt.date) -> dt.date | None:
    years = rng.exponential(1 / LEAVING_PER_YEAR)
    left = day_after(max(since, BEGINS), SHORTEST_STAY + years * 365)
    return left if left <= AS_OF else None


def _parent(rng: np.random.Generator, segment: str, earlier: list[Customer]) -> str:
    """Some accounts belong to the customer behind an earlier account of the same segment."""
    drawn, pick = rng.random(2)
    heads = [customer.id for customer in earlier if customer.segment == segment and not customer.parent_id]
    return heads[int(pick * len(heads))] if segment != "Private" and heads and drawn < IN_A_GROUP else ""


def _name(rng: np.random.Generator, segment: str) -> str:
    place = f"{rng.choice(PLACES)}{rng.choice(ENDINGS)}"
    if segment == "Private":
        return f"{rng.choice(list(INITIALS))}. {place}"
    return f"{place} {rng.choice(WORKS if segment == 'Industry' else SERVICES)}"
