"""How many answers a margin of error needs, and which margin some answers give, in a population of any size.

Cochran (1977), Sampling Techniques, sections 3.2 and 4.4: normal approximation with the finite population correction.
Assumes a simple random sample, one answer for each customer, and answers from all that are drawn; it knows nothing of
bias. For fewer than about 30 answers, or a share near 0 or 100 %, the interval of the figure itself is the better
guide. The deviation of one answer stands for the kind of figure: a share, a net promoter score, or a mean.
"""

from __future__ import annotations

from math import ceil, floor, isfinite, sqrt

from audit.wording import say
from pipelines.methods.interval import Z
from pipelines.methods.refused import Refused

TINY = 1e-9
"""Relative: so that rounding of a number that is whole does not ask for one answer more."""


def of_share(share: float) -> float:
    """Deviation of one answer to a question that `share` per cent of customers answer with yes, in points."""
    if not 0 <= share <= 100:
        raise Refused(say("a share lies between 0 and 100 %, not at {share}", share=f"{share:g}"))
    return sqrt(share * (100 - share))


def of_nps(promoters: float, detractors: float) -> float:
    """Deviation of one answer in a net promoter score, in points; both shares in per cent."""
    if min(promoters, detractors) < 0 or promoters + detractors > 100:
        raise Refused(say("promoters and detractors are shares that together are at most 100 %"))
    return sqrt(100 * (promoters + detractors) - (promoters - detractors) ** 2)


def of_mean(deviation: float) -> float:
    """Standard deviation of one answer, in the unit of its scale."""
    if not (isfinite(deviation) and deviation >= 0):
        raise Refused(say("a standard deviation is a number that is not below 0"))
    return deviation


def margin(deviation: float, n: float, population: int | None = None) -> float:
    """Half the width of the 95 % interval, in the unit of the deviation. `n` may be an effective sample size."""
    if not n >= 1 or population is not None and n > population:
        raise Refused(say("a sample has at least one answer and at most as many as there are customers"))
    return Z * deviation / sqrt(n) * correction(n, population)


def correction(n: float, population: int | None) -> float:
    """The finite population correction: 1 where the population is endless or unknown, 0 where everybody answered."""
    if population is None:
        return 1.0
    return 0.0 if population <= n else sqrt((population - n) / (population - 1))


def needed(deviation: float, wanted: float, population: int | None = None) -> int:
    """The fewest answers whose margin of error is at most `wanted`."""
    if not (isfinite(wanted) and wanted > 0):
        raise Refused(say("a margin of error is a number above 0"))
    if population is not None and population < 1:
        raise Refused(say("there are no customers to ask"))
    endless = (Z * deviation / wanted) ** 2
    if population is None:
        return max(1, _up(endless))
    return min(population, max(1, _up(endless / (1 + (endless - 1) / population)))) if population > 1 else 1


def invitations(answers: int, response_rate: float) -> int:
    """How many to invite where `response_rate` per cent answer."""
    if not 0 < response_rate <= 100:
        raise Refused(say("an expected response rate lies above 0 and at most at 100 %"))
    return _up(100 * answers / response_rate)


def _up(number: float) -> int:
    return floor(number) if number - floor(number) <= TINY * max(1.0, number) else ceil(number)
