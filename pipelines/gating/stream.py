"""All rows in one reading, for what is asked of each: does a text stand a test, is a value there, what it hashes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipelines.gating.answer import FIRST
from pipelines.gating.batch import MONTH, Month
from pipelines.gating.hashes import Hashes
from pipelines.gating.rows import Rows
from pipelines.gating.texts import Mask, Test
from pipelines.sql import name

AT_ONCE = 200_000
"""Rows."""
MOST_HASHES = 16_000_000
"""So many at a time of each kind, of eight bytes each."""
UNDATED = -1
Months = NDArray[np.int32]
"""Of rows, UNDATED for none."""


@dataclass
class Broken:
    """The rows whose text does not stand a test."""

    by_month: Counter[Month] = field(default_factory=Counter)
    first: list[int] = field(default_factory=list)
    """Places of some of them."""

    def add(self, unexpected: Mask, months: Months, before: int) -> None:
        if len(self.first) < FIRST:
            self.first += (np.flatnonzero(unexpected)[: FIRST - len(self.first)] + before).tolist()
        self.by_month.update(_by_month(unexpected, months))


class Stream:
    """The same is found once, however many ask."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.tests: dict[tuple[str, Test], Broken] = {}
        """By column and test."""
        self.counts: dict[str, Counter[Month]] = {}
        """How many rows meet a condition, by its SQL: for conditions on columns that are read anyway."""
        self.columns: set[str] = set()
        """That are read."""
        self.hashes: dict[str, Hashes] = {}
        """By SQL of the hash, which is null for rows that are not looked at."""

    def test(self, column: str, test: Test) -> None:
        self.tests[column, test] = Broken()
        self.columns.add(column)

    def count(self, condition: str) -> None:
        self.counts[condition] = Counter()

    def hash(self, sql: str, columns: Collection[str]) -> None:
        self.hashes[sql] = Hashes()
        self.columns.update(columns)

    def run(self) -> None:
        if not (self.tests or self.counts or self.hashes):
            return
        parts = len(self.rows) // MOST_HASHES + 1 if self.hashes else 1
        for part in range(parts):
            self._read(part, parts)
            for hashes in self.hashes.values():
                hashes.compare()

    def _read(self, part: int, parts: int) -> None:
        """Beyond the first reading, which is seldom needed, only the hashes of one part more are looked at."""
        columns = list(dict.fromkeys(column for column, _ in self.tests)) if part == 0 else []
        counts = list(self.counts) if part == 0 else []
        hashes = [f"case when {sql} % {parts} = {part} then {sql} end" if parts > 1 else sql for sql in self.hashes]
        asked, before = ", ".join([MONTH, *map(name, columns), *counts, *hashes]), 0
        for some in self.rows.connection.sql(f"select {asked} from rows").to_arrow_reader(AT_ONCE):
            read = iter(some.columns)
            months = next(read).fill_null(UNDATED).to_numpy()
            texts = {column: next(read) for column in columns}
            for (column, test), broken in self.tests.items() if columns else ():
                broken.add(test.unexpected(texts[column]), months, before)
            for condition in counts:
                self.counts[condition].update(
                    _by_month(next(read).fill_null(False).to_numpy(zero_copy_only=False), months)
                )
            for each in self.hashes.values():
                each.add(next(read), before)
            before += len(some)


def _by_month(which: Mask, months: Months) -> dict[Month, int]:
    if not which.any():
        return {}
    if months.min() == months.max():  # as in files of one month each
        return {_month(months[0]): int(which.sum())}
    found = zip(*np.unique(months[which], return_counts=True), strict=True)
    return {_month(month): int(count) for month, count in found}


def _month(number: np.int32) -> Month:
    return None if number == UNDATED else int(number)
