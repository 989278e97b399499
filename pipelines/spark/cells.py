"""The cells of every KPI as Spark computes them: its figures for each period and group, before intervals and doubts."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from sqlglot import exp

from audit.measurement import Kpi
from pipelines.measuring.grouping import grouped
from pipelines.measuring.groups import groupings
from pipelines.measuring.periods import Period
from pipelines.spark import environment
from pipelines.spark.asked import job
from pipelines.spark.fused import COMMON, column_of, fused
from pipelines.spark.running import answered
from pipelines.workspace import Workspace


def cells(
    workspace: Workspace, at: dict[str, int], kpis: Sequence[Kpi], periods: Sequence[Period]
) -> Iterator[tuple[Kpi, pd.DataFrame]]:
    """Columns grain, period, by, group and those of the query. KPIs come as Spark is done with them."""
    named = {kpi.name: kpi for kpi in kpis}
    queries = {name: grouped(kpi, groupings(kpi), periods) for name, kpi in named.items()}
    for name, found in computed(workspace, at, queries):
        yield named[name], found.rename(columns={"dimension": "by", "member": "group"})


def computed(
    workspace: Workspace, at: dict[str, int], queries: Mapping[str, exp.Select]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """What each query gives. Raises SourceError where Spark is not set up or gives up."""
    python = environment.python()
    passes = {f"pass-{place}": found for place, found in enumerate(fused(queries))}
    with tempfile.TemporaryDirectory(prefix="clauselight-spark-") as aside:
        folder = Path(aside)
        asked = job(workspace, at, {key: query for key, (query, _) in passes.items()})
        (folder / "job.json").write_text(json.dumps(asked), encoding="utf-8")
        for key in answered(python, folder):
            found = pd.read_parquet(folder / key)
            yield from ((name, _own(found, place)) for place, name in enumerate(passes[key][1]))


def _own(found: pd.DataFrame, place: int) -> pd.DataFrame:
    prefix = column_of(place, "")
    own = {name: name.removeprefix(prefix) for name in found.columns if name.startswith(prefix)}
    return found[[*own, *(name for name in COMMON if name in found.columns)]].rename(columns=own)
