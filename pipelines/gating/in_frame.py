"""The staged rows of one batch in a DataFrame."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from audit.source import Source, Type
from pipelines.gating.batch import MONTH, POSITION, Known, Month, Places, brought, dated_by, month_of

TABLE = "batch"


@dataclass(frozen=True)
class InFrame:
    types: dict[str, Type]
    rows: pd.DataFrame
    month: str

    @staticmethod
    def of(frame: pd.DataFrame, contract: Source, connection: duckdb.DuckDBPyConnection) -> InFrame:
        """`frame` as staging makes it; its index counts from 0."""
        types = brought(contract, frame.columns)
        table = pa.Table.from_pandas(frame[[*types, "line"]], preserve_index=False)
        table = table.append_column(POSITION, pa.array(np.arange(len(frame))))
        connection.register(TABLE, table)
        return InFrame(types, frame, month_of(dated_by(contract, types)))

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> pd.DataFrame:
        return self.rows

    def relation(self, months: Collection[Month] = (), places: Places | None = None) -> str:
        return f"(select *, {self.month} as {MONTH} from {TABLE})"

    def known(self) -> Known | None:
        return None
