"""Many figures of the rows in one reading of them, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pipelines.gating.batch import MONTH, Known, Month
from pipelines.gating.pattern import InPython
from pipelines.gating.plan import Limits
from pipelines.gating.rows import Rows
from pipelines.gating.stream import Stream
from pipelines.sql import both, name

FOLDED: dict[str, Callable[[Iterable[Any]], Any]] = {"count": sum, "sum": sum, "max": max, "min": min}
"""How the months' figures make that of the batch, by what the aggregate begins with."""
Figures = Mapping[Month, Any]


def counting(condition: str) -> str:
    """How many rows meet it, in SQL."""
    return "count(*)" if condition == "true" else f"count_if({condition})"


class Scan:
    def __init__(self, rows: Rows) -> None:
        self.rows, known = rows, rows.batch.known()
        self.spans = known.spans if known else {}
        self.known = _by_aggregate(known) if known else {}
        """What nobody need read for."""
        self.found: dict[str, Figures] = {}
        self.called: set[str] = set()

    def ask(self, aggregate: str) -> None:
        """The same is found once, however many ask."""
        self.found[aggregate] = self.known.get(aggregate, {})

    def call(self, test: InPython) -> None:
        if test.name not in self.called:
            test.register(self.rows.connection)
            self.called.add(test.name)

    def leave_to(self, stream: Stream) -> None:
        """A column that is read anyway need not be read again only to see which of its values are missing."""
        for column in stream.columns:
            for condition in (both(f"{name(column)} is null"), both(f"{name(column)} is not null")):
                if counting(condition) in self.found.keys() - self.known.keys():
                    stream.count(condition)

    def learn_from(self, stream: Stream) -> None:
        for condition, figures in stream.counts.items():
            self.known[counting(condition)] = self.found[counting(condition)] = figures

    def run(self) -> None:
        asked = [aggregate for aggregate in self.found if aggregate not in self.known]
        if not asked:
            return
        query = f"select {MONTH}, {', '.join(asked)} from rows group by 1"
        read = self.rows.connection.execute(query).fetchall()
        for at, aggregate in enumerate(asked, start=1):
            self.found[aggregate] = {row[0]: row[at] for row in read if row[at] is not None}

    def lies_within(self, column: str, limits: Limits) -> bool:
        """Whether it is known of all values of the column."""
        return column in self.spans and all(map(limits.hold, self.spans[column]))

    def answer(self, aggregate: str) -> Any:
        fold = FOLDED[aggregate[: 5 if aggregate.startswith("count") else 3]]
        figures = self.found[aggregate].values()
        return fold(figures) if figures or fold is sum else None


def in_words(counts: Mapping[Month, Any]) -> dict[str, int]:
    """By month as 2026-03, or "" for rows without a date; those that have any, in order."""
    found = sorted(((-1 if month is None else month, int(count)) for month, count in counts.items() if count))
    return {"" if month < 0 else f"{month // 12:04}-{month % 12 + 1:02}": count for month, count in found}


def _by_aggregate(known: Known) -> dict[str, Figures]:
    found: dict[str, Figures] = {counting("true"): known.rows}
    for column, missing in known.missing.items():
        present = {month: count - missing[month] for month, count in known.rows.items()}
        found[counting(both(f"{name(column)} is null"))] = missing
        found[counting(both(f"{name(column)} is not null"))] = present
    return found
