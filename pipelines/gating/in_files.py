"""The staged rows of one batch in Parquet files, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from audit.source import Source, Type
from pipelines.gating.batch import MONTH, POSITION, Known, Month, Places, brought, dated_by, month_of
from pipelines.gating.footer import Footer, read_footer
from pipelines.sql import literal

PANDAS = {
    pa.string(): pd.StringDtype(na_value=float("nan")),
    pa.large_string(): pd.StringDtype(na_value=float("nan")),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


@dataclass(frozen=True)
class InFiles:
    """With the columns of the contract and `_line`."""

    types: dict[str, Type]
    files: Sequence[Path]
    footers: Sequence[Footer]
    dated_by: str | None

    @staticmethod
    def of(files: Sequence[Path], contract: Source) -> InFiles:
        types = brought(contract, pq.read_schema(files[0]).names)
        return InFiles(types, files, [read_footer(file, types) for file in files], dated_by(contract, types))

    def __len__(self) -> int:
        return sum(footer.rows for footer in self.footers)

    def frame(self) -> pd.DataFrame:
        columns = [*self.types, "_line"]
        table = pa.concat_tables([pq.read_table(file, columns=columns, partitioning=None) for file in self.files])
        for at, field in enumerate(table.schema):
            if pa.types.is_date(field.type):
                table = table.set_column(at, field.name, table[field.name].cast(pa.timestamp("us")))
        frame = table.rename_columns([*self.types, "line"]).to_pandas(types_mapper=PANDAS.get)
        return frame.astype({"line": "int64"})

    def relation(self, months: Collection[Month] = (), places: Places | None = None) -> str:
        chosen, of_file, ends = self._chosen(months, places), self._months(), self._ends()
        position = f"file_row_number + {_by_file([ends[at] - self.footers[at].rows for at in chosen])}"
        month = f"{_by_file([of_file[at] for at in chosen])}::int" if of_file else month_of(self.dated_by)
        paths = ", ".join(literal(str(self.files[at])) for at in chosen)
        read = f"read_parquet([{paths}], hive_partitioning = false)"
        return f"(select *, _line as line, {position} as {POSITION}, {month} as {MONTH} from {read})"

    def known(self) -> Known | None:
        if (months := self._months()) is None:
            return None
        rows = _sums(months, [footer.rows for footer in self.footers])
        # NaN is no value, and no footer counts it
        counted = [column for column, type_ in self.types.items() if type_ != "number"]
        missing = {
            column: _sums(months, [footer.missing[column] for footer in self.footers])
            for column in counted
            if all(column in footer.missing for footer in self.footers)
        }
        each = {column: [footer.spans.get(column) for footer in self.footers] for column in counted}
        spans = {
            column: (min(span[0] for span in known), max(span[1] for span in known))
            for column, found in each.items()
            if len(known := [span for span in found if span]) == len(found)
        }
        return Known(rows, missing, spans)

    def _chosen(self, months: Collection[Month], places: Places | None) -> list[int]:
        """Places of files in which rows may be that are asked for."""
        every, of_file = range(len(self.files)), self._months()
        if places is not None:
            every = np.unique(np.searchsorted(self._ends(), places, side="right")).tolist()
        return [at for at in every if not months or of_file is None or of_file[at] in months]

    def _ends(self) -> list[int]:
        """How many rows are in the files up to each."""
        return list(accumulate(footer.rows for footer in self.footers))

    def _months(self) -> list[Month] | None:
        """By file, where each has rows of one only."""
        if self.dated_by is None:
            return [None] * len(self.files)
        each = [footer.month(self.dated_by) for footer in self.footers]
        return [month[0] for month in each if month] if all(each) else None


def _by_file(numbers: Sequence[int | None]) -> str:
    """SQL of the number that stands for the file of a row."""
    listed = ", ".join("null" if number is None else str(number) for number in numbers)
    return f"list_extract([{listed}]::bigint[], (file_index + 1)::bigint)"


def _sums(months: Sequence[Month], counts: Sequence[int]) -> dict[Month, int]:
    found: Counter[Month] = Counter()
    for month, count in zip(months, counts, strict=True):
        found[month] += count
    return found
