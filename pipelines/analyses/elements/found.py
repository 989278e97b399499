"""The tree of the elements, as a run keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from pipelines.analyses.element_of import Element
from pipelines.analyses.part import Part

FILE = "elements.json"


@dataclass(frozen=True)
class Score:
    """Mean on 0 to 100 of `n` respondents; one alone has no interval."""

    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Answered:
    question: str
    score: Score


@dataclass(frozen=True)
class Driver:
    """`driver` is "" for questions that name none."""

    driver: str
    score: Score
    questions: tuple[Answered, ...]


@dataclass(frozen=True)
class Branch:
    element: Element
    score: Score | None
    """None where nobody was asked, and where the drivers have nothing in common."""
    drivers: tuple[Driver, ...]


@dataclass(frozen=True)
class Tree:
    respondents: int
    branches: tuple[Branch, ...]
    """The three elements always; what judges the whole, and drivers that nobody assigned, where there are any."""
    one_in: int
    """Every so many-th questionnaire was looked at."""


@dataclass(frozen=True)
class Elements:
    starts: dt.date
    ends: dt.date
    tree: Part[Tree]


FOUND = TypeAdapter(Elements)
