"""What a run found out about what the organisation committed itself to: orders, and promises to customers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pipelines.analyses.part import Part

Break = Literal["never reviewed", "reviewed too late"]
By = Literal["kind", "form", "code", "touchpoint"]
LEVELS = ("basic", "satisfying", "exceeding", "memorable")
HELD = LEVELS[1:]
"""The line to hold is satisfying."""


@dataclass(frozen=True)
class Share:
    """`share`, `low` and `high` in per cent, the 95 % Wilson interval; None of nothing."""

    good: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Group:
    by: By
    name: str
    """Empty where the rows do not say."""
    held: Share


@dataclass(frozen=True)
class Entry:
    """An order that was accepted before its review, or without one."""

    review_id: str
    order_id: str
    kind: str
    received_on: dt.date
    accepted_on: dt.date
    reviewed_on: dt.date | None
    broken: Break
    load: str
    line: int


@dataclass(frozen=True)
class Orders:
    received: int
    reviewed: Share
    """Of those received, by the end of the period."""
    accepted: Share
    in_order: Share
    """Of those accepted: reviewed on the day of acceptance or before."""
    amended: Share
    groups: tuple[Group, ...]
    """Of those accepted, in order, by kind and by form."""
    broken: int
    entries: tuple[Entry, ...]
    """Those that are broken, the newest first; at most 200."""


@dataclass(frozen=True)
class Broken:
    """A promise that was not kept in time."""

    promise_id: str
    code: str
    touchpoint: str
    due_on: dt.date
    kept_on: dt.date | None
    """The day on which it was done late."""
    compensated_on: dt.date | None
    load: str
    line: int


@dataclass(frozen=True)
class Promises:
    kept: Share
    groups: tuple[Group, ...]
    made_good: Share
    """Of the broken ones, by the end of the period."""
    broken: tuple[Broken, ...]
    """The newest first; at most 200."""
    still_due: int
    """Promises that fall due after the period."""


@dataclass(frozen=True)
class Levels:
    counts: tuple[int, ...]
    """Of each of LEVELS."""
    held: Share


@dataclass(frozen=True)
class Commitments:
    starts: dt.date
    ends: dt.date
    orders: Part[Orders]
    confirmed: Part[Share]
    """Oral orders accepted that had been confirmed in writing by then."""
    resolved: Part[Share]
    """Differences resolved by the day of acceptance."""
    told: Part[Share]
    """Amendments accepted of which those concerned had been told by the end of the period."""
    promises: Part[Promises]
    levels: Part[Levels]
