"""One part of what was found: a result, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from audit.text import Text
from pipelines.measuring.trust import Doubt
from pipelines.methods.refused import Refused

Result = TypeVar("Result")


@dataclass(frozen=True)
class Part(Generic[Result]):
    result: Result | None
    because: Text | None = None
    warning: Text | None = None


def part(doubt: Doubt, work: Callable[[], Result]) -> Part[Result]:
    """Nothing is worked out on data that cannot be trusted."""
    if doubt.not_evaluated:
        return Part(None, doubt.not_evaluated)
    try:
        return Part(work(), None, doubt.warning)
    except Refused as refused:
        return Part(None, refused.because, doubt.warning)
