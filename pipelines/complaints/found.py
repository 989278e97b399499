"""What a run found out about complaints beside their figures; kept with the run and read from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from audit.text import Text

FILE = "complaints.json"
TOGETHER = "…"
"""Stands for the names of groups that are too small to be shown to everybody."""


@dataclass(frozen=True)
class Band:
    """Open complaints that have waited from `least` to `most` days, both included; the last band has no end."""

    least: int
    most: int | None
    count: int
    overdue: int
    """Those of them whose promised day has passed."""


@dataclass(frozen=True)
class OpenCase:
    id: str
    received_on: dt.date
    days: int
    """Since it came, on the last day of the period."""
    due_on: dt.date | None
    category: str
    product: str
    segment: str
    severity: str
    acknowledged: bool
    load: str
    line: int


@dataclass(frozen=True)
class Share:
    """`share` and `low` to `high`, its 95 % Wilson interval, in per cent of all; `running` is summed from the top."""

    group: str
    count: int
    share: float
    low: float
    high: float
    running: float


@dataclass(frozen=True)
class Pareto:
    """What complaints of the period are about, by one column, the most frequent first."""

    by: str
    total: int
    groups: tuple[Share, ...]

    @property
    def vital(self) -> int:
        """How many groups, from the top, hold at least four fifths of all."""
        return 1 + sum(each.running < 80 for each in self.groups)

    def without_small(self, least: int) -> Pareto:
        """Groups of fewer complaints as one without a name, and with them the next smallest until that is not small."""
        kept = [each for each in self.groups if each.count >= least]
        rest = self.groups[len(kept) :]
        while kept and rest and (len(rest) < 2 or sum(each.count for each in rest) < least):
            rest = (kept.pop(), *rest)
        return replace(self, groups=(*kept, together(rest))) if rest else self


def together(groups: Sequence[Share]) -> Share:
    """The least frequent groups as one; its interval would be no group's, so it has none."""
    share = sum(each.share for each in groups)
    return Share(TOGETHER, sum(each.count for each in groups), share, share, share, 100.0)


@dataclass(frozen=True)
class Repeat:
    """One customer (by pseudonym) whose complaint about the same category came back."""

    customer: str
    category: str
    returned: int
    """How often within the period."""
    last_on: dt.date
    open: bool
    """Whether the last one is still open."""


@dataclass(frozen=True)
class Step:
    """How many of the complaints closed in the period have this step on record."""

    name: str
    taken: int
    of: int


@dataclass(frozen=True)
class Complaints:
    starts: dt.date
    ends: dt.date
    not_evaluated: Text | None = None
    warning: Text | None = None
    open: int = 0
    ageing: tuple[Band, ...] = ()
    oldest: tuple[OpenCase, ...] = ()
    paretos: tuple[Pareto, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    steps: tuple[Step, ...] = ()
    unproven_steps: Text | None = None
    """Why nothing is said of the steps, where their records cannot be trusted."""


FOUND = TypeAdapter(Complaints)


@lru_cache(maxsize=16)
def found(folder: Path) -> Complaints | None:
    """Of the run in this folder; None where it was made before this was looked at."""
    written = folder / FILE
    return FOUND.validate_json(written.read_bytes()) if written.is_file() else None
