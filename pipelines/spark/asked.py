"""What Spark is asked: which files are the facts, the models over them as views, and the queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlglot
from deltalake import DeltaTable
from sqlglot import exp

from audit.source import Source
from pipelines import definitions
from pipelines.measuring.facts import sql_columns
from pipelines.publishing.standing import data_files
from pipelines.spark.rewrite import spark_sql
from pipelines.workspace import Workspace

KINDS = {
    "varchar": "string",
    "bigint": "bigint",
    "double": "double",
    "date": "date",
    "timestamp": "timestamp_ntz",
    "boolean": "boolean",
}
"""DuckDB's kinds of a fact's columns, as Spark calls them."""


def job(workspace: Workspace, at: dict[str, int], queries: dict[str, exp.Select]) -> dict[str, Any]:
    sources = definitions.sources()
    return {
        "tables": {name: _table(workspace.table(name), source, at.get(name)) for name, source in sources.items()},
        "views": {
            name: spark_sql(sqlglot.parse_one(text, read="duckdb")) for name, text in definitions.models().items()
        },
        "queries": {key: spark_sql(query) for key, query in queries.items()},
    }


def _table(folder: Path, source: Source, version: int | None) -> dict[str, Any]:
    """A source without a version is an empty table, so that a left join finds nothing instead of failing."""
    files = [] if version is None else data_files(DeltaTable(folder, version=version))
    columns = {name: KINDS[kind] for name, kind in sql_columns(source).items()}
    return {"columns": columns, "files": [str(Path(file).resolve()) for file in files]}
