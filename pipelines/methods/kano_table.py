"""What a pair of answers about a feature means: Kano's evaluation table as Berger et al. (1993) print it.

Kano, Seraku, Takahashi and Tsuji (1984), Attractive quality and must-be quality; Berger et al. (1993), Kano's methods
for understanding customer-defined quality, Center for Quality of Management Journal 2(4). Asked are how somebody feels
if a feature is there (functional) and if it is not (dysfunctional). Some later authors call two equal answers in the
middle of the table questionable too; here they are indifferent, as printed in 1993.
"""

from __future__ import annotations

from typing import Literal

KanoClass = Literal["must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable"]

ANSWERS: tuple[str, ...] = ("like", "must-be", "neutral", "live-with", "dislike")
CLASSES: tuple[KanoClass, ...] = ("must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable")
"""Of two that are as frequent the earlier one counts: M > O > A > I, because what is missed hurts before what is gained
pleases; then R and Q."""
LETTERS: dict[str, KanoClass] = dict(zip("MOAIRQ", CLASSES, strict=True))
TABLE: dict[str, str] = {
    "like": "QAAAO",
    "must-be": "RIIIM",
    "neutral": "RIIIM",
    "live-with": "RIIIM",
    "dislike": "RRRRQ",
}
"""Functional answer -> the class for each dysfunctional one, in the order of ANSWERS."""
EVALUATED = {
    (functional, dysfunctional): LETTERS[letter]
    for functional, row in TABLE.items()
    for dysfunctional, letter in zip(ANSWERS, row, strict=True)
}


def class_of(functional: str, dysfunctional: str) -> KanoClass:
    """Raises KeyError for a word that is no answer."""
    return EVALUATED[functional, dysfunctional]
