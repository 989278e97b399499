"""What a run found of buying, spending and the customers at risk; amounts in the organisation's currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from audit.text import Text
from pipelines.analyses.part import Part
from pipelines.methods.lifetime_value import Ahead
from pipelines.methods.likelihood import Estimate
from pipelines.methods.purchase_check import PurchaseCheck

FILE = "lifetime_value.json"


@dataclass(frozen=True)
class Band:
    """Customers whose probability of still buying lies from `low` to `high`, in per cent."""

    low: int
    high: int
    customers: int


@dataclass(frozen=True)
class Buying:
    customers: int
    again: int
    """Those who bought more than once."""
    begins: dt.date
    """First order on record."""
    before: int
    """Who was a customer before that day, by the register."""
    gone: int
    """Who has left by the register."""
    estimates: tuple[Estimate, ...]
    firm: bool
    bands: tuple[Band, ...]
    unproven_leaving: Text | None
    """Why the register was not asked who has left."""


@dataclass(frozen=True)
class Spending:
    customers: int
    estimates: tuple[Estimate, ...]
    usual: float
    correlation: float
    low: float
    high: float
    holds: bool


@dataclass(frozen=True)
class Group:
    customers: int
    active: float
    """How many of them still buy, by the model."""
    expected: float
    """Revenue of the next twelve months."""
    share: float
    """Of what is expected of all, in per cent."""


@dataclass(frozen=True)
class KeyCustomers:
    named: Group
    """Whom the organisation calls key."""
    top: Group
    """The fifth of the customers of whom most is expected."""
    top_not_named: int


@dataclass(frozen=True)
class AtRiskCustomer:
    """By pseudonym."""

    customer: str
    key: bool
    purchases: int
    last_on: dt.date
    alive: float
    """Probability of still buying, in per cent."""
    if_alive: float
    """Revenue of the next twelve months if the customer still buys."""
    expected: float


@dataclass(frozen=True)
class AtRisk:
    """Bought at least `often` times again, and more likely gone than not; nobody who has left by the register."""

    customers: int
    key: int
    often: int
    if_alive: float
    expected: float
    most: tuple[AtRiskCustomer, ...]
    """Those with most at stake."""

    @property
    def at_stake(self) -> float:
        return self.if_alive - self.expected


@dataclass(frozen=True)
class LifetimeValue:
    ends: dt.date
    buying: Part[Buying]
    spending: Part[Spending]
    check: Part[PurchaseCheck]
    coming: Part[Ahead]
    key: Part[KeyCustomers]
    at_risk: Part[AtRisk]


FOUND = TypeAdapter(LifetimeValue)
