"""What a run found in the register of needs, as it keeps it. No words of customers: those stay in the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from pipelines.analyses.part import Part

FILE = "needs.json"


@dataclass(frozen=True)
class Step:
    name: str
    taken: int
    of: int
    """Needs for which the step was due."""
    waiting: int
    """Needs that stand here: what they lack next is this step."""
    recorded: bool
    """Whether any file says it at all; if none does, `taken` means nothing."""


@dataclass(frozen=True)
class Need:
    id: str
    rank: int | None
    """Among the open ones; None for one that is met or turned down."""
    score: int | None
    """Importance x urgency x effect, 1 to 125; None where one of them is not written down."""
    importance: int | None
    urgency: int | None
    effect: int | None
    priority: str
    kano_class: str
    feature: str
    product: str
    kind: str
    said_by: str
    expectation: str
    raised_on: dt.date
    due_on: dt.date | None
    overdue: int
    """Days past its day; 0 for one that is not open, not due or has no day."""
    owned: bool
    waits_for: str
    """The step that it lacks next."""
    load: str
    line: int


@dataclass(frozen=True)
class Register:
    count: int
    """Needs raised in the period, and older ones that are still open."""
    complete: int
    rejected: int
    said_by: Mapping[str, int]
    open: int
    overdue: int
    ownerless: int
    """Of the open ones, like the two above."""
    untold: int
    """Met or turned down, and the customer who said it was not told."""
    steps: tuple[Step, ...]
    needs: tuple[Need, ...]
    """Those that lack a step: overdue ones first, then by rank; at most so many as `look` lists."""
    incomplete: int


@dataclass(frozen=True)
class Needs:
    starts: dt.date
    ends: dt.date
    register: Part[Register]


FOUND = TypeAdapter(Needs)
