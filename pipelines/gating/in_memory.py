"""Some rows of one month, while they are in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.source import Type
from pipelines.gating.batch import MONTH, POSITION, Known, Month, Places
from pipelines.gating.footer import moment

TABLE = "passing"


@dataclass(frozen=True)
class InMemory:
    """`rows` has the columns of the contract and `_line`, and a connection knows it as TABLE."""

    types: dict[str, Type]
    rows: pa.Table
    month: Month
    counted: dict[str, dict[Month, int]]
    """By aggregate in SQL, what was counted otherwise."""

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
