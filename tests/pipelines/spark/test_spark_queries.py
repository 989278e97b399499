"""What is written for Spark. That it gives the same figures is shown by `make spark-test`, which has a Spark."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from audit.errors import DefinitionError, SourceError
from pipelines import definitions
from pipelines.measuring.facts import SQL_TYPES
from pipelines.spark import asked, environment
from pipelines.spark.fused import COMMON, column_of, fused
from pipelines.spark.rewrite import spark_sql

REWRITTEN = [
    ("percentile_cont(0.9) within group (order by x)", "PERCENTILE(CAST(x AS DOUBLE), 0.9)"),
    (
        "percentile_cont(0.5) within group (order by x / 3) filter (where b)",
        "PERCENTILE(CAST(CAST(x AS DOUBLE) / 3 AS DOUBLE), 0.5) FILTER(WHERE b)",
    ),
    ("median(x)", "PERCENTILE(CAST(x AS DOUBLE), 0.5)"),
    ("1.0 * x / 3", "CAST(1.0 * x AS DOUBLE) / 3"),
    ("a / (b / (c / d))", "CAST(a AS DOUBLE) / (CAST(b AS DOUBLE) / (CAST(c AS DOUBLE) / d))"),
    ("a / b / c", "CAST(CAST(a AS DOUBLE) / b AS DOUBLE) / c"),
    ("avg(x)", "AVG(CAST(x AS DOUBLE))"),
    ("avg(x / 2)", "AVG(CAST(CAST(x AS DOUBLE) / 2 AS DOUBLE))"),
    ("epoch(ts)", "(CAST(UNIX_MICROS(CAST(ts AS TIMESTAMP)) AS DOUBLE) / CAST(1000000 AS DOUBLE))"),
    ("week(d)", "WEEKOFYEAR(d)"),
    ("lower(s)", "LOWER(TRANSLATE(s, 'İΣ', 'iσ'))"),
    ("cast(d as timestamp)", "CAST(d AS TIMESTAMP_NTZ)"),
    ("'O''Brien\\'", r"'O\'Brien\\'"),
]
LEFT_ALONE = [
    ("sum(x)", "SUM(x)"),
    ("count(DISTINCT x)", "COUNT(DISTINCT x)"),
    ("x * 3 - 1", "x * 3 - 1"),
    ("date_diff('day', d, e)", "DATEDIFF(DAY, d, e)"),
    ("COALESCE(x, 0)", "COALESCE(x, 0)"),
    ("cast(ts as date)", "CAST(ts AS DATE)"),
    ("x // 2", "x DIV 2"),
]


def parsed(query: str) -> exp.Select:
    tree = sqlglot.parse_one(query, read="duckdb")
    assert isinstance(tree, exp.Select)
    return tree


@pytest.mark.parametrize(("written", "wanted"), [*REWRITTEN, *LEFT_ALONE])
def test_only_what_spark_would_compute_differently_is_rewritten(written: str, wanted: str) -> None:
    tree = parsed(f"select {written} as value")
    before = tree.sql("duckdb")
    assert spark_sql(tree) == f"SELECT {wanted} AS value"
    assert tree.sql("duckdb") == before, "the tree belongs to the caller"


@pytest.mark.parametrize(
    "rank", ["percentile_cont(0.1) within group (order by x desc)", "mode() within group (order by x)"]
)
def test_what_cannot_be_rewritten_is_refused_and_not_approximated(rank: str) -> None:
    with pytest.raises(DefinitionError, match="run 'python -m pipelines check'"):
        spark_sql(parsed(f"select {rank} as value"))


def test_no_query_of_the_house_is_approximated() -> None:
    texts = [kpi.query for kpi in definitions.kpis().values()] + list(definitions.models().values())
    written = [spark_sql(sqlglot.parse_one(text, read="duckdb")) for text in texts]
    assert sum("PERCENTILE(" in each for each in written) >= 6
    assert not [each for each in written if "APPROX" in each or "QUANTILE" in each or "PERCENTILE_CONT" in each]


CELLS = ", ".join(COMMON)


def test_queries_of_one_pass_are_put_together_and_found_again() -> None:
    queries = {
        "a": parsed(f"select sum(x) as value, count(*) as n, {CELLS} from t where b group by {CELLS}"),
        "b": parsed(f"select avg(x) as value, count(x) as n, {CELLS} from t where b group by {CELLS}"),
    }
    [(whole, names)] = fused(queries)
    assert names == ("a", "b")
    found = {one.alias_or_name: one.unalias().sql() for one in whole.selects}
    assert found == {name: name for name in COMMON} | {
        column_of(0, "value"): "SUM(x)", column_of(0, "n"): "COUNT(*)",
        column_of(1, "value"): "AVG(x)", column_of(1, "n"): "COUNT(x)",
    }  # fmt: skip
    assert len(queries["a"].selects) == 2 + len(COMMON), "the queries belong to the caller"


@pytest.mark.parametrize("other", [
    "select sum(x) as value from u where b group by s",  # another fact
    "select sum(x) as value from t where c group by s",  # other rows
    "select sum(x) as value from t group by s",
    "select sum(x) as value from t where b group by u",  # other groups
    "select count(distinct x) as value from t where b group by s",  # read once more
    "select 'x' as dimension, sum(x) as value from t where b group by s",  # cells named otherwise
])  # fmt: skip
def test_queries_that_differ_in_their_rows_or_groups_stay_apart(other: str) -> None:
    queries = {"a": parsed("select sum(x) as value from t where b group by s"), "b": parsed(other)}
    assert [names for _, names in fused(queries)] == [("a",), ("b",)]


def test_every_kind_of_column_is_one_that_spark_has() -> None:
    assert asked.KINDS.keys() == set(SQL_TYPES.values())
    assert asked.KINDS["timestamp"] == "timestamp_ntz", "with a zone it would move with the session's"


def test_without_spark_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(environment.NAMED, raising=False)
    monkeypatch.setattr(environment, "USUAL", tmp_path / "none")
    with pytest.raises(SourceError, match="^Apache Spark is not set up here; write 'make spark'"):
        environment.python()
    monkeypatch.setenv(environment.NAMED, str(tmp_path / "nowhere"))
    with pytest.raises(SourceError, match="^CLAUSELIGHT_SPARK_PYTHON names no Python; write 'make spark'"):
        environment.python()


def test_without_java_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(environment.NAMED, sys.executable)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(SourceError, match="needs Java 17 or newer, and none is here; write 'make spark'"):
        environment.python()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    assert environment.python() == Path(sys.executable)


def test_pyspark_is_imported_by_the_job_alone_and_the_job_imports_nothing_of_ours() -> None:
    """They live in two environments."""
    own = Path(environment.__file__).parent
    imported = {
        path.relative_to(definitions.HOUSE).as_posix(): {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }
        for room in ("audit", "pipelines", "pages", "data")
        for path in (definitions.HOUSE / room).rglob("*.py")
    }  # fmt: skip
    job = (own / "job.py").relative_to(definitions.HOUSE).as_posix()
    assert [path for path, names in imported.items() if "pyspark" in names] == [job]
    assert imported[job] <= sys.stdlib_module_names | {"pyspark"}
