"""How long customers stay: the share that is still there after each length of stay, although most have not left yet.

Kaplan and Meier (1958); standard errors by Greenwood (1926); intervals on the log-log scale (Kalbfleisch and Prentice,
1980), which keeps them between 0 and 1. Before anybody has left the lower bound is that of n stays without an event
(Clopper and Pearson, 1934). The median with its interval is read off the curve and its bounds (Brookmeyer and Crowley,
1982). Several groups: log-rank (Mantel, 1966). A customer who was there before observation began enters at the length
of stay reached by then (left truncation); who had left before that is in no file and counts nowhere. Assumptions:
whoever has not left yet is no other than those who stayed as long; whoever came long ago leaves like whoever came
lately. Limits: where few are at risk the curve is not told; where those few are the young ones, it begins later and
holds for those who had stayed as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.methods.interval import ALPHA, Array, Z
from pipelines.methods.refused import Refused

LEAST, LEAST_AT_RISK, LEAST_EVENTS = 30, 10, 10
LEAST_EXPECTED = 5
"""Departures expected in each group, below which the chi-square distribution of log-rank is not trusted."""
MARKS = (12, 24, 36)
"""Months at which survival is told."""
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Stays:
    """How many customers came under observation, left, and were last seen, at each length of stay 0, 1, 2, …"""

    entered: Counts
    left: Counts
    last_seen: Counts

    @property
    def n(self) -> int:
        return int(self.entered.sum())

    @property
    def at_risk(self) -> Counts:
        """Under observation just before; who enters at a length of stay can leave at it."""
        gone = self.left + self.last_seen
        found: Counts = np.cumsum(self.entered) - np.cumsum(gone) + gone
        return found

    def since(self, start: int) -> Stays:
        """The same for those who stayed so long; who entered before enters then."""
        entered, left, seen = self.entered.copy(), self.left.copy(), self.last_seen.copy()
        entered[start] = self.at_risk[start]
        entered[:start], left[:start], seen[:start] = 0, 0, 0
        return Stays(entered, left, seen)


@dataclass(frozen=True)
class Curve:
    """One value for each length of stay 0, 1, 2, …"""

    survival: Array
    error: Array
    """Greenwood's standard error."""
    low: Array
    high: Array
    at_risk: Counts


@dataclass(frozen=True)
class Point:
    """Shares in per cent; `at_risk` customers had stayed as long and were still watched."""

    time: int
    survival: float
    error: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True)
class Survival:
    n: int
    left: int
    entered_late: int
    """Customers who were there before observation began."""
    begins: int
    """Length of stay at which the curve begins: it is about those who reached it."""
    ends: int
    """The longest length of stay that enough customers reached."""
    median: int | None
    median_low: int | None
    median_high: int | None
    points: tuple[Point, ...]
    """At each whole number of steps, at the first and at the last length of stay."""

    def at(self, time: int) -> Point | None:
        return next((point for point in self.points if point.time == time), None)


@dataclass(frozen=True)
class LogRank:
    statistic: float
    freedom: int
    p: float
    observed: tuple[int, ...]
    expected: tuple[float, ...]


def stays(left_at: Counts, has_left: NDArray[np.bool_], entered_at: Counts | None = None) -> Stays:
    """From one whole number for each customer: how long until leaving, or until last seen."""
    most = int(left_at.max(initial=0)) + 1
    starts = np.zeros_like(left_at) if entered_at is None else entered_at
    if (starts > left_at).any() or (left_at < 0).any() or (starts < 0).any():
        raise Refused(say("a stay is negative, or ends before it was first watched"))
    each = (starts, left_at[has_left], left_at[~has_left])
    return Stays(*(np.bincount(one, minlength=most).astype(np.int64) for one in each))


def curve(found: Stays) -> Curve:
    risk = found.at_risk
    safe = np.maximum(risk, 1)
    survival: Array = np.cumprod(1 - found.left / safe, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(found.left / (safe * (risk - found.left).astype(float)))
        error = np.where(survival > 0, survival * np.sqrt(variance), 0.0)
    low, high = _bounds(survival, error, risk)
    return Curve(survival, error, low, high, risk)


def _bounds(survival: Array, error: Array, risk: Counts) -> tuple[Array, Array]:
    inside = (survival > 0) & (survival < 1)
    logs = np.log(np.where(inside, survival, 0.5))
    half = Z * error / np.where(inside, survival, 0.5) / abs(logs)
    low, high = (np.exp(logs * np.exp(sign * half)) for sign in (1, -1))
    fewest = np.minimum.accumulate(np.where(risk > 0, risk, np.iinfo(np.int64).max))
    none_left = (ALPHA / 2) ** (1 / fewest)
    low = np.where(inside, low, np.where(survival == 1, none_left, 0.0))
    # when the last one leaves, the bound of just before still holds
    high = np.minimum.accumulate(np.where(inside | (survival == 1), np.where(survival == 1, 1.0, high), 1.0))
    return low, high


def survival(found: Stays, times: Sequence[int] | None = None) -> Survival:
    """Points at these lengths of stay, as the days after which months are over; without them at every one."""
    if found.n < LEAST:
        raise Refused(say("only {n} customers were watched; at least {least} are needed", n=found.n, least=LEAST))
    begins, ends = _span(found)
    drawn = curve(found.since(begins))
    wanted = range(begins, ends + 1) if times is None else sorted({begins, *times})
    return Survival(
        n=found.n,
        left=int(found.left.sum()),
        entered_late=int(found.entered[1:].sum()),
        begins=begins,
        ends=ends,
        median=_crosses(drawn.survival, begins, ends),
        median_low=_crosses(drawn.low, begins, ends),
        median_high=_crosses(drawn.high, begins, ends),
        points=tuple(_point(drawn, time) for time in wanted if begins <= time <= ends),
    )


def _span(found: Stays) -> tuple[int, int]:
    """The lengths of stay around the best watched one where nobody left while fewer than enough were at risk."""
    risk = found.at_risk
    if risk.max(initial=0) < LEAST_AT_RISK:
        raise Refused(say("never were {least} customers watched at the same length of stay", least=LEAST_AT_RISK))
    best = int(risk.argmax())
    thin = np.flatnonzero((risk < LEAST_AT_RISK) & (found.left > 0))
    before, after = thin[thin < best], np.flatnonzero(risk[best:] < LEAST_AT_RISK)
    return int(before[-1]) + 1 if len(before) else 0, best + int(after[0]) - 1 if len(after) else len(risk) - 1


def _crosses(bound: Array, begins: int, ends: int) -> int | None:
    below = np.flatnonzero(bound[begins : ends + 1] <= 0.5)
    return begins + int(below[0]) if len(below) else None


def _point(drawn: Curve, time: int) -> Point:
    stayed, error, low, high = (
        100 * float(each[time]) for each in (drawn.survival, drawn.error, drawn.low, drawn.high)
    )
    return Point(time, stayed, error, low, high, int(drawn.at_risk[time]))


def log_rank(groups: Mapping[str, Stays]) -> LogRank:
    """Whether the groups leave alike. Lengths of stay at which nobody left tell nothing."""
    from scipy.stats import chi2

    longest = max((len(one.left) for one in groups.values()), default=0)
    left, risk = (np.stack([_long(one, longest) for one in each]) for each in _each(groups))
    at = left.sum(axis=0) > 0
    observed, expected, variance = _differences(left[:, at].astype(float), risk[:, at].astype(float))
    _refuse(observed, expected)
    off = (observed - expected)[:-1]
    statistic = float(off @ np.linalg.solve(variance[:-1, :-1], off))
    freedom = len(groups) - 1
    whole = tuple(int(number) for number in observed)
    return LogRank(statistic, freedom, float(chi2.sf(statistic, freedom)), whole, tuple(map(float, expected)))


def _each(groups: Mapping[str, Stays]) -> tuple[list[Counts], list[Counts]]:
    if len(groups) < 2:
        raise Refused(say("there is one group only, so there is nothing to compare"))
    return [one.left for one in groups.values()], [one.at_risk for one in groups.values()]


def _long(counts: Counts, longest: int) -> Counts:
    return np.pad(counts, (0, longest - len(counts)))


def _differences(left: Array, risk: Array) -> tuple[Array, Array, Array]:
    gone, there = left.sum(axis=0), risk.sum(axis=0)
    share = risk / there
    weight = gone * (there - gone) / np.maximum(there - 1, 1)
    variance = np.diag((weight * share).sum(axis=1)) - (weight * share) @ share.T
    return left.sum(axis=1), (gone * share).sum(axis=1), variance


def _refuse(observed: Array, expected: Array) -> None:
    if observed.sum() < LEAST_EVENTS or expected.min() < LEAST_EXPECTED:
        raise Refused(
            say("{n} customers left; at least {least} are to be expected in each group", n=int(observed.sum()),
                least=LEAST_EXPECTED)
        )  # fmt: skip
