"""What an expectation becomes when it is compiled: conditions in SQL, and how its answer is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pipelines.gating.pattern import InPython
from pipelines.gating.texts import Test

Shape = Literal["value", "pair", "record"]


@dataclass(frozen=True)
class Limits:
    """Between which values something must lie; None is no limit. Something that has no value lies nowhere."""

    low: Any = None
    high: Any = None
    strict_low: bool = False
    strict_high: bool = False

    def hold(self, value: Any) -> bool:
        if value is None:
            return False
        above = self.low is None or (value > self.low if self.strict_low else value >= self.low)
        below = self.high is None or (value < self.high if self.strict_high else value <= self.high)
        return bool(above and below)


@dataclass(frozen=True)
class RowByRow:
    """An expectation on each row."""

    within: str
    """SQL, true for the rows that are looked at."""
    present: str | None
    """SQL, true for those of them that have what is judged; None where the result does not speak of missing values."""
    broken: str
    """SQL, true for the unexpected rows; false or null for all others, those without a value among them."""
    columns: tuple[str, ...]
    """What is shown of an unexpected row."""
    mostly: float
    shape: Shape = "value"
    calls: tuple[InPython, ...] = ()
    limits: Limits | None = None
    """Between which all values lie where no row is broken."""
    test: Test | None = None
    """The same as `broken`, on the bytes of the one column, where that is possible; then `within` is 'true'."""


@dataclass(frozen=True)
class Distinct:
    """An expectation that the values of the columns, taken together, occur once."""

    within: str
    present: str
    columns: tuple[str, ...]
    mostly: float
    shape: Shape = "value"


@dataclass(frozen=True)
class Counted:
    """An expectation on one figure of the whole batch that the scan itself finds."""

    value: str | int
    """SQL of an aggregate, or what is known without reading a row."""
    limits: Limits
    share_of: str | None = None
    """SQL of another, of which the figure is a share; 0 of nothing."""


@dataclass(frozen=True)
class Variety:
    """An expectation on how many different values a column has, or on their share of all that it has."""

    column: str
    within: str
    limits: Limits
    share: bool = False


@dataclass(frozen=True)
class Summary:
    """An expectation on a figure that pandas finds in one column: sums of floating point depend on how one adds."""

    column: str
    within: str
    figure: Literal["mean", "sum", "median", "std"]
    limits: Limits


Plan = RowByRow | Distinct | Counted | Variety | Summary
