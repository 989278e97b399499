"""Asks the gate's questions of rows while they pass on their way into files, so that they need not be read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.source import Source, Type
from pipelines.connection import alone
from pipelines.gating.batch import MONTH, POSITION, Known, Month, Places, brought
from pipelines.gating.compiled import Readings
from pipelines.gating.footer import moment
from pipelines.gating.in_files import InFiles
from pipelines.gating.plan import Plan, RowByRow
from pipelines.gating.rows import Rows, table_of
from pipelines.gating.scan import counting
from pipelines.gating.stream import MOST_HASHES
from pipelines.sql import both

TABLE, DIFFERENT, OFTEN = "passing", "different", "_often"


@dataclass(frozen=True)
class InMemory:
    """Some rows of one month, with the columns of the contract and `_line`."""

    types: dict[str, Type]
    rows: pa.Table
    month: Month
    counted: dict[str, dict[Month, int]]

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> pd.DataFrame:
        raise NotImplementedError("rows that pass are not looked at one by one")

    def relation(self, months: Collection[Month] = (), places: Places | None = None) -> str:
        month = "null" if self.month is None else self.month
        return f"(select *, _line as line, 0::bigint as {POSITION}, {month}::int as {MONTH} from {TABLE})"

    def known(self) -> Known:
        counted = [column for column, type_ in self.types.items() if type_ != "number"]
        missing = {column: {self.month: self.rows[column].null_count} for column in counted}
        spans = {column: span for column in counted if (span := self._span(column))}
        return Known({self.month: len(self)}, missing, spans, self.counted)

    def _span(self, column: str) -> tuple[Any, Any] | None:
        kind = self.rows.schema.field(column).type
        if not (pa.types.is_integer(kind) or pa.types.is_temporal(kind)):
            return None
        least, most = pc.min_max(self.rows[column]).as_py().values()
        return None if least is None else (moment(least), moment(most))


class Passing:
    """Of one file on its way in."""

    def __init__(self, plans: list[Plan], contract: Source, unique: Collection[str]) -> None:
        self.plans, self.types, self.unique = plans, brought(contract, contract.stored), frozenset(unique)
        self.connection = alone(threads=1)
        self.whole = self._asked()
        self.whole.scan.ready(self.connection)
        self.files: dict[Path, Readings] = {}
        self.count: Counter[Path] = Counter()
        """Rows that have passed into each file."""

    def see(self, file: Path, month: str, rows: pa.Table) -> None:
        """The next rows of this file."""
        before, of_file = self.count[file], self.files.setdefault(file, self._asked())
        self.count[file] += len(rows)
        if self.whole.stream.hashes and self.count.total() > MOST_HASHES:
            self.files.clear()  # too many to be held: the gate reads the files, part by part
            return
        at = _number(month)
        some = InMemory(self.types, rows, at, self._counted(rows, at))
        self.connection.register(TABLE, rows)
        read = self._asked(some.known())
        read.see(table_of(self.connection, some), rows, at)
        of_file.take(read, before)
        self.connection.unregister(TABLE)

    def over(self, rows: Rows) -> Readings | None:
        """What is known of these rows; None where they are not those that have passed, because some were taken out."""
        batch = rows.batch
        if not isinstance(batch, InFiles):
            return None
        counts = [footer.rows for footer in batch.footers]
        if [self.count[file] for file in batch.files] != counts or self.files.keys() != set(batch.files):
            return None
        for file, before in zip(batch.files, accumulate(counts, initial=0), strict=False):
            self.whole.take(self.files.pop(file), before)
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
