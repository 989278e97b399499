"""What runs in Spark's own environment: reads a job, computes its queries and writes what each gives as Parquet.

Nothing of Clauselight is imported here. On standard output stands one JSON document a line: which query is done, or
what went wrong.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pyspark.sql import DataFrame, SparkSession

ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # Java writes warnings of its own to standard output
AT_ONCE = 3
"""Queries at a time: while one is planned another is computed."""
USUAL_PARTITIONS = "200"
SETTINGS = {
    "spark.app.name": "clauselight",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def main(folder: Path) -> int:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    try:
        spark = session(folder)
        for name, table in job["tables"].items():
            read(spark, **table).createOrReplaceTempView(name)
        for name, query in job["views"].items():
            spark.sql(query).createOrReplaceTempView(name)
        for key in written(spark, job["queries"], folder):
            tell(done=key)
        spark.stop()
    except Exception as error:  # Spark's own kinds are many; whoever started this says it in one line
        tell(error=first_line(error))
        return 1
    return 0


def session(folder: Path) -> SparkSession:
    building = SparkSession.builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    for name, value in SETTINGS.items():
        building = building.config(name, value)
    spark = building.getOrCreate()
    context = spark.sparkContext
    context.setLogLevel("ERROR")
    if context.master.startswith("local") and spark.conf.get("spark.sql.shuffle.partitions") == USUAL_PARTITIONS:
        spark.conf.set("spark.sql.shuffle.partitions", str(context.defaultParallelism))
    return spark


def read(spark: SparkSession, columns: dict[str, str], files: list[str]) -> DataFrame:
    """A column that a file lacks is empty. Folders such as month=2026-03 are no columns."""
    if not files:
        nothing = ", ".join(f"cast(null as {kind}) as `{name}`" for name, kind in columns.items())
        return spark.sql(f"select {nothing} where false")
    kinds = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
    reader = spark.read.schema(kinds).option("recursiveFileLookup", "true")
    table = reader.parquet(*map(literal_path, files)).select(*columns)
    seen = {unquote(name).rpartition("/")[2] for name in table.inputFiles()}
    if missing := {Path(file).name for file in files} - seen:
        raise ValueError(f"Spark does not see the file {sorted(missing)[0]}")
    return table


def literal_path(file: str) -> str:
    """As a path in which no sign stands for others."""
    return "".join("\\" + sign if sign in "\\{}[]*?" else sign for sign in file)


def written(spark: SparkSession, queries: dict[str, str], folder: Path) -> Iterator[str]:
    def write(key: str) -> str:
        spark.sql(queries[key]).write.parquet(f"file://{folder / key}")
        return key

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one in as_completed([pool.submit(write, key) for key in queries]):
            yield one.result()


def tell(**document: Any) -> None:
    print(json.dumps(document), file=ANSWERS, flush=True)


def first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
