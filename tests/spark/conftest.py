"""A workspace of trap rows, and what both engines make of it; Spark is asked once for all, for it starts slowly."""

from __future__ import annotations

import datetime as dt
import os

import pandas as pd
import pytest
from sqlglot import exp

from audit.errors import SourceError
from audit.source import Source
from pipelines import definitions
from pipelines.measuring import cells as of_duckdb
from pipelines.measuring import facts
from pipelines.measuring.grouping import grouped
from pipelines.measuring.groups import groupings
from pipelines.measuring.periods import Period, periods
from pipelines.spark import environment
from pipelines.spark.cells import computed
from pipelines.workspace import SetUp, Workspace, make_workspace
from tests.pipelines.by_hand import publish_frame
from tests.spark.constructs import CONSTRUCTS, query_of
from tests.spark.trap_rows import rows_of

SPANS: list[Period] = periods(dt.date(2025, 11, 10), dt.date(2026, 8, 20), {6}, 4)
Found = dict[str, pd.DataFrame]


@pytest.fixture(scope="session")
def spark() -> None:
    try:
        environment.python()
    except SourceError as error:
        pytest.skip(str(error))
    # for the minute that it runs here, the slower of Java's compilers is sooner done
    quick = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"
    master = "--master local[*] --driver-memory 2g"
    os.environ.setdefault(
        "PYSPARK_SUBMIT_ARGS", f"{master} --conf 'spark.driver.extraJavaOptions={quick}' pyspark-shell"
    )
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.fixture(scope="session")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Each source twice: the first rows came when the contract had one column less, some of the second replace them."""
    made = make_workspace(tmp_path_factory.mktemp("parity") / "a {b} 中文 o'x", SetUp(organisation="Traps"))
    for name, contract in definitions.sources().items():
        former = _former(contract)
        publish_frame(made.table(name), former, rows_of(name, former, 60, seed=1), "L1")
        publish_frame(made.table(name), contract, rows_of(name, contract, 90, seed=2), "L2")
    return made


def _former(contract: Source) -> Source:
    """Without its last column that nothing in the contract needs."""
    needed = {*contract.key, contract.dated_by}
    spare = [name for name, column in contract.columns.items() if name not in needed and not column.required][-1:]
    columns = {name: column for name, column in contract.columns.items() if name not in spare}
    return contract.model_copy(update={"columns": columns})


@pytest.fixture(scope="session")
def at(trapped: Workspace) -> dict[str, int]:
    return facts.versions(trapped)


@pytest.fixture(scope="session")
def by_duckdb(trapped: Workspace, at: dict[str, int]) -> Found:
    with facts.opened(trapped, at) as connection:
        kpis = list(definitions.kpis().values())
        found = {kpi.name: cells for kpi, cells in of_duckdb.cells(connection, kpis, SPANS)}
        return found | {text: connection.execute(query_of(text).sql("duckdb")).df() for text in CONSTRUCTS}


@pytest.fixture(scope="session")
def by_spark(spark: None, trapped: Workspace, at: dict[str, int]) -> Found:
    queries: dict[str, exp.Select] = {
        name: grouped(kpi, groupings(kpi), SPANS) for name, kpi in definitions.kpis().items()
    }
    queries |= {text: query_of(text) for text in CONSTRUCTS}
    found = dict(computed(trapped, at, queries))
    named = {"dimension": "by", "member": "group"}
    return {name: cells if name in CONSTRUCTS else cells.rename(columns=named) for name, cells in found.items()}
