"""What was found of a survey, as a run keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from audit.quantity import Unit
from audit.text import Text
from pipelines.analyses.part import Part
from pipelines.methods.early_late import EarlyLate
from pipelines.methods.non_response import NonResponse
from pipelines.methods.raking import Weighted, Weights
from pipelines.methods.reliability import Reliability
from pipelines.methods.representativeness import Representativeness
from pipelines.methods.straight_lining import StraightLining

FILE = "soundness.json"
State = Literal["sound", "weak", "stated", "not evaluated"]
Subject = Literal[
    "response", "who", "early_late", "non_response", "straight_lining", "reliability", "figures", "weights"
]


@dataclass(frozen=True)
class ResponseRate:
    """Invitations of the period. `value` is the KPI's figure in per cent, where any answer counts: AAPOR RR2."""

    invited: int
    answered: int
    value: float
    low: float
    high: float
    finished: int
    """Invitations with a finished questionnaire."""
    strict: float
    """AAPOR RR1: finished questionnaires over all invitations, in per cent."""
    bounced: int | None
    """Invitations that could not be delivered, where anybody knows; they stay in the denominator."""
    unmatched: int
    """Answers of the period that name no invitation which is known."""


@dataclass(frozen=True)
class Battery:
    """Questions on one scale; of one driver, or "" for all of them."""

    questions: tuple[str, ...]
    lowest: float
    highest: float
    asks_for: str
    driver: str = ""


@dataclass(frozen=True)
class Lined:
    battery: Battery
    found: Part[StraightLining]


@dataclass(frozen=True)
class Scale:
    """`some` respondents answered any of its questions."""

    battery: Battery
    some: int
    found: Part[Reliability]


@dataclass(frozen=True)
class Figure:
    """A figure with its interval, and half of it with the finite population correction."""

    kpi: str
    unit: Unit
    value: float
    n: int
    low: float
    high: float
    margin: float
    correction: float
    customers: int | None
    """Present customers who answered, and of how many; None where the customers are not known."""
    population: int | None


@dataclass(frozen=True)
class Cell:
    groups: tuple[str, ...]
    n: int
    weight: float


@dataclass(frozen=True)
class Weighting:
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    weights: Weights
    satisfied: Weighted
    """Weighted share of satisfied answers, in per cent."""
    satisfied_plain: Weighted
    """The same answers, unweighted."""
    mean: Weighted
    mean_plain: Weighted
    left_out: int
    """Answers of nobody who is a customer at the period's end."""


@dataclass(frozen=True)
class Point:
    """What was found of one subject, in words."""

    subject: Subject
    state: State
    told: Text
    then: Text | None = None
    """What to do about it."""


@dataclass(frozen=True)
class Survey:
    grain: str
    period: str
    starts: dt.date
    ends: dt.date
    response: Part[ResponseRate]
    who: dict[str, Part[Representativeness]]
    """Dimension -> respondents against customers."""
    early_late: Part[EarlyLate]
    non_response: dict[str, Part[NonResponse]]
    """Source -> its questions."""
    straight_lining: Part[tuple[Lined, ...]]
    overall: Part[Reliability]
    """The questions of the survey responses, standardised because their scales differ."""
    reliability: Part[tuple[Scale, ...]]
    figures: dict[str, Part[Figure]]
    weights: Part[Weighting]
    one_in: int = 1
    """Of the answers to single questions every so many-th questionnaire was looked at."""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Soundness:
    surveys: tuple[Survey, ...]
    """The audit period, then the latest twelve months."""


SOUNDNESS = TypeAdapter(Soundness)


def soundness_of(folder: Path) -> Soundness | None:
    """What a run kept; None for runs that were made before it was looked at."""
    return _read(folder) if (folder / FILE).is_file() else None


@lru_cache(maxsize=4)
def _read(folder: Path) -> Soundness:
    return SOUNDNESS.validate_json((folder / FILE).read_bytes())
