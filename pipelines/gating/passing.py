"""Asks the gate's questions of rows while they pass on their way into files, so that they need not be read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from audit.source import Source
from pipelines.connection import alone
from pipelines.gating.batch import Known, Month, brought
from pipelines.gating.compiled import Readings
from pipelines.gating.in_files import InFiles
from pipelines.gating.in_memory import TABLE, InMemory
from pipelines.gating.plan import Plan, RowByRow
from pipelines.gating.rows import Rows, table_of
from pipelines.gating.scan import counting
from pipelines.gating.stream import MOST_HASHES
from pipelines.sql import both

DIFFERENT, OFTEN = "different", "_often"
WORTH = 50_000
"""Rows at a time, on average, below which asking them at each time takes longer than reading the files once."""


class Passing:
    """Of one file on its way in."""

    def __init__(self, plans: list[Plan], contract: Source, unique: Collection[str]) -> None:
        self.plans, self.types, self.unique = plans, brought(contract, contract.stored), frozenset(unique)
        self.whole = self._asked()
        self.files: dict[Path, Readings] = {}
        self.count: Counter[Path] = Counter()
        """Rows that have passed into each file."""
        self.times, self.left = 0, False
        """`left`: to the gate, which reads the files when they are whole."""

    def see(self, file: Path, month: str, rows: pa.Table) -> None:
        """The next rows of this file."""
        before, at = self.count[file], _number(month)
        self.count[file] += len(rows)
        self.times += 1
        if self._leave():
            self.files.clear()
            return
        if file not in self.files:
            self.files[file] = self._asked()
        some = InMemory(self.types, rows, at, self._counted(rows, at))
        self.connection.register(TABLE, rows)
        read = self._asked(some.known())
        read.see(table_of(self.connection, some), rows, at)
        self.files[file].take(read, before)
        self.connection.unregister(TABLE)

    def _leave(self) -> bool:
        """Where there are too many hashes to be held, or rows come in too small numbers."""
        total = self.count.total()
        many = bool(self.whole.stream.hashes) and total > MOST_HASHES
        self.left = self.left or many or total < WORTH * self.times
        return self.left

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        made = alone(threads=1)
        self.whole.scan.ready(made)
        return made

    def over(self, rows: Rows) -> Readings | None:
        """
        What is known of these rows; None where they are not those that have passed, because some were taken out, or
        where what has passed does not tell whether two are the same.
        """
        batch = rows.batch
        if not isinstance(batch, InFiles):
            return None
        counts = [footer.rows for footer in batch.footers]
        if [self.count[file] for file in batch.files] != counts or self.files.keys() != set(batch.files):
            return None
        for file, before in zip(batch.files, accumulate(counts, initial=0), strict=False):
            self.whole.take(self.files.pop(file), before)
        if not self.whole.stream.known:
            return None
        self.whole.stream.compare()
        return self.whole

    def _asked(self, known: Known | None = None) -> Readings:
        return Readings(self.plans, self.types, self.unique, known)

    def _counted(self, rows: pa.Table, month: Month) -> dict[str, dict[Month, int]]:
        """What is asked of a coded column alone is asked of its different texts, with how often each occurs."""
        found: dict[str, dict[Month, int]] = {}
        for column in self.types:
            conditions = [_broken(plan) for plan in self.whole.plans if _alone(plan, column)]
            if conditions and pa.types.is_dictionary(rows.schema.field(column).type):
                self.connection.register(DIFFERENT, _different(rows[column], column))
                each = ", ".join(f"coalesce(sum({OFTEN}) filter (where {condition}), 0)" for condition in conditions)
                (counts,) = self.connection.execute(f"select {each} from {DIFFERENT}").fetchall()
                self.connection.unregister(DIFFERENT)
                found |= {
                    counting(condition): {month: int(count)} if count else {}
                    for condition, count in zip(conditions, counts, strict=True)
                }
        return found


def _alone(plan: Plan, column: str) -> bool:
    return isinstance(plan, RowByRow) and not plan.test and plan.within == "true" and plan.columns == (column,)


def _broken(plan: Plan) -> str:
    return both(plan.within, plan.broken) if isinstance(plan, RowByRow) else ""


def _different(column: pa.ChunkedArray, title: str) -> pa.Table:
    """Each different text, nothing being one, and how often it occurs."""
    whole = column.unify_dictionaries().combine_chunks()
    nothing = len(whole.dictionary)
    often = np.bincount(whole.indices.fill_null(nothing).to_numpy(), minlength=nothing + 1)
    return pa.table({title: pa.concat_arrays([whole.dictionary, pa.nulls(1, pa.string())]), OFTEN: pa.array(often)})


def _number(month: str) -> Month:
    """Of 2026-03."""
    if not month:
        return None
    year, of_year = month.split("-")
    return int(year) * 12 + int(of_year) - 1
