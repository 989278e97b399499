"""Every KPI by period and group, with its interval, and with the reason where it is not evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import duckdb
import numpy as np
import pandas as pd

from audit.measurement import Kpi
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.measuring.cells import cells
from pipelines.measuring.doubted import doubted
from pipelines.measuring.engine import Cells
from pipelines.measuring.lineage import rooted_in
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.interval import METHODS

COLUMNS = [
    "kpi", "unit", "grain", "period", "starts", "ends", "by", "group", "value", "n", "low", "high",
    "not_evaluated_en", "not_evaluated_zh", "warning_en", "warning_zh",
]  # fmt: skip

SPAN = ["grain", "period", "starts", "ends"]
ORDER = ["grain", "period", "by", "group"]
"""Of the rows of a KPI."""
NONE = pd.DataFrame(columns=[*ORDER, "value", "n"])
AT_ONCE = 10_000
"""Cells: KPIs that have few are finished together, because a step takes as long for ten rows as for thousands."""


def measure(
    connection: duckdb.DuckDBPyConnection,
    trust: Trust,
    periods: Sequence[Period],
    progress: Callable[[float, Text], None] = lambda share, words: None,
    kpis: Iterable[Kpi] | None = None,
    by: Cells | None = None,
) -> pd.DataFrame:
    """All measurements, one row each, in a fixed order: COLUMNS. `by` computes the cells, without it DuckDB."""
    chosen = list(definitions.kpis().values() if kpis is None else kpis)
    tables: dict[str, pd.DataFrame] = {}
    for batch in _batches(_found(chosen, trust, periods, by or partial(cells, connection)), len(chosen), progress):
        tables |= _finished(batch, trust, periods)
    return pd.concat([tables[name] for name in sorted(tables)], ignore_index=True)


def _found(
    kpis: Sequence[Kpi], trust: Trust, periods: Sequence[Period], by: Cells
) -> Iterator[tuple[Kpi, pd.DataFrame]]:
    """Facts of whose sources nothing stands are not asked: many have a question for each of dozens of KPIs."""
    there: dict[bool, list[Kpi]] = {True: [], False: []}
    for kpi in kpis:
        there[any(trust.rows.get(source) for source in rooted_in(kpi.source))].append(kpi)
    yield from ((kpi, NONE) for kpi in there[False])
    if there[True]:
        yield from by(there[True], periods)


def _batches(
    found: Iterable[tuple[Kpi, pd.DataFrame]], count: int, progress: Callable[[float, Text], None]
) -> Iterator[list[tuple[Kpi, pd.DataFrame]]]:
    waiting: list[tuple[Kpi, pd.DataFrame]] = []
    for done, (kpi, own) in enumerate(found):
        progress(done / count, say("Measuring: {kpi}", kpi=kpi.title))
        waiting.append((kpi, own))
        if sum(len(each) for _, each in waiting) >= AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _finished(
    found: Sequence[tuple[Kpi, pd.DataFrame]], trust: Trust, periods: Sequence[Period]
) -> dict[str, pd.DataFrame]:
    """By name of the KPI, its rows in order."""
    kpis = [kpi for kpi, _ in found]
    spans = pd.DataFrame([(p.grain, p.label, p.starts, p.ends) for p in periods], columns=SPAN)
    spans["number"] = np.arange(len(spans))
    every = pd.concat([own.assign(which=at) for at, (_, own) in enumerate(found)], ignore_index=True)
    every = _with_empty_periods(every.merge(spans, on=SPAN[:2]), spans, len(kpis)).astype(dict.fromkeys(ORDER, "str"))
    every["value"] = every["value"].astype(float).replace([np.inf, -np.inf], np.nan)
    every["n"] = every["n"].fillna(0).astype(int)
    every = every[(every["n"] > 0) | (every["by"] == "")].sort_values(["which", *ORDER], ignore_index=True)
    every["low"], every["high"] = _bounds(kpis, every)
    every["kpi"] = pd.array([kpi.name for kpi in kpis], dtype="str").take(every["which"])
    every["unit"] = pd.array([kpi.unit for kpi in kpis], dtype="str").take(every["which"])
    every = doubted(every, kpis, [[trust.doubt(kpi.name, p) for p in periods] for kpi in kpis])
    places = np.searchsorted(every["which"], np.arange(len(kpis) + 1))
    own = every[COLUMNS]
    return {kpi.name: own.iloc[places[at] : places[at + 1]] for at, kpi in enumerate(kpis)}


def _with_empty_periods(cells: pd.DataFrame, spans: pd.DataFrame, kpis: int) -> pd.DataFrame:
    """A period without a row is shown as one without records, so that a gap cannot be overlooked."""
    cells, seen = cells.assign(looked_at=True), np.zeros((kpis, len(spans)), dtype=bool)
    whole = cells[cells["by"] == ""]
    seen[whole["which"].astype(int), whole["number"].astype(int)] = True
    which, number = np.nonzero(~seen)
    empty = spans.iloc[number].assign(which=which, by="", group="", n=0, value=np.nan, looked_at=False)
    return pd.concat([cells, empty], ignore_index=True) if len(empty) else cells


def _bounds(kpis: Sequence[Kpi], cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    sound = (cells["n"] > 0).to_numpy() & cells["value"].notna().to_numpy()
    for at, kpi in enumerate(kpis):
        own = sound & (cells["which"] == at).to_numpy()
        if kpi.interval and own.any():
            method, columns = METHODS[kpi.interval]
            low[own], high[own] = method(*(cells.loc[own, name].to_numpy(dtype=float) for name in columns))
    return low, high
