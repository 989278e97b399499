"""Every KPI by period and group, with its interval, and with the reason where it is not evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import duckdb
import numpy as np
import pandas as pd

from audit.measurement import Kpi
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.measuring.grouping import grouped
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Doubt, Trust
from pipelines.methods.interval import METHODS

COLUMNS = [
    "kpi", "unit", "grain", "period", "starts", "ends", "by", "group", "value", "n", "low", "high",
    "not_evaluated_en", "not_evaluated_zh", "warning_en", "warning_zh",
]  # fmt: skip


def measure(
    connection: duckdb.DuckDBPyConnection,
    trust: Trust,
    periods: list[Period],
    progress: Callable[[float, Text], None] = lambda share, words: None,
    kpis: Iterable[Kpi] | None = None,
) -> pd.DataFrame:
    """All measurements, one row each, in a fixed order. Columns as in COLUMNS."""
    chosen = list(definitions.kpis().values() if kpis is None else kpis)
    tables = []
    for done, kpi in enumerate(chosen):
        progress(done / len(chosen), say("Measuring: {kpi}", kpi=kpi.title))
        tables.append(_measured(connection, trust, kpi, periods))
    found = pd.concat(tables, ignore_index=True)
    return found.sort_values(["kpi", "grain", "period", "by", "group"], ignore_index=True)


def _measured(connection: duckdb.DuckDBPyConnection, trust: Trust, kpi: Kpi, periods: list[Period]) -> pd.DataFrame:
    query = grouped(kpi, list(kpi.by), periods).sql("duckdb")
    cells = connection.execute(query).df().rename(columns={"dimension": "by", "member": "group"})
    cells = _with_empty_periods(cells, periods)
    cells["value"] = cells["value"].astype(float).replace([np.inf, -np.inf], np.nan)
    cells["n"] = cells["n"].fillna(0).astype(int)
    cells = cells[(cells["n"] > 0) | (cells["by"] == "")].copy()
    cells["low"], cells["high"] = _bounds(kpi, cells)
    cells["kpi"], cells["unit"] = kpi.name, kpi.unit
    spans = {(p.grain, p.label): p for p in periods}
    cells["starts"] = [spans[key].starts for key in zip(cells["grain"], cells["period"], strict=True)]
    cells["ends"] = [spans[key].ends for key in zip(cells["grain"], cells["period"], strict=True)]
    return _with_doubts(cells, kpi, {key: trust.doubt(kpi.name, p) for key, p in spans.items()})[COLUMNS]


def _with_empty_periods(cells: pd.DataFrame, periods: list[Period]) -> pd.DataFrame:
    """A period without a row is shown as one without records, so that a gap cannot be overlooked."""
    whole = cells[cells["by"] == ""]
    present = set(zip(whole["grain"], whole["period"], strict=True))
    gaps = [(p.grain, p.label) for p in periods if (p.grain, p.label) not in present]
    empty = pd.DataFrame(gaps, columns=["grain", "period"]).assign(by="", group="", n=0, value=np.nan)
    return pd.concat([cells, empty.astype({"value": float})], ignore_index=True) if gaps else cells


def _bounds(kpi: Kpi, cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    if kpi.interval:
        method, columns = METHODS[kpi.interval]
        sound = (cells["n"] > 0).to_numpy() & cells["value"].notna().to_numpy()
        low[sound], high[sound] = method(*(cells.loc[sound, name].to_numpy(dtype=float) for name in columns))
    return low, high


def _with_doubts(cells: pd.DataFrame, kpi: Kpi, doubts: dict[tuple[str, str], Doubt]) -> pd.DataFrame:
    distrusted = [doubts[key].not_evaluated is not None for key in zip(cells["grain"], cells["period"], strict=True)]
    cells.loc[distrusted, ["value", "low", "high"]] = np.nan  # bad data must not look like a figure
    found = [
        _doubt(doubts[cell.grain, cell.period], kpi, int(cell.n), bool(np.isnan(cell.value)))
        for cell in cells[["grain", "period", "n", "value"]].itertuples(index=False)
    ]
    for name in ("not_evaluated", "warning"):
        texts = [getattr(doubt, name) for doubt in found]
        for language in ("en", "zh"):
            cells[f"{name}_{language}"] = pd.array([text and getattr(text, language) for text in texts], dtype="str")
    return cells


def _doubt(doubt: Doubt, kpi: Kpi, n: int, no_value: bool) -> Doubt:
    if doubt.not_evaluated:
        return doubt
    if n == 0:
        return Doubt(say("there are no records in the period"), doubt.warning)
    if n < kpi.least:
        return Doubt(say("only {n} records; at least {least} are needed", n=n, least=kpi.least), doubt.warning)
    if no_value:
        return Doubt(say("it has no finite value: too many of the {n} records are still open", n=n), doubt.warning)
    return doubt
