"""Expectation against perception: gaps of service quality by question, by dimension and as a whole (SERVQUAL).

Parasuraman, Zeithaml and Berry (1988, 1991): what was perceived less what was expected. The interval of a gap is that
of paired differences (Student's t) over respondents: who answered several questions of a dimension counts once, with
the mean of them. As a whole: the dimensions by their weights, of those who answered in each; without weights they
count alike. Only pairs of which both halves were answered count; half pairs are counted and left out. The equation of
expectation: which share of the answers got less than, as much as, or more than was expected; its interval is the
ratio's over respondents (Cochran, 1977), Wilson's where all say the same.
Questions on different scales are never added up as they are: all are then put on 0 to 100 first, and it is said.
Limits: differences of two answers are less reliable than either (Peter, Churchill and Brown, 1993); who expects the
highest mark can never be surprised (ceiling); that people say what they expect after the service colours both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.methods import interval
from pipelines.methods.expectation_pairs import Names, Pairs
from pipelines.methods.interval import Array
from pipelines.methods.refused import Refused

LEAST = 30
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
Codes = NDArray[Any]
"""A whole number for each respondent."""


@dataclass(frozen=True)
class Share:
    """Of the answers, in per cent."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Gap:
    """`n` respondents with a pair, and their `pairs`; the gap is perceived less expected. One respondent alone, or
    several whose gaps are all alike, have no interval."""

    name: str
    dimension: str
    n: int
    pairs: int
    expected: float
    perceived: float
    gap: float
    low: float | None
    high: float | None
    less: Share
    """Got less than was expected."""
    equal: Share
    more: Share


@dataclass(frozen=True)
class ServiceGaps:
    lowest: float
    highest: float
    rescaled: bool
    """Whether the questions had scales of their own, so that all stand on 0 to 100."""
    n: int
    """Respondents with at least one pair."""
    half_pairs: int
    """Pairs of which one half was left open; they count for nothing."""
    questions: tuple[Gap, ...]
    dimensions: tuple[Gap, ...]
    weights: dict[str, float]
    """Dimension -> its points of 100."""
    whole: Gap | None
    """Of those who answered in each dimension that has a weight; None where they are fewer than the least."""


@dataclass(frozen=True)
class _Each:
    """What each respondent said, nan where nothing; `less`, `equal` and `more` count answers."""

    expected: Array
    perceived: Array
    less: Array
    equal: Array
    more: Array


def service_gaps(asked: Pairs, weights: Mapping[str, float] | None = None, least: int = LEAST) -> ServiceGaps:
    """`weights` are points of 100 for each dimension that was asked about."""
    pairs = asked.on_one_scale().whole()
    respondents = len(set(pairs.respondent.tolist()))
    if respondents < max(2, least):
        raise Refused(
            say(
                "{n} respondents said both what they expected and what they got; at least {least} are needed",
                n=respondents,
                least=max(2, least),
            )
        )
    codes = np.unique(pairs.respondent, return_inverse=True)[1]
    each = {name: _each(pairs, codes, pairs.dimension == name) for name in names_of(pairs.dimension)}
    points = _points(list(each), weights)
    return ServiceGaps(
        pairs.lowest,
        pairs.highest,
        pairs.rescaled,
        respondents,
        asked.half_pairs,
        tuple(_questions(pairs, codes)),
        tuple(_gap(name, name, one) for name, one in each.items()),
        points,
        _whole(each, points, max(2, least)),
    )


def names_of(dimensions: Names) -> list[str]:
    """The five in their usual order, then others by name."""
    found = set(dimensions.tolist())
    return [name for name in DIMENSIONS if name in found] + sorted(found - set(DIMENSIONS))


def _points(dimensions: Sequence[str], weights: Mapping[str, float] | None) -> dict[str, float]:
    if weights is None:
        return {name: 100 / len(dimensions) for name in dimensions}
    for name in [*dimensions, *weights]:
        if name not in weights or name not in dimensions:
            told = say(
                "the weights name {named}; write one for each of {dimensions}, together 100",
                named=", ".join(weights) or "–",
                dimensions=", ".join(dimensions),
            )
            raise Refused(told)
    if min(weights.values()) < 0 or abs(sum(weights.values()) - 100) > 1e-6:
        total = f"{sum(weights.values()):g}"
        raise Refused(say("the weights add up to {total}; write points that make 100, none below 0", total=total))
    return {name: float(weights[name]) for name in dimensions}


def _questions(pairs: Pairs, codes: Codes) -> list[Gap]:
    """By dimension, in the order of the five; within it by name."""
    rows: list[Gap] = []
    for dimension in names_of(pairs.dimension):
        inside = pairs.dimension == dimension
        for question in sorted(set(pairs.question[inside].tolist())):
            rows.append(_gap(question, dimension, _each(pairs, codes, inside & (pairs.question == question))))
    return rows


def _each(pairs: Pairs, codes: Codes, rows: NDArray[np.bool_]) -> _Each:
    who, many = codes[rows], int(codes.max()) + 1
    expected, perceived = pairs.expected[rows], pairs.perceived[rows]
    counts = np.bincount(who, minlength=many)

    def mean(values: Array) -> Array:
        sums = np.bincount(who, values, many)
        return np.asarray(np.divide(sums, counts, out=np.full(many, np.nan), where=counts > 0))

    def count(where: NDArray[np.bool_]) -> Array:
        return np.bincount(who, where, many).astype(float)

    got = (perceived < expected, perceived == expected, perceived > expected)
    return _Each(mean(expected), mean(perceived), *map(count, got))


def _whole(each: Mapping[str, _Each], points: Mapping[str, float], least: int) -> Gap | None:
    """Of the respondents who answered in every dimension that has a weight."""
    counted = {name: one for name, one in each.items() if points[name] > 0}
    full = np.all([~np.isnan(one.expected) for one in counted.values()], axis=0)
    if full.sum() < least:
        return None

    def weighted(name: str) -> Array:
        return sum((points[of] / 100 * getattr(one, name)[full] for of, one in counted.items()), np.zeros(full.sum()))

    def together(name: str) -> Array:
        return sum((getattr(one, name)[full] for one in counted.values()), np.zeros(full.sum()))

    said = (together(name) for name in ("less", "equal", "more"))
    return _gap("", "", _Each(weighted("expected"), weighted("perceived"), *said))


def _gap(name: str, dimension: str, each: _Each) -> Gap:
    said = ~np.isnan(each.expected)
    expected, perceived = each.expected[said], each.perceived[said]
    counts = [part[said] for part in (each.less, each.equal, each.more)]
    answers = np.sum(counts, axis=0)
    return Gap(
        name,
        dimension,
        int(said.sum()),
        int(answers.sum()),
        float(expected.mean()),
        float(perceived.mean()),
        *mean_of(perceived - expected),
        *(_share(part, answers) for part in counts),
    )


def mean_of(values: Array) -> tuple[float, float | None, float | None]:
    """Mean with its interval by Student's t; one value, or several that are all alike, do not tell how far chance
    reaches and have none."""
    value, n = float(values.mean()), len(values)
    deviation = float(values.std(ddof=1)) if n > 1 else 0.0
    if deviation <= interval.ALIKE * max(1.0, abs(value)):
        return value, None, None
    half = _student(n - 1) * deviation / n**0.5
    return value, value - half, value + half


@cache
def _student(freedom: int) -> float:
    """97.5 % point of the t distribution."""
    from scipy.stats import t

    return float(t.ppf(1 - interval.ALPHA / 2, freedom))


def _share(part: Array, answers: Array) -> Share:
    """Of answers that come in lots, one lot for each respondent."""
    n, share = len(answers), float(part.sum() / answers.sum())
    squares = float(np.sum((part - share * answers) ** 2))
    if n < 2 or squares <= interval.ALIKE:
        low, high = interval.wilson(np.array([100 * share]), np.array([n]))
        return Share(100 * share, float(low[0]), float(high[0]))
    half = _student(n - 1) * (n / (n - 1) * squares) ** 0.5 / float(answers.sum())
    return Share(100 * share, 100 * max(0.0, share - half), 100 * min(1.0, share + half))
