"""How many dissatisfied customers nobody heard of: once by an assumption, once from the survey.

By assumption: where so many per cent of the dissatisfied complain, each complaint stands for others that were not
made; the share is the organisation's own input (that it is 4 % goes back to studies of American households of the
1970s: TARP, 1979), and the range over half and double of it is told. From the survey: customers who answered that
they are dissatisfied and of whom no complaint is on record, as a share of those who answered (Wilson, 1927), taken to
all customers. Limits: who answered may be unlike who did not, and a complaint to a counter or a driver may be on no
record. Measured from the organisation's own customers, the second is the better one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.interval import garwood, wilson
from pipelines.methods.propagate import Known
from pipelines.methods.refused import Refused

LEAST = 30
"""Answers, of which at least LEAST_DISSATISFIED are dissatisfied for a share of them."""
LEAST_DISSATISFIED = 10
FACTORS = (0.5, 1.0, 2.0)


@dataclass(frozen=True)
class AtShare:
    share: float
    dissatisfied: Known
    unheard: Known


@dataclass(frozen=True)
class ByAssumption:
    complaints: int
    at: tuple[AtShare, ...]
    """At half the assumed share, at the share itself, at double of it."""
    told: float | None
    """How many people heard of it from those who did not complain, where that is assumed."""

    @property
    def assumed(self) -> AtShare:
        return next(each for each, factor in zip(self.at, FACTORS[-len(self.at) :], strict=True) if factor == 1.0)


@dataclass(frozen=True)
class BySurvey:
    customers: int
    answered: int
    dissatisfied: int
    silent: int
    """Of the dissatisfied, those of whom no complaint is on record."""
    share_silent: Known
    """Per cent of the dissatisfied."""
    share_that_complains: Known
    unheard: Known
    """Of all customers."""


def by_assumption(complaints: int, share: float, told_by_each: float | None = None) -> ByAssumption:
    """`share`: per cent of the dissatisfied who complain."""
    if complaints == 0:
        raise Refused(say("no complaint is on record for these months, so none can stand for others"))
    at = tuple(_at(complaints, min(100.0, share * factor)) for factor in FACTORS)
    return ByAssumption(complaints, at, None if told_by_each is None else at[1].unheard.value * told_by_each)


def by_survey(customers: int, answered: int, dissatisfied: int, silent: int) -> BySurvey:
    """Of customers who answered: how many are dissatisfied, and how many of these never complained."""
    if answered < LEAST:
        raise Refused(say("only {n} customers answered; at least {least} are needed", n=answered, least=LEAST))
    if dissatisfied < LEAST_DISSATISFIED:
        raise Refused(
            say(
                "only {n} customers who answered are dissatisfied; at least {least} are needed",
                n=dissatisfied, least=LEAST_DISSATISFIED,
            )
        )  # fmt: skip
    quiet = _share(silent, dissatisfied)
    among_all = _share(silent, answered)
    return BySurvey(
        customers, answered, dissatisfied, silent, quiet, _share(dissatisfied - silent, dissatisfied),
        Known(*(each * customers / 100 for each in (among_all.value, among_all.low, among_all.high))),
    )  # fmt: skip


def _at(complaints: int, share: float) -> AtShare:
    low, high = (float(bound[0]) for bound in garwood(np.array([float(complaints)])))
    others = 100 / share
    return AtShare(
        share,
        Known(complaints * others, low * others, high * others),
        Known(*(count * (others - 1) for count in (complaints, low, high))),
    )


def _share(count: int, of: int) -> Known:
    value = 100 * count / of
    low, high = (float(bound[0]) for bound in wilson(np.array([value]), np.array([float(of)])))
    return Known(value, min(low, value), max(high, value))
