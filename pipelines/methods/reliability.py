"""Whether several questions measure one thing: Cronbach's alpha, McDonald's omega, composite reliability.

Alpha: Cronbach (1951), its interval by Feldt (1965), which assumes that the questions are equally close to what they
measure (tau-equivalent) and answers near normal. Omega total and composite reliability: McDonald (1999), Fornell and
Larcker (1981), from one factor by maximum likelihood; omega on the questions' own scales, composite on standardised
ones. Only respondents who answered every question count (listwise); who left a question open is left out and never
counted as zero, which would raise alpha. Limits: alpha grows with the number of questions and does not show that
there is one factor only; a question that runs the other way must be turned around first, and is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.interval import ALPHA, Array
from pipelines.methods.one_factor import one_factor
from pipelines.methods.refused import Refused

LEAST = 30
SALIENT = 0.3
"""The smallest loading that counts: Hair et al. (2019), Multivariate Data Analysis."""


@dataclass(frozen=True)
class Question:
    """`with_rest` is the correlation with the sum of the others; `alpha_without` and `loading` where they exist."""

    question: str
    with_rest: float
    alpha_without: float | None
    loading: float | None


@dataclass(frozen=True)
class Reliability:
    n: int
    alpha: float
    low: float
    high: float
    standardised: float
    """Alpha of the standardised questions; the one to read where their scales differ."""
    omega: float | None
    composite: float | None
    questions: tuple[Question, ...]
    opposite: tuple[str, ...]
    """Questions that run in the other direction than most."""


def reliability(questions: Sequence[str], covariance: Array, n: int) -> Reliability:
    """From the covariances of the questions among the n respondents who answered all of them."""
    _refuse(questions, covariance, n)
    spread, correlation = np.sqrt(np.diag(covariance)), correlations(covariance)
    value, factor = alpha(covariance), one_factor(correlation)
    low, high = feldt(value, n, len(questions))
    loadings = None if factor is None else factor[0]
    return Reliability(
        n,
        value,
        low,
        high,
        alpha(correlation),
        None if factor is None else _omega(factor[0] * spread, factor[1] * spread**2),
        None if factor is None else _omega(*factor),
        _each(questions, covariance, loadings),
        _opposite(questions, correlation),
    )


def covariances(answers: Array) -> tuple[Array, int]:
    """Of respondents × questions, nan where there is no answer: those who answered all, and how many they are."""
    whole = answers[~np.isnan(answers).any(axis=1)]
    if len(whole) < 2:
        return np.zeros((answers.shape[1],) * 2), len(whole)
    return np.atleast_2d(np.cov(whole, rowvar=False)), len(whole)


def correlations(covariance: Array) -> Array:
    """The same for standardised questions; one that everybody answered alike stays without any spread."""
    spread = np.sqrt(np.diag(covariance))
    both = np.outer(spread, spread)
    return np.asarray(np.divide(covariance, both, out=np.zeros_like(covariance), where=both > 0))


def alpha(covariance: Array) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def feldt(value: float, n: int, k: int) -> tuple[float, float]:
    """The 95 % interval of alpha from n respondents and k questions."""
    from scipy.stats import f

    freedom = (n - 1, (n - 1) * (k - 1))
    return tuple(1 - (1 - value) * float(f.ppf(at, *freedom)) for at in (1 - ALPHA / 2, ALPHA / 2))  # type: ignore[return-value]


def _refuse(questions: Sequence[str], covariance: Array, n: int) -> None:
    if len(questions) < 2:
        raise Refused(say("one question alone has no reliability; at least two are needed"))
    if n < LEAST:
        raise Refused(
            say("only {n} respondents answered every question; at least {least} are needed", n=n, least=LEAST)
        )
    flat = [name for name, spread in zip(questions, np.diag(covariance), strict=True) if spread <= 0]
    if flat:
        raise Refused(say("everybody gave the same answer to {questions}", questions=", ".join(flat)))
    if covariance.sum() <= 1e-12 * np.trace(covariance):
        raise Refused(say("the questions cancel each other out; turn around those that run the other way"))


def _omega(loadings: Array, unique: Array) -> float:
    common = loadings.sum() ** 2
    return float(common / (common + unique.sum()))


def _each(questions: Sequence[str], covariance: Array, loadings: Array | None) -> tuple[Question, ...]:
    return tuple(
        Question(
            name,
            _with_rest(covariance, at),
            alpha(np.delete(np.delete(covariance, at, 0), at, 1)) if len(questions) > 2 else None,
            None if loadings is None else float(loadings[at]),
        )
        for at, name in enumerate(questions)
    )


def _with_rest(covariance: Array, at: int) -> float:
    rest = np.delete(np.delete(covariance, at, 0), at, 1).sum()
    together = covariance[at].sum() - covariance[at, at]
    return float(together / np.sqrt(covariance[at, at] * rest)) if rest > 0 else 0.0


def _opposite(questions: Sequence[str], correlation: Array) -> tuple[str, ...]:
    """By the first principal component, turned so that most questions point upwards; of two, both are named."""
    values, vectors = np.linalg.eigh(correlation)
    loadings = vectors[:, -1] * np.sqrt(values[-1])
    if len(questions) == 2:
        return tuple(questions) if correlation[0, 1] <= -SALIENT else ()
    up, down = (loadings >= SALIENT), (loadings <= -SALIENT)
    fewer = down if up.sum() >= down.sum() else up
    return tuple(name for name, turned in zip(questions, fewer, strict=True) if turned)
