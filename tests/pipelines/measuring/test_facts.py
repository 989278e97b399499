"""The published facts as a query sees them, from real Delta tables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from audit.source import Source
from pipelines import definitions
from pipelines.measuring import facts
from pipelines.workspace import SetUp, Workspace, make_workspace
from tests.pipelines.by_hand import publish_frame as publish

ORDERS = definitions.sources()["orders"]
COUNTED = "select count(*), count(channel), count(amount) from orders"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "a b 中文 o'x", SetUp(organisation="Harbour Lights"))


def frame(contract: Source, day: str, rows: int) -> pd.DataFrame:
    columns = {name: pd.Series([None] * rows, dtype="str") for name in contract.columns}
    columns |= {name: pd.Series([f"{day}-{at}" for at in range(rows)], dtype="str") for name in ("order_id", "channel")}
    for name in ("ordered_at", "promised_at", "delivered_at"):
        columns[name] = pd.Series([pd.Timestamp(day)] * rows, dtype="datetime64[us]")
    columns |= {"amount": pd.Series([1.5] * rows, dtype="Float64"), "line": pd.Series(range(rows), dtype="int64")}
    return pd.DataFrame(columns)[[*contract.columns, "line"]]


def counted(workspace: Workspace, at: dict[str, int]) -> tuple[int, ...]:
    with facts.opened(workspace, at) as connection:
        row: tuple[int, ...] = connection.execute(COUNTED).fetchone()
    return row


def test_each_version_is_read_as_it_was_in_a_folder_of_any_name(workspace: Workspace) -> None:
    first = publish(workspace.table("orders"), ORDERS, frame(ORDERS, "2026-01-05", 3), "L1")
    second = publish(workspace.table("orders"), ORDERS, frame(ORDERS, "2026-02-05", 2), "L2")
    assert facts.versions(workspace) == {"orders": second}
    assert [counted(workspace, {"orders": version})[0] for version in (first, second)] == [3, 5]


def test_a_column_that_the_contract_gained_later_is_empty_in_earlier_rows(workspace: Workspace) -> None:
    former = ORDERS.model_copy(update={"columns": {k: v for k, v in ORDERS.columns.items() if k != "channel"}})
    publish(workspace.table("orders"), former, frame(former, "2026-01-05", 3), "L1")
    assert counted(workspace, facts.versions(workspace)) == (3, 0, 3)
    publish(workspace.table("orders"), ORDERS, frame(ORDERS, "2026-02-05", 2), "L2")
    assert counted(workspace, facts.versions(workspace)) == (5, 2, 5)


def test_a_source_that_was_never_loaded_is_an_empty_table_under_every_model(workspace: Workspace) -> None:
    with facts.opened(workspace, {}) as connection:
        for name in [*definitions.sources(), *definitions.models()]:
            assert connection.execute(f"select count(*) from {name}").fetchone() == (0,)


def test_a_query_reaches_nothing_outside_the_facts(workspace: Workspace) -> None:
    with facts.opened(workspace, {}) as connection:
        for query in ("select * from read_text('/etc/hostname')", "set enable_external_access = true"):
            with pytest.raises(duckdb.Error):
                connection.execute(query)


@pytest.mark.parametrize(("size", "most"), [(0, "686.6 MiB"), (1_000_000_000, "686.6 MiB"), (6_000_000_000, "1.8 GiB")])
def test_a_query_may_hold_little_and_more_where_the_facts_are_large(workspace: Workspace, size: int, most: str) -> None:
    workspace.table("orders").mkdir(parents=True)
    with (workspace.table("orders") / "part.parquet").open("wb") as file:
        file.truncate(size)  # a file with nothing in it takes no room
    with facts.opened(workspace, {}) as connection:
        assert connection.execute("select current_setting('memory_limit')").fetchone() == (most,)
