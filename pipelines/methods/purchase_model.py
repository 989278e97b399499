"""Who still buys and how often: BG/NBD, of Fader, Hardie and Lee (2005), Marketing Science 24(2), from when customers
bought.

While a customer is active, purchases come at random at a steady rate of the customer's own; after each purchase the
customer may stop for good, with a probability of the customer's own. Rates follow a gamma distribution (r, alpha)
among customers, probabilities a beta distribution (a, b), independent of each other. Fitted by maximum likelihood;
standard errors from the curvature at the maximum. Limits: no season and no contract (where customers give notice,
their dates tell more), nobody comes back after stopping, a customer who bought once only counts as active, and who
was a customer before the records begin is counted from the first purchase on record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.methods.interval import Array
from pipelines.methods.likelihood import Curvature, Estimate, estimates, most_likely
from pipelines.methods.refused import Refused

LEAST = 100
LEAST_AGAIN = 30
"""Customers, and those of them who bought again."""
NAMES = ("r", "alpha", "a", "b")


@dataclass(frozen=True)
class Histories:
    """Equal histories once, in order: repeat purchases, when the last one came and how long it is since the first
    (in one unit of time), and how many customers have it."""

    frequency: Array
    recency: Array
    age: Array
    customers: Array
    of: NDArray[np.intp]
    """Customer -> place of the history."""

    @property
    def n(self) -> int:
        return len(self.of)


@dataclass(frozen=True)
class PurchaseModel:
    n: int
    again: int
    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    curvature: Curvature

    @property
    def log(self) -> Array:
        return np.log([self.r, self.alpha, self.a, self.b])

    def moved(self, log: Array) -> PurchaseModel:
        """The same with other parameters, given by their logarithms in the order of NAMES."""
        r, alpha, a, b = map(float, np.exp(log))
        return replace(self, r=r, alpha=alpha, a=a, b=b)

    @property
    def estimates(self) -> list[Estimate]:
        return estimates(NAMES, self.log, self.curvature)


def histories(frequency: Array, recency: Array, age: Array) -> Histories:
    order = np.lexsort((age, recency, frequency))
    rows = np.stack([frequency, recency, age]).astype(float)[:, order]
    begins = np.r_[True, (rows[:, 1:] != rows[:, :-1]).any(axis=0)]
    of = np.empty(len(order), dtype=np.intp)
    of[order] = np.cumsum(begins) - 1
    many = np.diff(np.r_[np.flatnonzero(begins), len(order)]).astype(float)
    frequency, recency, age = rows[:, begins]
    return Histories(frequency, recency, age, many, of)


def purchase_model(found: Histories) -> PurchaseModel:
    """Raises Refused where too few bought again, or where the customers tell nothing apart."""
    again = int(found.customers[found.frequency > 0].sum())
    _refuse(found, again)
    scale = float(np.average(found.age, weights=found.customers))
    likelihood = _Likelihood(found, scale)
    rate = float((found.frequency * found.customers).sum() / (found.age * found.customers).sum() * scale)
    start = np.log([1.0, 1.0 / rate, 1.0, 4.0])
    log, curvature = most_likely(likelihood, start, say("how customers buy"), found.n)
    r, alpha, a, b = map(float, np.exp(log))
    value = found.n * likelihood(log)[0] - np.log(scale) * float((found.frequency * found.customers).sum())
    return PurchaseModel(found.n, again, r, alpha * scale, a, b, float(value), curvature)


def alive(model: PurchaseModel, frequency: Array, recency: Array, age: Array) -> Array:
    """Probability that a customer with this history still buys."""
    again = np.maximum(frequency, 1)
    odds = np.log(model.a / (model.b + again - 1)) + (model.r + frequency) * np.log(
        (model.alpha + age) / (model.alpha + recency)
    )
    return np.where(frequency > 0, 1 / (1 + np.exp(np.minimum(odds, 700))), 1.0)


def purchases_while_alive(model: PurchaseModel, time: float | Array, frequency: Array, age: Array) -> Array:
    """Expected within the time to come, of a customer who still buys: equation (10) by Euler's transformation, in which
    nothing grows beyond bounds."""
    from scipy.special import hyp2f1

    a = model.a if abs(model.a - 1) > 1e-6 else 1 + 1e-6  # the limit is there, the formula is not
    c = a + model.b + frequency - 1
    left = (model.alpha + age) / (model.alpha + age + time)
    gone = left ** (a - 1) * hyp2f1(a - 1, a + model.b - 1 - model.r, c, 1 - left)
    return np.asarray(c / (a - 1) * (1 - gone))


def expected_purchases(
    model: PurchaseModel, time: float | Array, frequency: Array, recency: Array, age: Array
) -> Array:
    return alive(model, frequency, recency, age) * purchases_while_alive(model, time, frequency, age)


def _refuse(found: Histories, again: int) -> None:
    if found.n < LEAST:
        raise Refused(say("only {n} customers bought; at least {least} are needed", n=found.n, least=LEAST))
    if not again:
        raise Refused(say("nobody bought again, so nothing is known of who will"))
    if again < LEAST_AGAIN:
        told = say("only {n} customers bought again; at least {least} are needed", n=again, least=LEAST_AGAIN)
        raise Refused(told)
    if len(found.customers) == 1:
        raise Refused(say("all customers have the same history, so they tell nothing apart"))


class _Likelihood:
    """Of the logarithms of the parameters: the mean log-likelihood of a customer, and its slopes. Time is scaled."""

    def __init__(self, found: Histories, scale: float) -> None:
        self.share = found.customers / found.n
        self.x, self.last, self.age = found.frequency, found.recency / scale, found.age / scale
        self.again = self.x > 0
        self.before = np.maximum(self.x, 1) - 1
        self.levels, at = np.unique(self.x, return_inverse=True)
        self.at_level = np.bincount(at, weights=self.share)
        """What depends on the number of purchases alone is worked out once for each number."""

    def __call__(self, log: Array) -> tuple[float, Array]:
        from scipy.special import digamma, gammaln

        r, alpha, a, b = np.exp(log)
        levels, many = self.levels, self.at_level
        counts = gammaln(r + levels) - gammaln(r) + r * np.log(alpha) + gammaln(a + b) + gammaln(b + levels)
        counts += -gammaln(b) - gammaln(a + b + levels)
        to_last, to_now = np.log(alpha + self.last), np.log(alpha + self.age)
        stays = -(r + self.x) * to_now
        goes = np.where(self.again, np.log(a / (b + self.before)) - (r + self.x) * to_last, -np.inf)
        either = np.logaddexp(stays, goes)
        gone = self.share * np.exp(goes - either)
        here = self.share - gone
        value = float((many * counts).sum() + (self.share * either).sum())
        slopes = [
            (many * (digamma(r + levels) - digamma(r))).sum() + np.log(alpha) - (here * to_now + gone * to_last).sum(),
            r / alpha - ((r + self.x) * (here / (alpha + self.age) + gone / (alpha + self.last))).sum(),
            (many * (digamma(a + b) - digamma(a + b + levels))).sum() + gone.sum() / a,
            (many * (digamma(a + b) - digamma(a + b + levels) + digamma(b + levels) - digamma(b))).sum()
            - (gone / (b + self.before)).sum(),
        ]
        return value, np.exp(log) * np.array(slopes)
