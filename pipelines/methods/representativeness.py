"""Whether those who answered are like those who could have: respondents against the customer base, group by group.

Chi-square of answered or not by group (Pearson, 1900), the p value by drawing from all tables with the same margins
where an expected count is below 5 (Cochran, 1954; Patefield, 1981); adjusted residuals (Haberman, 1973), corrected
for many groups (Holm, 1979); effect size w of Cohen (1988); R-indicator of Schouten, Cobben and Bethlehem (2009),
less the variance of the sample. Respondents are part of the population, so where all of them answered no difference
is left. Limits: it sees only the groups that it is given. Respondents like the base by segment can differ in their
opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.random import default_rng

from audit.text import Text, listed
from audit.wording import say
from pipelines.methods.comparisons import holm
from pipelines.methods.interval import ALPHA, Array, wilson
from pipelines.methods.refused import Refused

LEAST = 5
THIN = 5
"""Expected count below which the chi-square distribution is not trusted: Cochran (1954)."""
SMALL, MEDIUM = 0.1, 0.3
"""Cohen (1988): a small and a medium effect w."""
POWER = 0.8
DRAWS, SEED = 9_999, 19_760_921
Verdict = Literal["alike", "differs", "too few to tell"]


@dataclass(frozen=True)
class Group:
    """Shares in per cent. `expected` is the share of the population, `share` that of the respondents."""

    name: str
    population: int
    respondents: int
    expected: float
    share: float
    low: float
    high: float
    coverage: float
    coverage_low: float
    coverage_high: float
    residual: float
    """How many standard errors more or less answered than if the group did not matter."""
    p: float
    """Corrected for the number of groups."""

    @property
    def missing(self) -> bool:
        return self.residual < 0 and self.p < ALPHA


@dataclass(frozen=True)
class Representativeness:
    groups: tuple[Group, ...]
    population: int
    respondents: int
    statistic: float
    freedom: int
    p: float
    how: Literal["chi-square", "drawn tables"]
    w: float
    detectable: float
    """The effect that this many answers would show with a probability of 80 %."""
    indicator: float
    """R-indicator: 1 where every group answers alike, 0 at the worst."""
    verdict: Verdict


def representativeness(
    population: Mapping[str, int], respondents: Mapping[str, int], seed: int = SEED
) -> Representativeness:
    """Group -> customers, and group -> those of them who answered. Raises Refused where there is nothing to compare."""
    names = [name for name, count in population.items() if count > 0]
    _refuse(names, population, respondents)
    base = np.array([population[name] for name in names], dtype=float)
    found = np.array([respondents.get(name, 0) for name in names], dtype=float)
    size, n = int(base.sum()), int(found.sum())
    statistic = float(_statistic(found, base))
    thin = min((base * n / size).min(), (base * (size - n) / size).min()) < THIN
    freedom = len(names) - 1
    p = 1.0 if n == size else _drawn(found, base, seed) if thin else _chi_square(statistic, freedom)
    w = float(sqrt(np.sum((found / n - base / size) ** 2 / (base / size))))
    detectable = _detectable(n, size, freedom)
    verdict: Verdict = "alike" if n == size else _verdict(p, w, detectable)
    how: Literal["chi-square", "drawn tables"] = "drawn tables" if thin else "chi-square"
    groups = _groups(names, found, base)
    return Representativeness(
        groups, size, n, statistic, freedom, p, how, w, detectable, _indicator(found, base), verdict
    )


def told(found: Representativeness, spelled: Callable[[str], Text] = lambda name: Text(en=name, zh=name)) -> Text:
    """The verdict in words; `spelled` says how a group is called."""
    silent = [group.name for group in found.groups if not group.respondents]
    missing = [group.name for group in found.groups if group.missing and group.respondents]
    if silent and found.verdict != "too few to tell":
        return say("nobody of {groups} answered", groups=listed([spelled(name) for name in silent]))
    if found.verdict == "differs" and missing:
        return say("{groups} answered less often than others", groups=listed([spelled(name) for name in missing]))
    if found.verdict == "differs":
        return say("those who answered are not spread over the groups as the customers are")
    if found.verdict == "too few to tell":
        return say(
            "{n} customers who answered are too few to tell whether they are like the others", n=found.respondents
        )
    return say("those who answered are spread over the groups much as the customers are")


def _refuse(names: list[str], population: Mapping[str, int], respondents: Mapping[str, int]) -> None:
    if len(names) < 2:
        raise Refused(say("the customers are all in one group, so there is nothing to compare"))
    beyond = [name for name, count in respondents.items() if count > population.get(name, 0)]
    if beyond:
        raise Refused(say("more customers of {group} answered than there are", group=beyond[0] or "–"))
    n = sum(respondents.values())
    if n < LEAST:
        raise Refused(say("only {n} customers answered; at least {least} are needed", n=n, least=LEAST))


def _statistic(found: Array, base: Array) -> Array:
    """Chi-square of the table answered or not by group; the last axis is the group."""
    size, n = base.sum(), found.sum(axis=-1, keepdims=True)
    expected = base * n / size
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = (found - expected) ** 2 * (1 / expected + 1 / (base - expected))
    return np.asarray(np.where(n == size, 0.0, squares).sum(axis=-1))


def _chi_square(statistic: float, freedom: int) -> float:
    from scipy.stats import chi2

    return float(chi2.sf(statistic, freedom))


def _drawn(found: Array, base: Array, seed: int) -> float:
    tables = default_rng(seed).multivariate_hypergeometric(base.astype(np.int64), int(found.sum()), DRAWS)
    as_far = np.sum(_statistic(tables.astype(float), base) >= _statistic(found, base) * (1 - 1e-9))
    return float((1 + as_far) / (DRAWS + 1))


def _detectable(n: int, size: int, freedom: int) -> float:
    from scipy.optimize import brentq
    from scipy.stats import chi2, ncx2

    if n == size:
        return 0.0
    beyond = chi2.ppf(1 - ALPHA, freedom)
    needed = brentq(lambda shift: ncx2.sf(beyond, freedom, shift) - POWER, 1e-6, 1_000)
    return float(sqrt(needed / n * (size - n) / (size - 1)))


def _verdict(p: float, w: float, detectable: float) -> Verdict:
    if p < ALPHA and w >= SMALL:
        return "differs"
    return "too few to tell" if p >= ALPHA and detectable > MEDIUM else "alike"


def _groups(names: list[str], found: Array, base: Array) -> tuple[Group, ...]:
    size, n = base.sum(), found.sum()
    share, coverage = 100 * found / n, 100 * found / base
    bounds = (*wilson(share, np.full(len(base), n)), *wilson(coverage, base))
    residuals = _residuals(found, base)
    columns = (base, found, 100 * base / size, share, bounds[0], bounds[1], coverage, bounds[2], bounds[3], residuals)
    p = holm([_alone(int(g), int(b), int(n), int(size)) for g, b in zip(found, base, strict=True)])
    rows = zip(names, *columns, p, strict=True)
    return tuple(Group(name, int(b), int(f), *map(float, rest)) for name, b, f, *rest in rows)


def _residuals(found: Array, base: Array) -> Array:
    size, n = base.sum(), found.sum()
    spread = base * (size - base) * n * (size - n) / (size**2 * max(size - 1, 1))
    return np.asarray(np.where(spread > 0, (found - base * n / size) / np.sqrt(np.maximum(spread, 1e-300)), 0.0))


def _alone(found: int, base: int, n: int, size: int) -> float:
    """Fisher (1935), for one group against all others: exact, twice the smaller tail."""
    from scipy.stats import hypergeom

    law = hypergeom(size, base, n)
    return float(min(1.0, 2 * min(law.cdf(found), law.sf(found - 1))))


def _indicator(found: Array, base: Array) -> float:
    size, rate = base.sum(), found / base
    between = np.sum(base / size * (rate - found.sum() / size) ** 2)
    chance = np.sum(rate * (1 - rate) * (1 - base / size)) / size
    return float(1 - 2 * sqrt(max(0.0, between - chance)))
