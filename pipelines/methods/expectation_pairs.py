"""Pairs of answers, what was expected beside what was perceived, each known by its names and not by its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.methods.interval import Array
from pipelines.methods.refused import Refused

Names = NDArray[Any]


@dataclass(frozen=True)
class Pairs:
    """One entry for each respondent and question: the answers are nan where they were left open; `low` and `high` are
    the ends of the question's scale."""

    respondent: Names
    question: Names
    dimension: Names
    expected: Array
    perceived: Array
    least: Array
    """The least that would still be acceptable."""
    low: Array
    high: Array
    rescaled: bool = False

    @property
    def half_pairs(self) -> int:
        return int((np.isnan(self.expected) != np.isnan(self.perceived)).sum())

    @property
    def lowest(self) -> float:
        return float(self.low[0])

    @property
    def highest(self) -> float:
        return float(self.high[0])

    def whole(self) -> Pairs:
        """Those of which both halves were answered."""
        return self.where(~np.isnan(self.expected) & ~np.isnan(self.perceived))

    def with_least(self) -> Pairs:
        """Those of them that also say what would still be acceptable."""
        return self.whole().where(~np.isnan(self.whole().least))

    def on_one_scale(self) -> Pairs:
        """As they are where all have one scale, else all on 0 to 100."""
        _refuse(self)
        if len(np.unique(np.column_stack([self.low, self.high]), axis=0)) <= 1:
            return self
        width = self.high - self.low
        expected, perceived, least = (
            100 * (one - self.low) / width for one in (self.expected, self.perceived, self.least)
        )
        low, high = np.zeros(len(width)), np.full(len(width), 100.0)
        return replace(
            self, expected=expected, perceived=perceived, least=least, low=low, high=high, rescaled=True
        )  # fmt: skip

    def where(self, kept: NDArray[np.bool_]) -> Pairs:
        names = ("respondent", "question", "dimension", "expected", "perceived", "least", "low", "high")
        return replace(self, **{name: getattr(self, name)[kept] for name in names})


def _refuse(pairs: Pairs) -> None:
    if not len(pairs.low):
        raise Refused(say("nobody said both what was expected and what was got"))
    for low, high in sorted(set(zip(pairs.low.tolist(), pairs.high.tolist(), strict=True))):
        if not low < high:
            raise Refused(
                say("a scale from {low} to {high} has no width; write its ends", low=f"{low:g}", high=f"{high:g}")
            )
    for answers in (pairs.expected, pairs.perceived, pairs.least):
        outside = (answers < pairs.low) | (answers > pairs.high)
        if outside.any():
            at = int(np.argmax(outside))
            raise Refused(
                say(
                    "the answer {answer} to {question} lies outside its scale from {low} to {high}",
                    answer=f"{answers[at]:g}",
                    question=str(pairs.question[at]),
                    low=f"{pairs.low[at]:g}",
                    high=f"{pairs.high[at]:g}",
                )
            )
