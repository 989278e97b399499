"""What leaves the house tells of no group so small that it would speak of single customers: see audit/small_cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from audit.small_cells import WHOLE, hidden
from audit.withheld import words
from pipelines.analyses.part import Part

Result = TypeVar("Result")
Change = Callable[[Result], Result]


def gone(sizes: Mapping[str, int], least: int) -> set[str]:
    """Of the groups of one whole: those that are too small, and those from which they could be worked out."""
    every = {WHOLE: sum(sizes.values())} | {("group", name): n for name, n in sizes.items()}
    return {name for _, name in hidden(every, least)}


def few(counts: Iterable[int], least: int) -> bool:
    """Nobody is no small group."""
    return any(0 < count < least for count in counts)


def withheld(part: Part[Result], least: int) -> Part[Result]:
    return replace(part, result=None, because=words(least), warning=None)


def with_result(part: Part[Result], change: Change[Result]) -> Part[Result]:
    return part if part.result is None else replace(part, result=change(part.result))
