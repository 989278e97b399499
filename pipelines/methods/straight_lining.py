"""Respondents who gave every question of a battery the same answer.

Non-differentiation, the extreme of the long-string index: Johnson (2005), J. Research in Personality 39; Meade and
Craig (2012), Psychological Methods 17. Only questions on one scale can be compared, and "not applicable" is no
answer. Share with the interval of Wilson (1927). Limits: a customer who is content with everything may honestly say
so, so this is a reason to look and never to delete; the fewer the questions, the oftener it happens by chance;
batteries without a question that is turned around cannot tell the two apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.interval import Array, wilson
from pipelines.methods.refused import Refused

LEAST_ANSWERS = 4
"""Answers that one respondent must have given, so that the same one throughout says anything."""
LEAST = 30


@dataclass(frozen=True)
class Seen:
    """Respondents with enough answers, those with one answer throughout by that answer, and the means of the rest."""

    able: int
    alike: Mapping[float, int]
    mean: float | None = None
    """Mean of the respondents' own means."""
    mean_of_others: float | None = None
    """The same without those who gave one answer throughout."""


@dataclass(frozen=True)
class StraightLining:
    """`share` in per cent."""

    able: int
    alike: int
    share: float
    low: float
    high: float
    by_answer: tuple[tuple[float, int], ...]
    mean: float | None
    mean_of_others: float | None


def straight_lining(seen: Seen) -> StraightLining:
    if seen.able < LEAST:
        told = say(
            "only {n} respondents answered {answers} or more questions on one scale; at least {least} are needed",
            n=seen.able,
            answers=LEAST_ANSWERS,
            least=LEAST,
        )
        raise Refused(told)
    alike = sum(seen.alike.values())
    share = 100 * alike / seen.able
    low, high = wilson(np.array([share]), np.array([float(seen.able)]))
    return StraightLining(
        seen.able,
        alike,
        share,
        float(low[0]),
        float(high[0]),
        tuple(sorted(seen.alike.items())),
        seen.mean,
        seen.mean_of_others,
    )


def seen_in(answers: Array, least: int = LEAST_ANSWERS) -> Seen:
    """`answers` is respondents × questions on one scale; nan where there is no answer, or "not applicable"."""
    given = ~np.isnan(answers)
    rows = answers[given.sum(axis=1) >= least]
    if not len(rows):
        return Seen(0, {})
    lowest, means = np.nanmin(rows, axis=1), np.nanmean(rows, axis=1)
    same = lowest == np.nanmax(rows, axis=1)
    others = float(means[~same].mean()) if not same.all() else None
    alike = Counter(float(answer) for answer in lowest[same])
    return Seen(len(rows), alike, float(means.mean()), others)


def longest_run(answers: Array) -> int:
    """The long-string index of one respondent: the same answer so many times in a row. No answer breaks the row."""
    longest = run = 0
    for at, answer in enumerate(answers):
        run = 0 if np.isnan(answer) else run + 1 if at and answer == answers[at - 1] else 1
        longest = max(longest, run)
    return longest
