"""What came in: a file, the rows it held, what was refused and why, and what the gate said."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from audit.source import Severity
from audit.text import Text

GateOutcome = Literal["passed", "failed", "could not be checked"]
Outcome = Literal["published", "published with rejects", "stopped by the gate", "refused"]


@dataclass(frozen=True)
class Reject:
    """One line that was refused. `line` is the line of the file on which the record begins, the header being line 1."""

    line: int
    column: str
    value: str
    reason: Text


@dataclass(frozen=True)
class GateResult:
    """One expectation's result. `unexpected` counts rows; `by_month` says in which months they lie."""

    expectation: str
    column: str
    severity: Severity
    outcome: GateOutcome
    unexpected: int
    rows: int
    reason: Text
    by_month: dict[str, int] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    """Lines of the file with the first unexpected rows, at most twenty."""

    @property
    def stops(self) -> bool:
        """A critical expectation that failed, or that nobody could check, stops the publication."""
        return self.severity == "critical" and self.outcome != "passed"


@dataclass(frozen=True)
class Load:
    """One file's way in. Always lines = loaded + rejected + blank, a record over several lines counting once."""

    id: str
    source: str
    file: str
    sha256: str
    mapping: str
    """SHA-256 of the mapping as it was applied."""
    lines: int
    loaded: int
    rejected: int
    blank: int
    physical_lines: int
    """Line breaks in the file, header and breaks inside quotes included."""
    published: bool
    version: int | None
    """Version of the Delta table after this load; None where nothing was published."""
    received_at: dt.datetime
    actor: str
    delivered: tuple[str, ...]
    """Columns of the contract that the file supplied."""
    ignored: tuple[str, ...]
    """Columns of the file that no column of the contract asked for; they are not stored."""
    months: dict[str, int]
    gate: tuple[GateResult, ...]
    rejects: str
    """SHA-256, in the store, of the list of rejects; "" where the file was refused before any row was read."""
    refused: str = ""
    """Why nothing of the file could be used, in one line; "" where something could."""
    rows_of_record: int = 1
    """Rows asked of each record: with a pivot one for each question. Then lines, rejected and blank count these."""
    masked: dict[str, dict[str, int]] = field(default_factory=dict)
    """Column -> kind -> how many e-mail addresses and telephone numbers were masked, or contacts left out."""
    replaced: dict[str, int] | None = None
    """Other load -> how many rows of it this one replaced; None where nothing was published, or nobody counted yet."""

    @property
    def outcome(self) -> Outcome:
        return next(outcome for outcome, holds in self._outcomes().items() if holds)

    @property
    def stopped(self) -> bool:
        return self.outcome == "stopped by the gate"

    def __post_init__(self) -> None:
        if self.lines != self.loaded + self.rejected + self.blank:
            account = f"{self.loaded} loaded + {self.rejected} rejected + {self.blank} blank"
            raise AssertionError(f"{self.file}: {self.lines} lines are not {account}")
        if self.lines % self.rows_of_record:
            raise AssertionError(f"{self.file}: {self.lines} lines are not {self.rows_of_record} for each record")
        if self.published != (self.version is not None):
            raise AssertionError(f"{self.file}: published is {self.published}, and the version is {self.version}")
        held = [outcome for outcome, holds in self._outcomes().items() if holds]
        if len(held) != 1:
            raise AssertionError(f"{self.file}: exactly one thing becomes of a file, not {held}")

    def _outcomes(self) -> dict[Outcome, bool]:
        """Each judged by itself, so that two which both hold, or none, are noticed."""
        return {
            "published": self.published and not self.rejected,
            "published with rejects": self.published and self.rejected > 0,
            "stopped by the gate": any(result.stops for result in self.gate),
            "refused": bool(self.refused) or not self.loaded,
        }


def wanting(stopped: Load, loads: Iterable[Load]) -> set[str]:
    """The months of a load that the gate stopped, less those of which later files brought as many rows."""
    brought: Counter[str] = Counter()
    for load in loads:
        if load.source == stopped.source and load.published and load.received_at > stopped.received_at:
            brought.update(load.months)
    return {month for month, rows in stopped.months.items() if brought[month] < rows}
