"""Many figures of the rows in one reading of them, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pipelines.gating.pattern import InPython
from pipelines.gating.rows import Rows

FOLDED: dict[str, Callable[[Iterable[Any]], Any]] = {"count": sum, "max": max, "min": min}
"""How the months' figures make that of the batch, by what the aggregate begins with."""


def counting(condition: str) -> str:
    """How many rows meet it, in SQL."""
    return "count(*)" if condition == "true" else f"count_if({condition})"


class Scan:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.found: dict[str, dict[str, Any]] = {}
        self.called: set[str] = set()

    def ask(self, aggregate: str) -> None:
        """The same is found once, however many ask."""
        self.found[aggregate] = {}

    def call(self, test: InPython) -> None:
        if test.name not in self.called:
            test.register(self.rows.connection)
            self.called.add(test.name)

    def run(self) -> None:
        if not self.found:
            return
        asked = ", ".join(self.found)
        query = f"select {self.rows.month} as month, {asked} from rows group by 1 order by 1 nulls first"
        for month, *figures in self.rows.connection.execute(query).fetchall():
            for aggregate, figure in zip(self.found, figures, strict=True):
                if figure is not None:
                    self.found[aggregate][in_words(month)] = figure

    def answer(self, aggregate: str) -> Any:
        fold = FOLDED[aggregate[: 5 if aggregate.startswith("count") else 3]]
        figures = self.found[aggregate].values()
        return fold(figures) if figures or fold is sum else None

    def by_month(self, aggregate: str) -> dict[str, int]:
        return {month: int(figure) for month, figure in self.found[aggregate].items() if figure}


def in_words(month: int | None) -> str:
    """As 2026-03; nothing for rows without a date."""
    return "" if month is None else f"{month // 12:04}-{month % 12 + 1:02}"
