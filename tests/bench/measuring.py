"""Measuring: from published facts to the figures of every period and group, by the functions that a run calls."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.job import Case, Job, Work
from tests.bench.made_facts import made

FIRST, LAST = dt.date(2023, 11, 1), dt.date(2026, 10, 31)
CHOSEN = (
    "csat_top_2_box", "nps", "mean_satisfaction", "on_time_of_orders_due", "on_time_delivery_by_day", "complaint_rate",
    "complaint_close_days_median", "complaint_close_days_p90", "repurchase_rate", "survey_coverage",
)  # fmt: skip
"""Of every kind some: shares, scores and means of answers, two facts together, percentiles, different customers."""


SMALL = 10_000
"""Survey answers of the run with which the reading of a page is compared."""
OPENED = 3
"""Times that every page is opened: one opening is over before a clock could tell it from another."""


def facts_of(folder: Path) -> Path:
    """Made once for a size; the folder of the files is named after it."""
    made(folder / "facts", int(folder.name))
    return folder / "facts"


def measured(*kpis: str, keep: str = "") -> Case:
    """All KPIs, where none are named; the cells are kept under a name for who compares them."""

    def ready(job: Job) -> Work:
        measure = _measuring(facts_of(job.files), kpis)

        def work() -> dict[str, Any]:
            from pipelines.runs.run_folder import write_measurements

            found = measure()
            if keep:
                write_measurements(job.scratch / f"{keep}.parquet", found)
            told = {"cells": len(found), "evaluated": int(found["not_evaluated_en"].isna().sum())}
            return {"figures": told}

        return work

    return ready


def _measuring(folder: Path, kpis: Sequence[str]) -> Callable[[], Any]:
    """Everything is imported; what is returned goes from the published facts of a workspace to the figures."""
    import statsmodels.stats.proportion  # noqa: F401  the intervals import it on first use

    import pipelines.runs.run_folder  # noqa: F401
    from pipelines import definitions
    from pipelines.measure import measure
    from pipelines.measuring import facts
    from pipelines.measuring.periods import periods
    from pipelines.measuring.trust import Trust
    from pipelines.workspace import open_workspace

    workspace = open_workspace(folder)
    chosen = [definitions.kpis()[name] for name in kpis or definitions.kpis()]

    def work() -> Any:
        at = facts.versions(workspace)
        with facts.opened(workspace, at) as connection:
            trust = Trust(connection, at, [load_of(name) for name in at], LAST)
            return measure(connection, trust, periods(FIRST, LAST, {3, 24}), kpis=chosen)

    return work


def load_of(source: str) -> Any:
    """As if one file had brought all rows of the source."""
    from audit.load import Load
    from pipelines import definitions

    return Load(
        id=f"bench-{source}", source=source, file=f"{source}.csv", sha256="", mapping="", published=True, version=0,
        received_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC), actor="bench", ignored=(), gate=(), rejects="",
        delivered=tuple(definitions.sources()[source].columns), months={}, loaded=1, rejected=0, blank=0, lines=1,
        physical_lines=2,
    )  # fmt: skip


def page(job: Job) -> Work:
    """What pages read of the run that the case before has measured."""
    return _opening(facts_of(job.files), job.scratch)


def small_page(job: Job) -> Work:
    """The same of a run over few answers, which another process measures first."""
    small = Job(job.files.parent / str(SMALL), job.scratch / "small")
    small.scratch.mkdir()
    command = [sys.executable, "-m", "tests.bench.work", "measure", str(small.files), str(small.scratch)]
    subprocess.run(command, check=True, capture_output=True)
    return _opening(facts_of(small.files), small.scratch)


def _opening(folder: Path, measured: Path) -> Work:
    """The monthly series of every KPI, each read as if nothing had been read before."""
    from pipelines import definitions
    from pipelines.runs import results
    from pipelines.workspace import open_workspace

    workspace = open_workspace(folder)
    kept = workspace.runs / "bench" / "measurements.parquet"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes((measured / "all.parquet").read_bytes())

    def work() -> dict[str, Any]:
        months = 0
        for _ in range(OPENED):
            for kpi in definitions.kpis():
                results._of_kpi.cache_clear()
                months += len(results.measurements(workspace, "bench", kpi, "month", ""))
        return {"page": {"months": months}}

    definitions.kpis()
    return work


def equal(job: Job) -> Work:
    """Every cell of the one way against that of the other."""
    import numpy as np
    import pandas as pd

    keys = ["kpi", "grain", "period", "by", "group"]

    def work() -> dict[str, Any]:
        one, other = (pd.read_parquet(job.scratch / f"{name}.parquet") for name in ("chosen", "hand"))
        one = one[one["n"] > 0]
        both = one.merge(other[other["n"] > 0], on=keys, how="outer", suffixes=("", "_by_hand"), indicator=True)
        both["value_by_hand"] = both["value_by_hand"].replace([np.inf, -np.inf], np.nan)
        near = np.isclose(both["value"], both["value_by_hand"], rtol=1e-9, equal_nan=True)
        wrong = (both["_merge"] != "both") | (both["n"] != both["n_by_hand"]) | ~near
        return {"equal": {"cells": len(both), "unequal": int(wrong.sum())}}

    return work
