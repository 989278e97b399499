"""What happened on a day and may explain a figure: a note on its chart, or a change from which limits begin anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from audit.pairs import SIGN, halves


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


def _parts(by: str, group: str) -> set[tuple[str, str]]:
    """A pair's two groups; of a dimension the one, whatever stands in its name."""
    places = zip(halves(by), halves(group), strict=False) if SIGN in by else [(by, group)]
    return {(dimension, name) for dimension, name in places if dimension}
