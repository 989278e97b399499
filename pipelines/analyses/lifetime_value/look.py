"""Looks at the orders up to the end of a run: who still buys, what is spent, what comes, and who is at risk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from audit.text import Text
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.lifetime_value.at_risk import at_risk, key_customers
from pipelines.analyses.lifetime_value.bought import Bought, bought
from pipelines.analyses.lifetime_value.found import Band, Buying, LifetimeValue, Spending
from pipelines.analyses.part import Part
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.methods.lifetime_value import Ahead, Each, Standing, ahead, each_of
from pipelines.methods.purchase_check import PurchaseCheck, purchase_check
from pipelines.methods.purchase_model import Histories, PurchaseModel, alive, histories, purchase_model
from pipelines.methods.refused import Refused
from pipelines.methods.spend_model import SpendModel, spend_model

WHEN: Read = {"orders": frozenset({"customer_id", "ordered_at", "status"})}
AMOUNT: Read = {"orders": frozenset({"customer_id", "ordered_at", "status", "amount"})}
LEFT: Read = {"customers": frozenset({"customer_id", "left_on"})}
KEY: Read = {"customers": frozenset({"customer_id", "key_customer"})}
BANDS = ((0, 20), (20, 50), (50, 80), (80, 100))
Result = TypeVar("Result")


def look(asked: Asked) -> LifetimeValue:
    if (doubt := _doubt(asked, WHEN)) is not None:
        nothing: Part[object] = Part(None, doubt)
        return LifetimeValue(asked.period.ends, *(6 * [nothing]))  # type: ignore[arg-type]
    with bought(asked) as rows:
        found = _Look(asked, rows)
        return LifetimeValue(
            asked.period.ends,
            found.part(WHEN, found.told_of_buying),
            found.part(AMOUNT, found.told_of_spending),
            found.part(WHEN, found.check),
            found.part(AMOUNT, found.coming),
            found.part(AMOUNT | KEY, lambda: key_customers(found.rows, found.standing, found.each)),
            found.part(AMOUNT, lambda: at_risk(asked, found.rows, found.standing, found.each)),
        )


class _Look:
    """Each model is fitted once, and whatever rests on a model that was refused is refused for the same reason."""

    def __init__(self, asked: Asked, rows: Bought | None) -> None:
        self.asked, self._rows = asked, rows
        self.unproven = _doubt(asked, LEFT)

    def part(self, read: Read, work: Callable[[], Result]) -> Part[Result]:
        return self.asked.part(read, work, _all_time(self.asked))

    @property
    def rows(self) -> Bought:
        if self._rows is None:
            raise Refused(say("there is no order up to the end of the period"))
        return self._rows

    @cached_property
    def histories(self) -> Histories:
        return histories(self.rows.frequency, self.rows.recency, self.rows.age)

    @cached_property
    def _fitted(self) -> PurchaseModel | Refused:
        return _tried(lambda: purchase_model(self.histories))

    @cached_property
    def _spent(self) -> SpendModel | Refused:
        priced = self.rows.times > 0
        return _tried(lambda: spend_model(self.rows.times[priced], self.rows.mean[priced]))

    @property
    def buying(self) -> PurchaseModel:
        return _given(self._fitted)

    @property
    def spending(self) -> SpendModel:
        return _given(self._spent)

    @cached_property
    def standing(self) -> Standing:
        gone = self.rows.gone if self.unproven is None else np.zeros_like(self.rows.gone)
        return Standing(self.histories, self.rows.times, self.rows.mean, ~gone)

    @cached_property
    def each(self) -> Each:
        return each_of(self.buying, self.spending, self.standing)

    def told_of_buying(self) -> Buying:
        model, found = self.buying, self.histories
        still = 100 * alive(model, found.frequency, found.recency, found.age)[found.of][self.standing.counted]
        bands = tuple(
            Band(low, high, int(((still >= low) & ((still < high) | (high == 100))).sum())) for low, high in BANDS
        )
        return Buying(
            model.n, model.again, self.rows.begins, int(self.rows.before.sum()), int((~self.standing.counted).sum()),
            tuple(model.estimates), model.curvature.firm, bands, self.unproven,
        )  # fmt: skip

    def told_of_spending(self) -> Spending:
        model = self.spending
        return Spending(
            model.n, tuple(model.estimates), model.usual, model.correlation, model.low, model.high, model.holds
        )

    def check(self) -> PurchaseCheck:
        rows = self.rows
        known = rows.age_before >= 0
        times, last, age = (each[known] for each in (rows.frequency_before, rows.recency_before, rows.age_before))
        return purchase_check(times, last, age, rows.after[known], float((self.asked.period.ends - rows.cut).days))

    def coming(self) -> Ahead:
        return ahead(self.buying, self.spending, self.standing)


def _all_time(asked: Asked) -> Period:
    """Such figures rest on all that came before."""
    return replace(asked.latest, starts=dt.date.min)


def _doubt(asked: Asked, read: Read) -> Text | None:
    return asked.trust.doubt_about(read, _all_time(asked)).not_evaluated


def _tried(work: Callable[[], Result]) -> Result | Refused:
    try:
        return work()
    except Refused as refused:
        return refused


def _given(found: Result | Refused) -> Result:
    if isinstance(found, Refused):
        raise found
    return found
