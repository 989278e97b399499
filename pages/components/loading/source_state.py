"""Where a source stands: what came in last, how old it is, and whether a verdict has to wait for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.load import Load, wanting
from audit.quantity import Quantity
from audit.source import Source

Standing = Literal["missing", "stopped", "stale", "current"]


@dataclass(frozen=True)
class SourceState:
    source: Source
    last: Load | None
    """The newest try, published or not."""
    stopped: Load | None
    """A file that the gate stopped and that no later one made good."""
    loaded: bool
    newest: dt.date | None
    as_of: dt.date
    clauses: tuple[str, ...]

    @property
    def age(self) -> Quantity | None:
        """From the newest row to the audit date."""
        return Quantity((self.as_of - self.newest).days, "days") if self.newest else None

    @property
    def standing(self) -> Standing:
        if not self.loaded:
            return "missing"
        if self.stopped:
            return "stopped"
        promised = self.source.stale_after
        return "stale" if promised and self.age is not None and self.age.value > promised.value else "current"

    @property
    def holds_back(self) -> bool:
        """Whether verdicts rest on this source and it cannot carry them."""
        return self.standing != "current" and bool(self.clauses)

    @property
    def in_use(self) -> bool:
        """Whether a file of it has come in or a clause rests on it; the others are there for whoever needs them."""
        return self.last is not None or bool(self.clauses)


def source_state(
    source: Source, loads: Sequence[Load], newest: Mapping[str, dt.date], as_of: dt.date, clauses: Sequence[str]
) -> SourceState:
    """`loads` are all loads, newest first."""
    own = [load for load in loads if load.source == source.name]
    loaded = any(load.published for load in own)
    stopped = next((load for load in own if load.stopped and wanting(load, own)), None)
    return SourceState(source, own[0] if own else None, stopped, loaded, newest.get(source.name), as_of, tuple(clauses))
