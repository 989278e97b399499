"""Every KPI by period and group, with its interval, and with the reason where it is not evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import duckdb
import numpy as np
import pandas as pd

from audit.measurement import Kpi
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.measuring.cells import cells
from pipelines.measuring.engine import Cells
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Doubt, Trust
from pipelines.methods.interval import METHODS

COLUMNS = [
    "kpi", "unit", "grain", "period", "starts", "ends", "by", "group", "value", "n", "low", "high",
    "not_evaluated_en", "not_evaluated_zh", "warning_en", "warning_zh",
]  # fmt: skip

SPAN = ["grain", "period", "starts", "ends"]
ORDER = ["grain", "period", "by", "group"]
"""Of the rows of a KPI."""


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
    found, tables = (by or partial(cells, connection))(chosen, periods), {}
    for done, (kpi, own) in enumerate(found):
        progress(done / len(chosen), say("Measuring: {kpi}", kpi=kpi.title))
        tables[kpi.name] = _measured(own, trust, kpi, periods).sort_values(ORDER)
    return pd.concat([tables[name] for name in sorted(tables)], ignore_index=True)


def _measured(cells: pd.DataFrame, trust: Trust, kpi: Kpi, periods: Sequence[Period]) -> pd.DataFrame:
    spans = pd.DataFrame([(p.grain, p.label, p.starts, p.ends) for p in periods], columns=SPAN)
    spans["number"] = np.arange(len(spans))
    cells = _with_empty_periods(cells.merge(spans, on=SPAN[:2]), spans).astype(dict.fromkeys(ORDER, "str"))
    cells["value"] = cells["value"].astype(float).replace([np.inf, -np.inf], np.nan)
    cells["n"] = cells["n"].fillna(0).astype(int)
    cells = cells[(cells["n"] > 0) | (cells["by"] == "")].copy()
    cells["low"], cells["high"] = _bounds(kpi, cells)
    cells["kpi"], cells["unit"] = kpi.name, kpi.unit
    return _with_doubts(cells, kpi, [trust.doubt(kpi.name, p) for p in periods])[COLUMNS]


def _with_empty_periods(cells: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """A period without a row is shown as one without records, so that a gap cannot be overlooked."""
    cells = cells.assign(looked_at=True)
    gaps = spans[~spans["number"].isin(cells.loc[cells["by"] == "", "number"])]
    empty = gaps.assign(by="", group="", n=0, value=np.nan, looked_at=False)
    return pd.concat([cells, empty], ignore_index=True) if len(gaps) else cells


def _bounds(kpi: Kpi, cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    if kpi.interval:
        method, columns = METHODS[kpi.interval]
        sound = (cells["n"] > 0).to_numpy() & cells["value"].notna().to_numpy()
        low[sound], high[sound] = method(*(cells.loc[sound, name].to_numpy(dtype=float) for name in columns))
    return low, high


def _with_doubts(cells: pd.DataFrame, kpi: Kpi, doubts: Sequence[Doubt]) -> pd.DataFrame:
    distrusted = np.array([doubt.not_evaluated is not None for doubt in doubts])[cells["number"]]
    cells.loc[distrusted, ["value", "low", "high"]] = np.nan  # bad data must not look like a figure
    of_two = (cells["looked_at"].astype(bool) & kpi.two_sides).tolist()
    places = zip(cells["number"].tolist(), cells["n"].tolist(), cells["value"].isna().tolist(), of_two, strict=True)
    known: dict[tuple[int, int, bool, bool], Doubt] = {}  # most cells are alike
    found = []
    for number, n, no_value, sided in places:
        place = number, n if no_value or n < kpi.least else kpi.least, no_value, sided
        if place not in known:
            known[place] = _doubt(doubts[number], kpi, n, no_value, sided)
        found.append(known[place])
    for name in ("not_evaluated", "warning"):
        texts = [getattr(doubt, name) for doubt in found]
        for language in ("en", "zh"):
            cells[f"{name}_{language}"] = pd.array([text and getattr(text, language) for text in texts], dtype="str")
    return cells


def _doubt(doubt: Doubt, kpi: Kpi, n: int, no_value: bool, of_two: bool) -> Doubt:
    """`of_two`: there are records to look at, and those of two kinds are compared."""
    if doubt.not_evaluated:
        return doubt
    if n == 0 and of_two:
        told = say("there are records in the period, but at least one of the two sides that are compared has none")
        return Doubt(told, doubt.warning)
    if n == 0:
        return Doubt(say("there are no records in the period"), doubt.warning)
    if n < kpi.least:
        return Doubt(say("only {n} records; at least {least} are needed", n=n, least=kpi.least), doubt.warning)
    if no_value and kpi.unit in ("days", "hours", "minutes"):
        return Doubt(say("it has no finite value: too many of the {n} records are still open", n=n), doubt.warning)
    if no_value:
        return Doubt(say("there are {n} records, but nothing to hold them against", n=n), doubt.warning)
    return doubt
