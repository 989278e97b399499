"""The cells of every KPI: its figures for each period and group, as its query gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pandas as pd

from audit.measurement import Kpi
from pipelines.measuring.aggregates import taken
from pipelines.measuring.grouping import grouped
from pipelines.measuring.groups import groupings
from pipelines.measuring.one_pass import figures, lay_out
from pipelines.measuring.passes import passes
from pipelines.measuring.periods import Period
from pipelines.measuring.slices import Slices, Unsliceable


def cells(
    connection: duckdb.DuckDBPyConnection, kpis: Sequence[Kpi], periods: Sequence[Period]
) -> Iterator[tuple[Kpi, pd.DataFrame]]:
    """Columns grain, period, by, group and those of the query. KPIs come fact by fact."""
    slices = Slices.of(periods)
    lay_out(connection, periods, slices)
    for source in dict.fromkeys(kpi.source for kpi in kpis):
        own = [kpi for kpi in kpis if kpi.source == source]
        types = {name: kind for name, kind, *_ in connection.execute(f"describe {source}").fetchall()}
        together, apart = [], []
        for kpi in own:
            try:
                together.append(taken(kpi, types))
            except Unsliceable:
                apart.append(kpi)
        yield from figures(connection, passes(together, slices, types))
        yield from ((kpi, _by_itself(connection, kpi, periods)) for kpi in apart)


def _by_itself(connection: duckdb.DuckDBPyConnection, kpi: Kpi, periods: Sequence[Period]) -> pd.DataFrame:
    query = grouped(kpi, groupings(kpi), periods).sql("duckdb")
    return connection.execute(query).df().rename(columns={"dimension": "by", "member": "group"})
