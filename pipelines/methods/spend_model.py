"""What a customer spends at a time: Gamma-Gamma, of Fader and Hardie (2013), from each customer's mean of several
purchases.

What a customer spends each time varies by a gamma distribution around a mean of the customer's own, and means vary
among customers (p, q, v). It assumes that how often a customer buys says nothing about how much: the correlation of
the two is told with the result, and where it is strong the values of frequent buyers are wrong. Customers whose mean
rests on few purchases are drawn towards what all spend. Fitted by maximum likelihood to customers who bought again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from audit.wording import say
from pipelines.methods.interval import Array, Z
from pipelines.methods.likelihood import Curvature, Estimate, estimates, most_likely
from pipelines.methods.purchase_model import LEAST_AGAIN
from pipelines.methods.refused import Refused

NAMES = ("p", "q", "v")
STRONG = 0.3
"""A correlation from which the assumption does not hold well: Cohen (1988) calls it medium."""


@dataclass(frozen=True)
class SpendModel:
    n: int
    p: float
    q: float
    v: float
    correlation: float
    """Of the number of purchases and their mean value, with its 95 % interval by Fisher (1915)."""
    low: float
    high: float
    curvature: Curvature

    @property
    def log(self) -> Array:
        return np.log([self.p, self.q, self.v])

    def moved(self, log: Array) -> SpendModel:
        p, q, v = map(float, np.exp(log))
        return replace(self, p=p, q=q, v=v)

    @property
    def estimates(self) -> list[Estimate]:
        return estimates(NAMES, self.log, self.curvature)

    @property
    def usual(self) -> float:
        """What the mean customer spends at a time."""
        return self.v * self.p / (self.q - 1)

    @property
    def holds(self) -> bool:
        """Whether how often and how much go together at most weakly."""
        return abs(self.correlation) < STRONG


def spend_model(times: Array, mean: Array) -> SpendModel:
    """From each customer's number of purchases and their mean value. Raises Refused where they are few or alike."""
    _refuse(times, mean)
    scale = float(mean.mean())
    log, curvature = most_likely(_Likelihood(times, mean / scale), np.log([2.0, 3.0, 1.0]), say("spending"), len(mean))
    p, q, v = map(float, np.exp(log))
    if q <= 1:
        raise Refused(say("what customers spend is so uneven that there is no mean to expect; look for wrong amounts"))
    return SpendModel(len(mean), p, q, v * scale, *_correlation(times, mean), curvature)


def expected_spend(model: SpendModel, times: Array, mean: Array) -> Array:
    """At each purchase to come; `mean` counts for nothing where `times` is 0."""
    known = np.where(times > 0, times * mean, 0.0)
    return np.asarray(model.p * (model.v + known) / (model.p * times + model.q - 1))


def _refuse(times: Array, mean: Array) -> None:
    if len(mean) < LEAST_AGAIN:
        told = say(
            "only {n} customers bought again with an amount on record; at least {least} are needed",
            n=len(mean), least=LEAST_AGAIN,
        )  # fmt: skip
        raise Refused(told)
    if not ((times > 0) & (mean > 0) & np.isfinite(mean)).all():
        raise ValueError("every customer must have bought, for more than nothing")
    if np.ptp(mean) <= 1e-9 * mean.max():
        raise Refused(say("every customer spends the same, so there is nothing to model"))


def _correlation(times: Array, mean: Array) -> tuple[float, float, float]:
    """No correlation where all bought equally often."""
    if np.ptp(times) == 0:
        return 0.0, 0.0, 0.0
    found = float(np.corrcoef(times, mean)[0, 1])
    middle, half = np.arctanh(np.clip(found, -0.999999, 0.999999)), Z / np.sqrt(len(mean) - 3)
    return found, float(np.tanh(middle - half)), float(np.tanh(middle + half))


class _Likelihood:
    """Of the logarithms of p, q and v: the mean log-likelihood of a customer, and its slopes."""

    def __init__(self, times: Array, mean: Array) -> None:
        self.times, self.total, self.n = times, times * mean, len(mean)
        self.levels, at = np.unique(times, return_inverse=True)
        self.at_level = np.bincount(at) / self.n
        self.mean_log = float(np.log(self.total).mean())
        self.times_log = float((times * np.log(self.total)).mean())
        self.constant = -float(np.log(mean).mean())

    def __call__(self, log: Array) -> tuple[float, Array]:
        from scipy.special import digamma, gammaln

        p, q, v = np.exp(log)
        px, many = p * self.levels, self.at_level
        logs = np.log(v + self.total)
        inverse = 1 / (v + self.total)
        value = (many * (gammaln(px + q) - gammaln(px))).sum() - gammaln(q) + q * np.log(v) + self.constant
        value += p * self.times_log - p * (self.times * logs).mean() - q * logs.mean()
        slopes = [
            (many * self.levels * (digamma(px + q) - digamma(px))).sum() + self.times_log - (self.times * logs).mean(),
            (many * digamma(px + q)).sum() - digamma(q) + np.log(v) - logs.mean(),
            q / v - p * (self.times * inverse).mean() - q * inverse.mean(),
        ]
        return float(value), np.exp(log) * np.array(slopes)
