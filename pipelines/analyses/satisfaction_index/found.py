"""What a run found of the satisfaction index: the model as it was fitted, with all that a reader needs to judge it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from audit.text import Text
from pipelines.analyses.part import Part
from pipelines.methods.path_model.result import Bounded, PathModel

FILE = "satisfaction_index.json"


@dataclass(frozen=True)
class Earlier:
    """The satisfaction index of the twelve months to a day, fitted anew."""

    ends: dt.date
    n: int
    index: Bounded


@dataclass(frozen=True)
class SatisfactionIndex:
    model: str
    title: Text
    source: Text
    index: str
    """The variable whose index is the satisfaction index."""
    names: dict[str, Text]
    """Variable -> what people call it."""
    places: dict[str, tuple[int, int]]
    """Variable -> column and row in the drawing; empty where the model does not say."""
    starts: dt.date
    ends: dt.date
    scales: tuple[tuple[float, float], ...]
    """Lowest and highest answer, as the questions offered them."""
    one_in: int
    """Of how many questionnaires one was looked at."""
    fit: PathModel
    warnings: tuple[Text, ...]
    earlier: tuple[Earlier, ...]
    """The latest first."""

    @property
    def value(self) -> Bounded:
        return self.fit.latent(self.index).index


Found = Part[SatisfactionIndex]
FOUND: TypeAdapter[Found] = TypeAdapter(Found)
