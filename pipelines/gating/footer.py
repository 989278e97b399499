"""What the footer of a Parquet file says of its rows, so that these need not be read for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.gating.batch import Month

SPANNED = ("INT32", "INT64")


@dataclass(frozen=True)
class Footer:
    rows: int
    missing: dict[str, int]
    """Rows without a value, by column, where the file says it."""
    spans: dict[str, tuple[Any, Any]]
    """The smallest and the largest value, by column, likewise; a day is a moment. Not of texts."""

    def month(self, dated_by: str) -> tuple[Month] | None:
        """The one in which all rows are; None where they may be in several."""
        if self.missing.get(dated_by) == self.rows:
            return (None,)
        if self.missing.get(dated_by) != 0 or dated_by not in self.spans:
            return None
        first, last = map(_number, self.spans[dated_by])
        return (first,) if first == last else None


def read_footer(file: Path, columns: Collection[str]) -> Footer:
    read = pq.read_metadata(file)
    groups = [read.row_group(at) for at in range(read.num_row_groups)]
    missing, spans = {}, {}
    for at, column in enumerate(read.schema.names):
        found: list[Any] = [group.column(at).statistics for group in groups] if column in columns else [None]
        if all(each is not None and each.has_null_count for each in found):
            missing[column] = sum(each.null_count for each in found)
        if found and all(each is not None and each.has_min_max and each.physical_type in SPANNED for each in found):
            spans[column] = min(moment(each.min) for each in found), max(moment(each.max) for each in found)
    return Footer(read.num_rows, missing, spans)


def moment(value: Any) -> Any:
    return dt.datetime(value.year, value.month, value.day) if type(value) is dt.date else value


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
