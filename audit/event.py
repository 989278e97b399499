"""What happened on a day and may explain a figure: a note on its chart, or a change from which limits begin anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class NewEvent:
    day: dt.date
    words: str
    kpi: str = ""
    """ "" for every figure."""
    by: str = ""
    group: str = ""
    baseline: bool = False
    """The process itself was changed: from this day on control limits are computed anew."""


@dataclass(frozen=True)
class Event(NewEvent):
    id: str = ""
    revision: int = 1
    withdrawn: bool = False
    actor: str = ""
    at: dt.datetime = dt.datetime.min
    reason: str = ""
    """Of the last change."""

    def concerns(self, kpi: str, by: str = "", group: str = "") -> bool:
        """What happened to a part concerns the part and whatever lies within it, never the whole."""
        return self.kpi in ("", kpi) and _parts(self.by, self.group) <= _parts(by, group)


PAIRED = " × "
"""Between the two dimensions, and the two groups, of a declared pair."""


def _parts(by: str, group: str) -> set[tuple[str, str]]:
    """A pair is split at its dimensions; a group's own name may hold the sign."""
    dimensions, groups = by.split(PAIRED), group.split(PAIRED)
    pairs = zip(dimensions, groups, strict=True) if len(dimensions) == len(groups) else [(by, group)]
    return {(dimension, name) for dimension, name in pairs if dimension}
