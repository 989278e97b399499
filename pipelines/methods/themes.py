"""What comments are about: by declared words (see keywords), counted, and set beside how satisfied their writers are.

Share of the comments that hold a theme: Wilson (1927). Mean satisfaction of those who wrote of it less that of all
others who wrote: Welch (1947); p-values are corrected for the number of themes by Holm (1979), intervals are those of
one theme alone. A comment may belong to several themes or to none. Assumptions: comments are independent; several by
one customer are not. Limits: negation and irony are not understood, so a theme says what is spoken of and not whether
it is praised; who comments is not everybody; a difference shows what goes together, not what causes what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.methods.comparisons import holm
from pipelines.methods.interval import ALPHA, Array, wilson
from pipelines.methods.refused import Refused

LEAST = 30
"""Comments below which shares say nothing."""
LEAST_SCORED = 10
"""Scored comments on either side below which means are not compared."""


@dataclass(frozen=True)
class Apart:
    """Mean satisfaction of those who wrote of the theme, of the others who wrote, and how far they lie apart."""

    own: float
    n: int
    rest: float
    rest_n: int
    value: float
    low: float
    high: float
    p: float
    adjusted: float

    @property
    def differs(self) -> bool:
        return self.adjusted < ALPHA


@dataclass(frozen=True)
class Share:
    """`count` of `n` comments, in per cent with the 95 % interval."""

    count: int
    n: int
    value: float
    low: float
    high: float

    @property
    def hidden(self) -> bool:
        return not self.n


HIDDEN = Share(0, 0, 0.0, 0.0, 0.0)
"""In the place of a share of a few customers, or of all but a few, for those who must not learn of single ones."""


@dataclass(frozen=True)
class Quarter:
    label: str
    share: Share


@dataclass(frozen=True)
class Counted:
    """One theme. `apart` is None where too few scored comments stand on either side."""

    share: Share
    apart: Apart | None
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True)
class Themes:
    n: int
    scored: int
    """Comments with a satisfaction score beside them."""
    without: Share
    """Comments without any theme."""
    themes: tuple[Counted, ...]


class Scores(NamedTuple):
    own: Array
    rest: Array


class Welch(NamedTuple):
    low: float
    high: float
    p: float


def themes(about: NDArray[np.bool_], satisfaction: Array, quarters: Sequence[str], lately: NDArray[np.bool_]) -> Themes:
    """
    `about` is comments × themes; `satisfaction` (nan where none was given) and `quarters` belong to the comments.
    Shares and means are of the comments that are `lately`; the quarters are of all. Raises Refused where they are few.
    """
    n = int(lately.sum())
    if n < LEAST:
        raise Refused(say("only {n} comments were written; at least {least} are needed", n=n, least=LEAST))
    now, scores = about[lately], satisfaction[lately]
    counts = now.sum(axis=0)
    shares = _shares(np.append(counts, (~now.any(axis=1)).sum()), n)
    apart = _apart([Scores(scores[own & ~np.isnan(scores)], scores[~own & ~np.isnan(scores)]) for own in now.T])
    over_time = _quarters(about, quarters)
    each = tuple(Counted(*found) for found in zip(shares[:-1], apart, over_time, strict=True))
    return Themes(n, int((~np.isnan(scores)).sum()), shares[-1], each)


def _shares(counts: NDArray[np.int64], n: int) -> list[Share]:
    values = 100 * counts / n
    low, high = wilson(values, np.full(len(counts), float(n)))
    return [
        Share(int(count), n, float(value), float(least), float(most))
        for count, value, least, most in zip(counts, values, low, high, strict=True)
    ]


def _apart(scores: Sequence[Scores]) -> list[Apart | None]:
    """Holm's correction counts the themes that can be compared."""
    able = [min(map(len, pair)) >= LEAST_SCORED for pair in scores]
    found = [_welch(pair) for pair, is_able in zip(scores, able, strict=True) if is_able]
    corrected = iter(zip(found, holm([each.p for each in found]), strict=True))
    return [_one(pair, *next(corrected)) if is_able else None for pair, is_able in zip(scores, able, strict=True)]


def _one(pair: Scores, found: Welch, adjusted: float) -> Apart:
    own, rest = (float(np.mean(side)) for side in pair)
    return Apart(own, len(pair.own), rest, len(pair.rest), own - rest, found.low, found.high, found.p, adjusted)


def _welch(pair: Scores) -> Welch:
    from scipy.stats import ttest_ind

    if not any(np.ptp(side) for side in pair):  # everybody gave one answer on either side
        apart = float(pair.own[0] - pair.rest[0])
        return Welch(apart, apart, float(apart == 0))
    found = ttest_ind(pair.own, pair.rest, equal_var=False)
    bounds = found.confidence_interval(1 - ALPHA)
    return Welch(float(bounds.low), float(bounds.high), float(found.pvalue))


def _quarters(about: NDArray[np.bool_], quarters: Sequence[str]) -> list[tuple[Quarter, ...]]:
    order = sorted(range(len(quarters)), key=quarters.__getitem__)
    spans = [(label, list(places)) for label, places in groupby(order, key=quarters.__getitem__)]
    told = [(label, _shares(about[places].sum(axis=0), len(places))) for label, places in spans]
    return [tuple(Quarter(label, shares[at]) for label, shares in told) for at in range(about.shape[1])]
