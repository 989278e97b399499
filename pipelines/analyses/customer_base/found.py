"""What a run finds out about the customers; kept with it and read from there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from audit.text import Text
from pipelines.analyses.part import Part
from pipelines.methods.cohorts import Triangle
from pipelines.methods.concentration import Concentration
from pipelines.methods.ladder import Ladder, Step
from pipelines.methods.survival import LogRank, Survival

MONTH = 365.25 / 12
"""Days."""
MOST_LISTED = 200


def month_day(months: int) -> int:
    """The day after which so many months are over."""
    return round(months * MONTH)


@dataclass(frozen=True)
class Group:
    """Customers of one segment; "" where none is stated."""

    name: str
    n: int
    survival: Part[Survival]


@dataclass(frozen=True)
class Survived:
    """Lengths of stay in days."""

    whole: Survival
    groups: tuple[Group, ...]
    alike: Part[LogRank]
    """Whether the segments leave alike."""
    undated: int
    """Customers without a first day, who are left out."""


@dataclass(frozen=True)
class Cohorts:
    months: int
    """In one period."""
    triangle: Triangle
    undated: int = 0


@dataclass(frozen=True)
class Buyer:
    """By pseudonym; the share of the revenue in per cent."""

    customer: str
    orders: int
    share: float


@dataclass(frozen=True)
class Revenue:
    concentration: Concentration
    largest: tuple[Buyer, ...]


@dataclass(frozen=True)
class Complained:
    concentration: Concentration
    unnamed: int
    """Complaints that name no customer."""


@dataclass(frozen=True)
class Climbed:
    ladder: Ladder
    months: int
    """How long an order counts as lately."""
    before: dt.date
    recorded_from: dt.date
    """Day of the first order on record."""
    untold: tuple[tuple[Step, Text], ...]
    """Steps that cannot be told from the data, and why."""
    not_compared: Text | None = None
    undated: int = 0


@dataclass(frozen=True)
class Band:
    """Present customers whose last sign of life is so many months ago; the last band has no end."""

    least: int
    most: int | None
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Quiet:
    """So many of so many silent, the share in per cent with its interval."""

    group: str
    count: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Unheard:
    """One silent customer, by pseudonym, with where the last sign of life stands."""

    customer: str
    segment: str
    last_sign: dt.date
    revenue_share: float | None
    load: str
    line: int


@dataclass(frozen=True)
class Silent:
    months: int
    since: dt.date
    """First day of the months without a sign."""
    whole: Quiet
    bands: tuple[Band, ...]
    segments: tuple[Quiet, ...]
    sizes: Part[tuple[Quiet, ...]]
    """By what they brought in the year before those months, as A, B, C or none."""
    revenue_share: float | None
    """What the silent brought of all revenue in that year, in per cent."""
    customers: tuple[Unheard, ...]
    """Those who brought most first."""


@dataclass(frozen=True)
class CustomerBase:
    starts: dt.date
    ends: dt.date
    latest_starts: dt.date
    survival: Part[Survived]
    retention: Part[Cohorts]
    purchases: Part[Cohorts]
    revenue: Part[Revenue]
    complaints: Part[Complained]
    ladder: Part[Climbed]
    silent: Part[Silent]
