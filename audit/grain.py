"""The lengths of time over which a figure is measured."""

from typing import Literal

Grain = Literal["month", "quarter", "year", "fiscal_year", "rolling_12_months", "audit_period"]
GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "fiscal_year", "rolling_12_months", "audit_period")
