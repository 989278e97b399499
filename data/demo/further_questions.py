"""The further questions of Lindvale's survey: how much effort it took, how well things were done, and what matters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import NormalDist

import numpy as np

from data.demo.scene import LAST_YEAR, dice
from data.demo.survey import Answer

EFFORT = (0.03, 0.07, 0.15, 0.35, 0.40)
"""From very high (5) to very low (1)."""
EFFORT_CUTS = [NormalDist().inv_cdf(share) for share in list(accumulate(EFFORT))[:-1]]
DRIVERS = {
    "works as needed": "product quality",
    "engineer was helpful": "service",
    "came when promised": "delivery",
    "invoice was right": "paperwork",
    "manual was clear": "paperwork",
}
"""Question -> what it judges."""
USUAL = {
    "works as needed": 8.4, "engineer was helpful": 8.6, "came when promised": 8.1, "invoice was right": 7.8,
    "manual was clear": 7.0,
}  # fmt: skip
MATTERS = {"product quality": 9.2, "service": 8.3, "delivery": 8.6, "paperwork": 6.4}
SPREAD = 1.4
LOWEST, HIGHEST = 1, 10
SKIPPED = 0.02
NO_ENGINEER = 0.5
"""Share of those who judge goods and met no engineer."""


@dataclass(frozen=True)
class Rated:
    answer: Answer
    question: str
    driver: str
    importance: bool
    score: int | None
    not_applicable: bool = False


def asked_further(answers: list[Answer]) -> list[Answer]:
    """The same answers, with how content each customer was in these questions too."""
    draws = dice("further questions").standard_normal((len(answers), 1 + len(DRIVERS)))
    return [_further(answer, own) for answer, own in zip(answers, draws, strict=True)]


def _further(answer: Answer, draws: np.ndarray) -> Answer:
    """Nearest to what was said of the ease of it, or to nothing where that was skipped."""
    ease = answer.mood.get("ease")
    if ease is None:
        return answer
    moods = {name: float(0.75**0.5 * ease + 0.5 * draw) for name, draw in zip(("effort", *DRIVERS), draws, strict=True)}
    return replace(answer, mood=answer.mood | moods)


def effort(answer: Answer) -> int | None:
    mood = answer.mood.get("effort")
    return None if mood is None else 5 - bisect_right(EFFORT_CUTS, mood)


def rated(answers: list[Answer]) -> Iterator[Rated]:
    """Asked since the survey tool was changed. The dice of an answer are its own, whoever else answered."""
    for answer in answers:
        if answer.day >= LAST_YEAR:
            yield from _rated(answer, dice(f"rated {answer.id}"))


def _rated(answer: Answer, rng: np.random.Generator) -> Iterator[Rated]:
    skips, absent, matters = rng.random(len(DRIVERS)), rng.random(), rng.standard_normal(len(MATTERS))
    for (question, driver), skip in zip(DRIVERS.items(), skips, strict=True):
        mood = answer.mood.get(question)
        not_met = driver == "service" and answer.product != "Field service" and absent < NO_ENGINEER
        given = None if mood is None or skip < SKIPPED or not_met else on_scale(USUAL[question] + SPREAD * mood)
        yield Rated(answer, question, driver, False, given, not_met)
    for (driver, usual), draw in zip(MATTERS.items(), matters, strict=True):
        yield Rated(answer, f"{driver} matters", driver, True, on_scale(usual + draw))


def on_scale(value: float) -> int:
    return max(LOWEST, min(HIGHEST, round(value)))
