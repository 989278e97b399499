"""What a feature is to customers: must-be, one-dimensional, attractive, indifferent, reverse or questionable.

A feature has the class that most answers give it (Kano et al., 1984); of equally many the first of M > O > A > I
counts (Berger et al., 1993). Beside it stand: the class that comes second and by how many answers; Fong's test (1996),
whether the two differ (5 % to one side, 10 % to both: he calls them no different where |a - b| < 1.65 √((a + b)(2N - a
- b) / 2N)); Blauth's rule in Berger et al. (1993), which first asks whether O + A + M outweigh I + R + Q; category and
total strength (Lee and Newcomb, 1997). Better = (A + O) / (A + O + M + I) says how much satisfaction the feature can
add, worse = -(O + M) / (A + O + M + I) how much its absence costs, each with Wilson's interval. Assumptions: answers
are independent of each other and customers alike; where segments differ, see each. Limits: a class is a count of
answers, no measure of worth; Fong takes the two counts for independent though one grows where the other shrinks, so
among few classes it tells them apart more often than it promises; who answered one half alone counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from audit.wording import say
from pipelines.methods.interval import wilson
from pipelines.methods.kano_table import CLASSES, KanoClass, class_of
from pipelines.methods.refused import Refused

LEAST = 20
"""Answers to a feature: Griffin and Hauser (1993) hear nine needs of ten from 20 to 30 customers."""
FONG = 1.65
DOUBTFUL = 10.0
"""Per cent of questionable answers above which the question itself is in doubt; the contract's gate warns there too."""


CARED, REST = CLASSES[:3], CLASSES[3:]
"""M, O and A; I, R and Q."""


@dataclass(frozen=True)
class Coefficient:
    """A share of the answers, from -1 to 1, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Feature:
    feature: str
    n: int
    counts: Mapping[KanoClass, int]
    """Every class, in the order of the tie rule."""
    kano_class: KanoClass
    second: KanoClass
    lead: int
    """Answers by which the class leads the second; 0 is a tie, which the order decided."""
    told_apart: bool
    """By Fong's test, whether the two differ by more than chance."""
    by_blauth: KanoClass
    better: Coefficient | None
    worse: Coefficient | None
    """None where nobody's answer was A, O, M or I."""
    category_strength: float
    total_strength: float
    questionable: float
    """The last three in per cent of the answers: lead, A + O + M, and Q."""

    @property
    def doubtful(self) -> bool:
        return self.questionable > DOUBTFUL


def counted(pairs: Iterable[tuple[str, str, int]]) -> dict[KanoClass, int]:
    """From (functional, dysfunctional, how many)."""
    counts: dict[KanoClass, int] = dict.fromkeys(CLASSES, 0)
    for functional, dysfunctional, count in pairs:
        counts[class_of(functional, dysfunctional)] += count
    return counts


def classed(feature: str, counts: Mapping[KanoClass, int], least: int = LEAST) -> Feature:
    """Raises Refused where fewer than `least` gave both answers."""
    n = sum(counts.values())
    if n < least or not n:
        raise Refused(
            say(
                "only {n} gave both answers about {feature}; at least {least} are needed",
                n=n,
                feature=feature,
                least=least,
            )
        )
    first, second = _two(counts)
    lead = counts[first] - counts[second]
    return Feature(
        feature,
        n,
        {name: counts[name] for name in CLASSES},
        first,
        second,
        lead,
        differs(counts[first], counts[second], n),
        blauth(counts),
        _share(counts, ("attractive", "one-dimensional")),
        _turned(_share(counts, ("one-dimensional", "must-be"))),
        100 * lead / n,
        100 * _sum(counts, CARED) / n,
        100 * counts["questionable"] / n,
    )


def differs(most: int, runner_up: int, n: int) -> bool:
    """Fong (1996): whether two of n counts are further apart than chance puts them; 5 % to one side."""
    both = most + runner_up
    return abs(most - runner_up) >= FONG * sqrt(both * (2 * n - both) / (2 * n)) and most != runner_up


def blauth(counts: Mapping[KanoClass, int]) -> KanoClass:
    """The most frequent of O, A and M where together they outweigh I, R and Q, else of these."""
    of = CARED if _sum(counts, CARED) > _sum(counts, REST) else REST
    return max(of, key=lambda name: counts[name])


def _two(counts: Mapping[KanoClass, int]) -> tuple[KanoClass, KanoClass]:
    """Sorting keeps the order of the tie rule among equals."""
    first, second, *_ = sorted(CLASSES, key=lambda name: -counts[name])
    return first, second


def _sum(counts: Mapping[KanoClass, int], names: Iterable[KanoClass]) -> int:
    return sum(counts[name] for name in names)


def _share(counts: Mapping[KanoClass, int], names: tuple[KanoClass, KanoClass]) -> Coefficient | None:
    of = _sum(counts, (*CARED, "indifferent"))
    if not of:
        return None
    share = 100 * _sum(counts, names) / of
    low, high = wilson(np.array([share]), np.array([float(of)]))
    return Coefficient(share / 100, float(low[0]) / 100, float(high[0]) / 100)


def _turned(share: Coefficient | None) -> Coefficient | None:
    return share and Coefficient(-share.value, -share.high, -share.low)
