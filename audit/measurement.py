"""What a KPI is, and what was measured with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from audit.quantity import Quantity, Unit
from audit.text import Text, Written

Better = Literal["higher", "lower", "neither"]
Interval = Literal["wilson", "nps", "mean", "poisson", "garwood", "dobson", "newcombe"]
Rows = Literal["dated in the period", "standing at its start", "dated up to its end"]


class Kpi(Written):
    """The header of a KPI file. The query beside it gives `value` and `n`, and what the interval needs."""

    name: str
    title: Text
    unit: Unit
    better: Better
    source: str
    """The fact or model in the query's FROM."""
    dated_by: str
    until: str | None = None
    """For rows that stand over time: the column with the date on which they end."""
    rows: Rows = "dated in the period"
    by: tuple[str, ...] = ()
    interval: Interval | None = None
    scale: tuple[float, float] | None = None
    """The lowest and the highest value that there can be, where the unit does not say it."""
    least: int = Field(default=1, ge=1)
    """Records below which a value is not evaluated."""
    two_sides: bool = False
    """Two kinds of record are compared, and n is 0 where one of them has none."""
    may_lack: tuple[str, ...] = ()
    """Sources of which nothing need be loaded: they then add nothing. One that is loaded must be as sound as any."""
    measures_age: bool = False
    """The figure is itself the age of the data, so old data is a result and not a reason for silence."""
    why: Text
    clauses: tuple[str, ...]
    query: str


@dataclass(frozen=True)
class Measurement:
    """One figure. `low` and `high` bound the 95 % interval where the KPI has one."""

    kpi: str
    unit: Unit
    grain: str
    period: str
    starts: dt.date
    ends: dt.date
    by: str
    """The dimension, or "" for the whole."""
    group: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    not_evaluated: Text | None = None
    warning: Text | None = None

    @property
    def quantity(self) -> Quantity:
        if self.value is None:
            raise ValueError(f"{self.kpi} in {self.period} has no value")
        return Quantity(self.value, self.unit)
