"""Figures of the twelve months to the end of a run, out of the organisation's own data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from pipelines.analyses.part import Part
from pipelines.methods.propagate import Known
from pipelines.methods.unheard import BySurvey

FILE = "value_base.json"
KeptBy = Literal["register", "orders"]


@dataclass(frozen=True)
class Retention:
    """Per cent of those who were customers when the twelve months began."""

    standing: int
    kept: Known


@dataclass(frozen=True)
class Mending:
    """Customers who complained: how many were still customers half a year later, by whether they were answered in time.

    In time: closed by the promised day, or within 30 days where none was promised.
    """

    by: KeptBy
    """By the register of customers, or, where it does not say who left, by whether they ordered again."""
    in_time: int
    in_time_kept: Known
    late: int
    late_kept: Known
    gained: Known
    """Difference in points."""


@dataclass(frozen=True)
class ValueBase:
    starts: dt.date
    ends: dt.date
    customers: Part[int]
    """On the last day."""
    revenue: Part[Known]
    """Of one of them in the twelve months."""
    retention: Part[Retention]
    complaints: Part[int]
    mending: Part[Mending]
    survey: Part[BySurvey]


FOUND = TypeAdapter(ValueBase)
