"""Pairs of answers as a test writes them: one line for each respondent and question."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipelines.methods.expectation_pairs import Pairs

Line = tuple[str, str, str, float | None, float | None, float | None]
"""Respondent, question, dimension, expected, perceived, the least acceptable."""
GAP = float("nan")


def pairs(lines: Iterable[Line], low: float = 1, high: float = 7) -> Pairs:
    return scaled([(*line, low, high) for line in lines])


def scaled(lines: Iterable[tuple[*Line, float, float]]) -> Pairs:
    who, question, dimension, *answers = zip(*lines, strict=True)
    numbers = [np.array([GAP if one is None else one for one in column], dtype=float) for column in answers]
    return Pairs(np.array(who), np.array(question), np.array(dimension), *numbers)
