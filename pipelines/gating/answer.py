"""What an engine says to one expectation, in the words of Great Expectations' own result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FIRST = 20
"""Of the unexpected rows so many are listed."""


@dataclass(frozen=True)
class Answer:
    """None, or nothing listed, where the result of such an expectation has no such field."""

    success: bool = False
    raised: str = ""
    """What was raised in place of an answer; then all else says nothing."""
    element_count: int | None = None
    missing_count: int | None = None
    missing_percent: float | None = None
    unexpected_count: int | None = None
    unexpected_percent: float | None = None
    unexpected_percent_total: float | None = None
    unexpected_percent_nonmissing: float | None = None
    observed_value: Any = None
    partial_unexpected_list: tuple[Any, ...] = ()
    """Values; pairs of values; or for several columns a dict. A missing value is None."""
    partial_unexpected_index_list: tuple[int, ...] = ()
    """Places of these rows in the batch, counted from 0."""
    lines: tuple[int, ...] = ()
    by_month: dict[str, int] = field(default_factory=dict)
