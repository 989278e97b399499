"""
The XmR chart of single values: Wheeler (1993), Understanding Variation: mean ± 2.66 mean moving ranges, and 3.268 mean
moving ranges as the limit of the ranges; or, where a few ranges are far larger than the others, mean ± 3.145 median
moving ranges, and 3.865 for the ranges: Wheeler (2003), Making Sense of Data.

Assumptions: values of ordinary times in order of time, whose neighbours differ only by chance. No distribution is
assumed. Limits: with few values the lines themselves are unsure; where neighbours are alike they are too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, inf
from statistics import median
from typing import NamedTuple

from pipelines.methods.nelson import ROUNDING

SPAN, RANGE_SPAN = 2.66, 3.268
"""3 / 1.128: from the mean moving range of two to three standard deviations; and to the limit of the ranges."""
MEDIAN_SPAN, MEDIAN_RANGE_SPAN = 3.145, 3.865


class Line(NamedTuple):
    """Of one point."""

    centre: float
    low: float
    high: float
    range_limit: float | None = None

    def distance(self, value: float) -> float:
        """From the centre, in standard deviations of its side; 0 where only arithmetic keeps the two apart."""
        off = value - self.centre
        if abs(off) <= ROUNDING * max(abs(value), abs(self.centre)):
            return 0.0
        span = self.high - self.centre if off > 0 else self.centre - self.low
        return 3 * off / span if span > 0 else copysign(inf, off)

    def stretched(self, factor: float) -> Line:
        low, high = (self.centre + factor * (end - self.centre) for end in (self.low, self.high))
        return self._replace(low=low, high=high)


def individual(values: Sequence[float], ranges: Sequence[float], of_median: bool = False) -> Line:
    """Wheeler's lines from values of ordinary times and the moving ranges between them."""
    typical = median(ranges) if of_median else sum(ranges) / len(ranges)
    span, range_span = (MEDIAN_SPAN, MEDIAN_RANGE_SPAN) if of_median else (SPAN, RANGE_SPAN)
    middle = sum(values) / len(values)
    return Line(middle, middle - span * typical, middle + span * typical, range_span * typical)
