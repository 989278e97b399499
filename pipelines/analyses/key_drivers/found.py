"""What moves satisfaction, as a run keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from pipelines.analyses.part import Part
from pipelines.methods.importance_performance import ImportancePerformance
from pipelines.methods.key_drivers import KeyDrivers

FILE = "key_drivers.json"


@dataclass(frozen=True)
class Driving:
    drivers: KeyDrivers
    seldom: tuple[str, ...]
    """Drivers that were left out because too few judged them."""
    one_in: int
    """Every so many-th questionnaire was looked at."""


@dataclass(frozen=True)
class Stated:
    map: ImportancePerformance
    one_sided: tuple[str, ...]
    """Drivers with importance or performance alone, or with too few answers in one."""


@dataclass(frozen=True)
class Moving:
    starts: dt.date
    ends: dt.date
    driving: Part[Driving]
    stated: Part[Stated]
    derived: Part[ImportancePerformance]


FOUND = TypeAdapter(Moving)
