"""Many figures of the rows in one reading of them, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import duckdb

from audit.source import Type
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
    def __init__(self, types: Mapping[str, Type], known: Known | None = None) -> None:
        self.types = types
        self.spans = known.spans if known else {}
        self.known = {**_by_aggregate(known), **known.counted} if known else {}
        """What nobody need read for."""
        self.found: dict[str, dict[Month, Any]] = {}
        self.left: set[str] = set()
        """To the stream, which finds them."""
        self.calls: dict[str, InPython] = {}

    def ask(self, aggregate: str) -> None:
        """The same is found once, however many ask."""
        self.found[aggregate] = dict(self.known.get(aggregate, {}))

    @property
    def asked(self) -> list[str]:
        """What is read for."""
        return [aggregate for aggregate in self.found if aggregate not in self.known and aggregate not in self.left]

    def call(self, test: InPython) -> None:
        self.calls[test.name] = test

    def leave_to(self, stream: Stream, present: Iterable[str]) -> None:
        """A column that is read anyway need not be read again only to see which of its values are missing."""
        of_columns = [both(f"{name(column)} is {which}") for column in stream.columns for which in ("null", "not null")]
        for condition in (*of_columns, *present):
            if counting(condition) in self.found.keys() - self.known.keys():
                stream.count(condition)
        self.left = {counting(condition) for condition in stream.counts}

    def learn_from(self, stream: Stream) -> None:
        for condition, figures in stream.counts.items():
            self.found[counting(condition)] = dict(figures)

    def ready(self, connection: duckdb.DuckDBPyConnection) -> None:
        for each in self.calls.values():
            each.register(connection)

    def run(self, rows: Rows) -> None:
        if not (asked := self.asked):
            return
        query = f"select {MONTH}, {', '.join(asked)} from rows group by 1"
        read = rows.connection.execute(query).fetchall()
        for at, aggregate in enumerate(asked, start=1):
            self.found[aggregate] = {row[0]: row[at] for row in read if row[at] is not None}

    def take(self, other: Scan) -> None:
        """What another, asked the same, has found in other rows."""
        for aggregate, figures in self.found.items():
            for month, figure in other.found[aggregate].items():
                former = [figures[month]] if month in figures else []
                figures[month] = _fold(aggregate)([*former, figure])

    def lies_within(self, column: str, limits: Limits) -> bool:
        """Whether it is known of all values of the column."""
        return column in self.spans and all(map(limits.hold, self.spans[column]))

    def answer(self, aggregate: str) -> Any:
        fold = _fold(aggregate)
        figures = self.found[aggregate].values()
        return fold(figures) if figures or fold is sum else None


def _fold(aggregate: str) -> Callable[[Iterable[Any]], Any]:
    return FOLDED[aggregate[: 5 if aggregate.startswith("count") else 3]]


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
