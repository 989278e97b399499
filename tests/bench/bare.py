"""DuckDB alone: a typed CSV file into one Parquet file, nothing checked, kept, hashed or published."""

from __future__ import annotations

from typing import Any

from tests.bench.files import header
from tests.bench.job import Case, Job, Work

TYPES = {
    "text": "varchar", "integer": "bigint", "number": "double", "date": "date", "timestamp": "timestamp",
    "boolean": "boolean",
}  # fmt: skip


def copy(*files: str) -> Case:
    def ready(job: Job) -> Work:
        import duckdb

        queries = [_query(job, file) for file in files]

        def work() -> dict[str, Any]:
            with duckdb.connect() as connection:
                counts = [connection.execute(query).fetchall()[0][0] for query in queries]
            return {name: {"loaded": count} for name, count in zip(files, counts, strict=True)}

        return work

    return ready


def _query(job: Job, file: str) -> str:
    columns = ", ".join(f"'{name}': '{type_}'" for name, type_ in _columns(file).items())
    into = job.scratch / f"bare-{file}.parquet"
    return f"""
        copy (select * from read_csv('{job.file(file)}', columns = {{{columns}}}, header = true, delim = ',',
              quote = '"', escape = '"', auto_detect = false)) to '{into}' (format parquet)"""


def _columns(file: str) -> dict[str, str]:
    """Of the file, with the types of the contract."""
    from pipelines import definitions

    contract = definitions.source("survey_responses" if file == "survey" else file)
    return {name: TYPES[contract.columns[name].type] for name in header(f"{file}.csv")}
