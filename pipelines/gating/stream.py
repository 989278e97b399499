"""All rows in one reading, for what is asked of each: does a text stand a test, is a value there, what it hashes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.gating.answer import FIRST
from pipelines.gating.batch import MONTH, Month
from pipelines.gating.hashes import Hashes
from pipelines.gating.rows import Rows
from pipelines.gating.texts import Mask, Test, Texts
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

    def take(self, other: Broken, before: int) -> None:
        self.first = [*self.first, *(place + before for place in other.first)][:FIRST]
        self.by_month.update(other.by_month)


class Stream:
    """The same is found once, however many ask."""

    def __init__(self) -> None:
        self.tests: dict[tuple[str, Test], Broken] = {}
        """By column and test."""
        self.counts: dict[str, Counter[Month]] = {}
        """How many rows meet a condition, by its SQL: for conditions on columns that are read anyway."""
        self.columns: set[str] = set()
        """That are read."""
        self.hashes: dict[str, Hashes] = {}
        """By SQL of the hash, which is null for rows that are not looked at."""
        self.texts: dict[str, str] = {}
        """By SQL of a hash of one column that looks at all its texts, that column."""

    def test(self, column: str, test: Test) -> None:
        self.tests[column, test] = Broken()
        self.columns.add(column)

    def count(self, condition: str) -> None:
        self.counts[condition] = Counter()

    def hash(self, sql: str, columns: Collection[str], text: str | None = None) -> None:
        self.hashes[sql] = Hashes()
        self.columns.update(columns)
        self.texts |= {sql: text} if text else {}

    def asks(self) -> bool:
        return bool(self.tests or self.counts or self.hashes)

    def take(self, other: Stream, before: int) -> None:
        """What another, asked the same, has read behind so many rows; what it has counted the scan has learnt."""
        for each, broken in self.tests.items():
            broken.take(other.tests[each], before)
        for sql, hashes in self.hashes.items():
            hashes.take(other.hashes[sql], before)

    @property
    def known(self) -> bool:
        return all(hashes.known for hashes in self.hashes.values())

    def compare(self) -> None:
        with ThreadPoolExecutor() as beside:
            list(beside.map(Hashes.compare, self.hashes.values()))

    def run(self, rows: Rows) -> None:
        if not self.asks():
            return
        parts = len(rows) // MOST_HASHES + 1 if self.hashes else 1
        for part in range(parts):
            self._read(rows, part, parts)
            self.compare()

    def _read(self, rows: Rows, part: int, parts: int) -> None:
        """Beyond the first reading, which is seldom needed, only the hashes of one part more are looked at."""
        columns = list(dict.fromkeys(column for column, _ in self.tests)) if part == 0 else []
        counts = list(self.counts) if part == 0 else []
        hashes = [f"case when {sql} % {parts} = {part} then {sql} end" if parts > 1 else sql for sql in self.hashes]
        before = 0
        for some in _asked(rows, [*map(name, columns), *counts, *hashes]):
            months, *read = some.columns
            texts = {column: Texts(array) for column, array in zip(columns, read, strict=False)}
            for (column, test), broken in self.tests.items() if columns else ():
                broken.add(test.unexpected(texts[column]), _numbers(months), before)
            self._add(counts, list(self.hashes), read[len(columns) :], _numbers(months), before)
            before += len(some)

    def see(self, rows: Rows, table: pa.Table, month: Month) -> None:
        """Rows of one month that are in memory: `rows` has them as `table` has."""
        number = np.int32(UNDATED if month is None else month)
        for column in dict.fromkeys(column for column, _ in self.tests):
            before = 0
            for chunk in table[column].chunks:
                self._test(column, chunk, np.full(len(chunk), number), before)
                before += len(chunk)
        counts, hashes, before = list(self.counts), self._unproven(table), 0
        for some in _asked(rows, [*counts, *hashes]) if counts or hashes else ():
            self._add(counts, hashes, some.columns[1:], _numbers(some.columns[0]), before)
            before += len(some)

    def _unproven(self, table: pa.Table) -> list[str]:
        """The hashes without which nobody can tell whether two of these rows have the same."""
        for sql, column in self.texts.items():
            self.hashes[sql].look(table[column])
        return [sql for sql, hashes in self.hashes.items() if not hashes.unhashed]

    def _test(self, column: str, some: pa.Array, months: Months, before: int) -> None:
        """Of texts that are coded each different one is tested once."""
        coded = pa.types.is_dictionary(some.type)
        texts = Texts(some.dictionary if coded else some)
        for (tested, test), broken in self.tests.items():
            if tested == column:
                unexpected = test.unexpected(texts)
                broken.add(_spread(unexpected, some.indices) if coded else unexpected, months, before)

    def _add(
        self, counts: Sequence[str], hashes: Sequence[str], read: Sequence[pa.Array], months: Months, before: int
    ) -> None:
        for condition, met in zip(counts, read, strict=False):
            held = _filled(met, False).to_numpy(zero_copy_only=False)
            self.counts[condition].update(_by_month(held, months))
        for sql, some in zip(hashes, read[len(counts) :], strict=True):
            self.hashes[sql].add(some, before)


def _asked(rows: Rows, columns: Sequence[str]) -> pa.RecordBatchReader:
    """Piecemeal, the month of each row first."""
    return rows.connection.sql(f"select {', '.join([MONTH, *columns])} from rows").to_arrow_reader(AT_ONCE)


def _numbers(months: pa.Array) -> Months:
    found: Months = _filled(months, UNDATED).to_numpy()
    return found


def _filled(values: pa.Array, nothing: object) -> pa.Array:
    """Arrow copies them even where nothing is missing."""
    return values.fill_null(nothing) if values.null_count else values


def _spread(different: Mask, codes: pa.Array) -> Mask:
    """What holds for the text of each code; nothing holds for no text."""
    found: Mask = np.append(different, False)[codes.fill_null(len(different)).to_numpy()]
    return found


def _by_month(which: Mask, months: Months) -> dict[Month, int]:
    if not which.any():
        return {}
    if months.min() == months.max():  # as in files of one month each
        return {_month(months[0]): int(which.sum())}
    found = zip(*np.unique(months[which], return_counts=True), strict=True)
    return {_month(month): int(count) for month, count in found}


def _month(number: np.int32) -> Month:
    return None if number == UNDATED else int(number)
