"""What customers are expected to bring from now on: purchases to come (BG/NBD) times what is spent at each (Gamma-
Gamma).

Fader, Hardie and Lee (2005), Journal of Marketing Research 42(4), 415-430. The two models are taken as independent of
each other, as they are fitted. Revenue is told month by month, so that a margin, a discount rate and a horizon, which
the organisation owns, can be put to it later: see `discounted`. The interval covers how well the models are known
from so many customers; what the customers will in fact do scatters further.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipelines.methods.interval import Array
from pipelines.methods.likelihood import STEP
from pipelines.methods.purchase_model import Histories, PurchaseModel, alive, purchases_while_alive
from pipelines.methods.spend_model import SpendModel, expected_spend

MONTH = 365.25 / 12
"""In days."""
MONTHS = 60
YEAR = 12


@dataclass(frozen=True)
class Standing:
    """Each customer as the models see it now; `alike` are the places of equal numbers of purchases and ages."""

    found: Histories
    times: Array
    mean: Array
    counted: NDArray[np.bool_]
    """Who is a customer still; whoever has left on record brings nothing any more."""
    pairs: Array = field(init=False)
    at: NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        both = np.stack([self.found.frequency, self.found.age])
        pairs, at = np.unique(both, axis=1, return_inverse=True)
        object.__setattr__(self, "pairs", pairs)
        object.__setattr__(self, "at", at.ravel())


@dataclass(frozen=True)
class Each:
    """Of each customer: the probability of still buying, what is spent at a time, purchases within a year if so."""

    alive: Array
    spend: Array
    purchases: Array

    @property
    def if_alive(self) -> Array:
        """Revenue of the next twelve months of a customer who still buys."""
        return self.spend * self.purchases

    @property
    def expected(self) -> Array:
        return self.alive * self.if_alive


@dataclass(frozen=True)
class Ahead:
    """Revenue expected in each month to come, undiscounted."""

    customers: int
    active: float
    """How many of them still buy, by the model."""
    purchases: float
    """In the next twelve months."""
    revenue: tuple[float, ...]
    errors: tuple[float, ...]
    """Standard error of what is expected up to the end of each year, as a share of it."""

    def error(self, months: int) -> float:
        """Of the first so many months."""
        return float(np.interp(months, np.arange(1, len(self.errors) + 1) * YEAR, self.errors))


def each_of(buying: PurchaseModel, spending: SpendModel, standing: Standing) -> Each:
    found = standing.found
    still = alive(buying, found.frequency, found.recency, found.age)[found.of]
    bought = purchases_while_alive(buying, YEAR * MONTH, *standing.pairs)[standing.at][found.of]
    return Each(still, expected_spend(spending, standing.times, standing.mean), bought)


def ahead(buying: PurchaseModel, spending: SpendModel, standing: Standing, months: int = MONTHS) -> Ahead:
    ends = range(1, months + 1)
    weights = _weights(buying, spending, standing)
    total = _up_to(buying, standing, weights, ends)
    still = _by_pair(standing, alive(buying, *_columns(standing.found))[standing.found.of])
    bought = float(_up_to(buying, standing, still, [YEAR])[0])
    years = list(range(YEAR, months + 1, YEAR))
    error = _error(buying, spending, standing, years) / total[np.array(years) - 1]
    revenue = np.diff(np.r_[0.0, total])
    return Ahead(
        int(standing.counted.sum()), float(still.sum()), bought, tuple(map(float, revenue)), tuple(map(float, error))
    )


def discounted(revenue: Sequence[float], months: int, yearly: float) -> float:
    """What the first so many months are worth today, with so many per cent a year: money of a month at its end."""
    rate = (1 + yearly / 100) ** (1 / 12)
    return float(sum(amount / rate**month for month, amount in enumerate(revenue[:months], 1)))


def _columns(found: Histories) -> tuple[Array, Array, Array]:
    return found.frequency, found.recency, found.age


def _weights(buying: PurchaseModel, spending: SpendModel, standing: Standing) -> Array:
    """What customers of each pair spend at a time, as far as they still buy."""
    still = alive(buying, *_columns(standing.found))[standing.found.of]
    return _by_pair(standing, still * expected_spend(spending, standing.times, standing.mean))


def _by_pair(standing: Standing, of_customer: Array) -> Array:
    counted = np.where(standing.counted, of_customer, 0.0)
    at = standing.at[standing.found.of]
    return np.bincount(at, weights=counted, minlength=standing.pairs.shape[1]).astype(float)


def _up_to(buying: PurchaseModel, standing: Standing, weights: Array, months: Sequence[int]) -> Array:
    ends = np.asarray(months, dtype=float) * MONTH
    return np.array([(weights * purchases_while_alive(buying, end, *standing.pairs)).sum() for end in ends])


def _error(buying: PurchaseModel, spending: SpendModel, standing: Standing, years: Sequence[int]) -> Array:
    """By the delta method over the parameters of both models."""

    def of_buying(log: Array) -> Array:
        moved = buying.moved(log)
        return _up_to(moved, standing, _weights(moved, spending, standing), years)

    def of_spending(log: Array) -> Array:
        return _up_to(buying, standing, _weights(buying, spending.moved(log), standing), years)

    variance = np.zeros(len(years))
    for total, model in ((of_buying, buying), (of_spending, spending)):
        slopes = _slopes(total, model.log)
        variance += np.einsum("ky,kl,ly->y", slopes, model.curvature.covariance, slopes)
    return np.sqrt(variance)


def _slopes(of: Callable[[Array], Array], log: Array) -> Array:
    """Parameters × years."""
    return np.array([(of(log + move) - of(log - move)) / (2 * STEP) for move in STEP * np.eye(len(log))])
