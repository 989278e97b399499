"""Does the model of buying foretell? Fitted to the first part of the records, held against what came after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.interval import Array, Z
from pipelines.methods.purchase_model import expected_purchases, histories, purchase_model
from pipelines.methods.refused import Refused

MOST = 7
"""Purchases from which customers are taken together."""


@dataclass(frozen=True)
class Foretold:
    """Customers with this many repeat purchases (the last: or more) before: their mean number after."""

    before: int
    or_more: bool
    customers: int
    predicted: float
    actual: float
    low: float
    high: float
    """95 % interval of the actual mean."""


@dataclass(frozen=True)
class PurchaseCheck:
    customers: int
    days: float
    predicted: float
    actual: int
    low: float
    high: float
    """95 % interval around what was predicted, from how the customers' numbers scatter."""
    rows: tuple[Foretold, ...]

    @property
    def error(self) -> float:
        """Per cent by which the prediction was too high, or below nought too low."""
        return 100 * (self.predicted - self.actual) / self.actual


def purchase_check(frequency: Array, recency: Array, age: Array, after: Array, days: float) -> PurchaseCheck:
    """Histories up to a day, and how often each customer bought in the `days` after it. Raises Refused as the model."""
    if not after.sum():
        raise Refused(say("nobody bought in the part that was held out, so nothing can be held against it"))
    found = histories(frequency, recency, age)
    model = purchase_model(found)
    predicted = expected_purchases(model, days, found.frequency, found.recency, found.age)[found.of]
    half = Z * float(np.std(after - predicted, ddof=1)) * np.sqrt(len(after))
    total = float(predicted.sum())
    group = np.minimum(frequency, MOST)
    rows = tuple(_row(int(each), predicted[group == each], after[group == each]) for each in np.unique(group))
    return PurchaseCheck(len(after), days, total, int(after.sum()), max(0.0, total - half), total + half, rows)


def _row(before: int, predicted: Array, actual: Array) -> Foretold:
    mean, n = float(actual.mean()), len(actual)
    half = Z * float(np.std(actual, ddof=1)) / np.sqrt(n) if n > 1 else float("inf")
    low, high = (max(0.0, mean - half), mean + half) if n > 1 else (mean, mean)
    return Foretold(before, before == MOST, n, float(predicted.mean()), mean, low, high)
