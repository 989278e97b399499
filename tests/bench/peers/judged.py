"""Respondents who judge twelve drivers from 0 to 100, and a satisfaction that follows from some of them more."""

from __future__ import annotations

import numpy as np

DRIVERS, ANSWERS, SEED = 12, 100_000, 7


def judged(drivers: int = DRIVERS, answers: int = ANSWERS) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(SEED)
    felt = rng.normal(size=(answers, 1))
    scores = np.clip(np.rint((55 + 12 * felt + 16 * rng.normal(size=(answers, drivers))) / 10) * 10, 0, 100)
    return scores, scores @ np.linspace(0, 0.2, drivers) + 12 * rng.normal(size=answers)
