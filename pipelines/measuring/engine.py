"""What can compute the figures of a run: DuckDB within the program, or Apache Spark beside it, from the same SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal, TypeAlias

import duckdb
import pandas as pd

from audit.measurement import Kpi
from pipelines.measuring import cells as of_duckdb
from pipelines.measuring.periods import Period
from pipelines.spark import cells as of_spark
from pipelines.workspace import Workspace

Engine = Literal["duckdb", "spark"]
TITLES: dict[Engine, str] = {"duckdb": "DuckDB", "spark": "Apache Spark"}
Cells: TypeAlias = Callable[[Sequence[Kpi], Sequence[Period]], Iterable[tuple[Kpi, pd.DataFrame]]]
"""The cells of KPIs: columns grain, period, by, group and those of the query, in any order of KPIs."""


def cells_by(engine: Engine, connection: duckdb.DuckDBPyConnection, workspace: Workspace, at: dict[str, int]) -> Cells:
    """`connection` has the facts at these versions."""
    return partial(of_spark.cells, workspace, at) if engine == "spark" else partial(of_duckdb.cells, connection)
