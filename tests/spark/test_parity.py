"""DuckDB and Spark give the same: every KPI in every period and group, and every construct that KPIs may use."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipelines import definitions
from pipelines.spark import asked
from pipelines.spark.cells import computed
from pipelines.workspace import Workspace
from tests.spark.constructs import CONSTRUCTS, query_of

Found = dict[str, pd.DataFrame]
CELL = ["grain", "period", "by", "group"]
NEAR = 1e-9
"""By which share of its size a figure may differ; counts and texts may not."""


def paired(one: pd.DataFrame, other: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    assert not one.duplicated(keys).any() and not other.duplicated(keys).any()
    both = one.merge(other, "outer", keys, suffixes=("", " of Spark"), indicator="found")
    return both


def differing(both: pd.DataFrame, column: str) -> pd.DataFrame:
    mine, theirs = both[column], both[f"{column} of Spark"]
    if not all(map(numeric, (mine, theirs))):
        return both[mine.astype("str").where(mine.notna(), "") != theirs.astype("str").where(theirs.notna(), "")]
    a, b = (side.astype("float64").to_numpy() for side in (mine, theirs))
    with np.errstate(invalid="ignore"):
        near = (a == b) | (np.isnan(a) & np.isnan(b)) | (np.abs(a - b) <= NEAR * np.maximum(np.abs(a), np.abs(b)))
    return both[~near]


def numeric(column: pd.Series) -> bool:
    try:
        column.astype("float64")
    except (TypeError, ValueError):
        return False
    return not pd.api.types.is_datetime64_any_dtype(column)


@pytest.mark.parametrize("kpi", definitions.kpis())
def test_every_cell_of_every_kpi_is_the_same(by_duckdb: Found, by_spark: Found, kpi: str) -> None:
    both = paired(by_duckdb[kpi], by_spark[kpi], CELL)
    both = both[(both["n"].fillna(0) > 0) | (both["n of Spark"].fillna(0) > 0)]
    assert (both["found"] == "both").all(), both[both["found"] != "both"]
    assert (both["n"] == both["n of Spark"]).all()
    for column in by_duckdb[kpi].columns.difference(CELL):
        assert differing(both, column).empty, differing(both, column)


def test_the_rows_give_figures_to_compare(by_duckdb: Found) -> None:
    """A test of equal emptiness would prove nothing."""
    silent = [kpi for kpi in definitions.kpis() if by_duckdb[kpi]["value"].notna().sum() < 5]
    assert not silent
    assert sum(len(by_duckdb[kpi]) for kpi in definitions.kpis()) > 10_000


PLAIN = [
    "100.0 * i / 7", "m / 3", "epoch(tt) - epoch(ts)", "lower(s)", "avg(m)",
    "percentile_cont(0.25) within group (order by x) filter (where b)",
]  # fmt: skip


def test_without_the_rewriting_figures_would_differ(
    by_duckdb: Found, spark: None, trapped: Workspace, at: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And this test would see it: the trap rows hold what plain translation computes wrongly."""
    monkeypatch.setattr(asked, "spark_sql", lambda tree: tree.sql(dialect="spark"))
    found = dict(computed(trapped, at, {text: query_of(text) for text in PLAIN}))
    same = [text for text in PLAIN if differing(paired(by_duckdb[text], found[text], ["member"]), "value").empty]
    assert same == []


@pytest.mark.parametrize("text", CONSTRUCTS)
def test_every_construct_that_check_lets_pass_is_the_same(by_duckdb: Found, by_spark: Found, text: str) -> None:
    both = paired(by_duckdb[text], by_spark[text], ["member"])
    assert (both["found"] == "both").all()
    assert differing(both, "value").empty, differing(both, "value")
