"""What the Kano answers of a run say, as the run keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from pipelines.analyses.part import Part
from pipelines.methods.kano import Feature
from pipelines.methods.kano_segments import InSegments

FILE = "kano.json"


@dataclass(frozen=True)
class Classes:
    respondents: int
    half: int
    """Answers with one half of the pair, which count for nothing."""
    features: tuple[Feature, ...]
    """By the share of satisfaction that they carry, better and worse together, greatest first."""
    thin: Mapping[str, int]
    """Features with too few whole answers for a class -> how many they have."""


@dataclass(frozen=True)
class Kano:
    starts: dt.date
    ends: dt.date
    classes: Part[Classes]
    segments: Part[tuple[InSegments, ...]]
    """Features of which at least two segments have a class."""


FOUND = TypeAdapter(Kano)
