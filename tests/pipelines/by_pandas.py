"""What the independent computations of the figures share: rows as pandas frames, spans and groups of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import duckdb
import numpy as np
import pandas as pd
import pytest
from hand_made import Rows, load_of

from pipelines import definitions
from pipelines.measure import measure
from pipelines.measuring.groups import groupings
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust

Frames = dict[str, pd.DataFrame]
Cell = Callable[[pd.DataFrame], pd.DataFrame]
Figure = tuple[float | None, int]
PAIR = " × "
Oracle = Callable[[Frames, Period, Cell], Figure]


def framed(rows: Rows) -> Frames:
    """Each with the segment and the region of its customer."""
    made = {name: pd.DataFrame(written) for name, written in rows.items()}
    for frame in made.values():
        for column in frame.columns[frame.columns.str.endswith(("_at", "_on", "_since", "_until"))]:
            frame[column] = pd.to_datetime(frame[column])
    described = made["customers"][["customer_id", "segment", "region"]]
    return {
        name: frame.merge(described, "left", "customer_id") if name != "customers" and "customer_id" in frame else frame
        for name, frame in made.items()
    }


def within(frame: pd.DataFrame, column: str, span: Period) -> pd.DataFrame:
    return frame[(frame[column] >= pd.Timestamp(span.starts)) & (frame[column] < after(span))]


def after(span: Period) -> pd.Timestamp:
    return pd.Timestamp(span.ends) + pd.Timedelta(days=1)


def share(good: float, n: float) -> float | None:
    return 100 * good / n if n else None


def standing(customers: pd.DataFrame, span: Period) -> pd.DataFrame:
    """Those who are there at the end."""
    end = pd.Timestamp(span.ends)
    return customers[(customers["customer_since"] <= end) & ~(customers["left_on"] <= end)]


def only(by: str, group: str) -> Cell:
    """Of a dimension, or of a pair such as segment × region, one group; of "" the whole."""
    wanted = dict(zip(by.split(PAIR), group.split(PAIR), strict=True)) if by else {}

    def cell(frame: pd.DataFrame) -> pd.DataFrame:
        for dimension, name in wanted.items():
            frame = frame[frame[dimension].fillna("") == name]
        return frame

    return cell


def asked(kpi: str, groups: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The whole, every group, and every pair of them that is measured."""
    found = [("", "")]
    for by in groupings(definitions.kpis()[kpi]):
        found += [(by, PAIR.join(names)) for names in product(*(groups[one] for one in by.split(PAIR)))]
    return found


def hold_every_cell(
    connection: duckdb.DuckDBPyConnection,
    frames: Frames,
    spans: list[Period],
    groups: dict[str, list[str]],
    kpi: str,
    oracle: Oracle,
    rel: float = 1e-6,
) -> None:
    """Every cell that is measured is what the oracle counts, and there is none besides."""
    trust = Trust(connection, definitions.sources(), [load_of(name) for name in definitions.sources()])
    found = measure(connection, trust, spans, kpis=[definitions.kpis()[kpi]])
    cells = {(c.grain, c.period, c.by, c.group): (c.value, c.n) for c in found.itertuples(index=False)}
    assert len(cells) == len(found)
    for span in spans:
        for by, group in asked(kpi, groups):
            value, n = oracle(frames, span, only(by, group))
            cell = cells.pop((span.grain, span.label, by, group), (np.nan, 0))
            wanted = pytest.approx(np.nan if value is None or not n else value, rel=rel, abs=1e-9, nan_ok=True)
            assert cell == (wanted, n), (span, by, group)
    assert not cells, "cells that no group asked for"
