"""What Lindvale asks for its satisfaction index: the battery of the Chinese model, two or three questions each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from data.demo.further_questions import Rated, on_scale
from data.demo.scene import LAST_YEAR, dice
from data.demo.survey import Answer

ASKED: Mapping[str, Mapping[str, float]] = {
    "brand image": {"trusted name": 8.3, "known for good pumps": 8.0},
    "expected quality": {"expected it to work": 8.7, "expected good service": 8.2},
    "perceived quality": {"quality overall": 8.2, "fits our needs": 8.0, "seldom fails": 7.6},
    "perceived value": {"price for the quality": 7.1, "quality for the price": 7.3},
    "customer satisfaction": {"satisfied overall": 8.0, "as we expected": 7.6, "near the ideal": 7.0},
    "loyalty": {"would buy again": 8.1, "would buy more": 7.0},
}
"""What the questions ask for -> each with its usual answer."""
MOVED: Mapping[str, Mapping[str, float]] = {
    "brand image": {"engineer was helpful": 0.5},
    "expected quality": {"brand image": 0.5},
    "perceived quality": {"works as needed": 0.45, "expected quality": 0.25, "brand image": 0.2},
    "perceived value": {"perceived quality": 0.55, "expected quality": 0.1},
    "customer satisfaction": {"perceived quality": 0.45, "perceived value": 0.25, "brand image": 0.2},
    "loyalty": {"customer satisfaction": 0.55, "brand image": 0.2},
}
"""What moves each, in standard deviations; the rest is chance. None goes down where another rises."""
CHANCE, OWN = 0.7, 0.5
SPREAD = 1.3
SKIPPED = 0.004
QUESTIONS = [question for block in ASKED.values() for question in block]


def rated_for_index(answers: list[Answer]) -> Iterator[Rated]:
    for answer in answers:
        if answer.day >= LAST_YEAR:
            yield from _rated(answer, dice(f"index {answer.id}"))


def _rated(answer: Answer, rng: np.random.Generator) -> Iterator[Rated]:
    """Nothing where the mood is not known: whoever skipped the ease of it skipped these."""
    chance, own, skips = (
        rng.standard_normal(len(ASKED)),
        rng.standard_normal(len(QUESTIONS)),
        rng.random(len(QUESTIONS)),
    )
    each = iter(zip(own, skips, strict=True))
    mood = dict(answer.mood)
    for (driver, block), draw in zip(ASKED.items(), chance, strict=True):
        if "works as needed" in mood:
            mood[driver] = CHANCE * draw + sum(share * mood[cause] for cause, share in MOVED[driver].items())
        for (question, usual), (beside, skip) in zip(block.items(), each, strict=False):
            felt = mood.get(driver)
            given = None if felt is None or skip < SKIPPED else on_scale(usual + SPREAD * (felt + OWN * beside))
            yield Rated(answer, question, driver, False, given)
