"""`run --engine spark`: a whole run of the demo, as a person asks for it, beside the run that DuckDB made."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlglot
from sqlglot import exp

from audit.errors import SourceError
from audit.evidence import ClauseAssessment
from pipelines.__main__ import main
from pipelines.measure import COLUMNS
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.spark.cells import computed
from pipelines.workspace import Workspace, open_workspace

FIGURES = ["value", "low", "high"]


@pytest.fixture(scope="module")
def demo(spark: None, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    assert main(["demo", "--workspace", str(folder)]) == 0
    assert main(["run", "--workspace", str(folder)]) == 0
    return open_workspace(folder)


@pytest.fixture(scope="module")
def runs(demo: Workspace) -> tuple[Run, Run]:
    one = results.latest(demo)
    assert main(["run", "--workspace", str(demo.folder), "--engine", "spark"]) == 0
    other = results.latest(demo)
    assert one and other
    return one, other


def test_the_run_says_what_computed_it(runs: tuple[Run, Run], demo: Workspace) -> None:
    assert [run.engine for run in runs] == ["duckdb", "spark"]
    written = json.loads((demo.runs / runs[1].id / "run.json").read_text(encoding="utf-8"))
    assert written["engine"] == "spark"


def test_its_measurements_are_equal(runs: tuple[Run, Run], demo: Workspace) -> None:
    one, other = (results.measurements(demo, run.id) for run in runs)
    assert len(one) > 10_000 and list(one.columns) == COLUMNS
    said = [name for name in COLUMNS if name not in FIGURES]
    pd.testing.assert_frame_equal(one[said], other[said])
    for name in FIGURES:
        np.testing.assert_allclose(other[name].astype(float), one[name].astype(float), rtol=1e-9, atol=0)


def test_its_verdicts_are_equal(runs: tuple[Run, Run]) -> None:
    """In every word; the last digit of a figure may differ."""
    one, other = runs
    assert [*map(judged, one.clauses)] == [*map(judged, other.clauses)]
    assert replace(one, id="", engine="spark", clauses=()) == replace(other, id="", clauses=())


def judged(clause: ClauseAssessment) -> list[object]:
    verdict: list[object] = [clause.clause, clause.proposed, clause.grade, clause.because]
    for requirement in clause.requirements:
        verdict += [requirement.id, requirement.proposed]
        verdict += [(each.id, each.outcome, each.because) for each in requirement.evidence]
    return verdict


def test_what_spark_cannot_compute_is_said_in_one_line(
    spark: None, trapped: Workspace, at: dict[str, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    tree = sqlglot.parse_one("select no_such_function(1) as value, 'x' as member", read="duckdb")
    assert isinstance(tree, exp.Select)
    with pytest.raises(SourceError, match="(?i)^Apache Spark gave up: .*no_such_function.*'--engine spark'$") as told:
        list(computed(trapped, at, {"bad": tree}))
    assert "\n" not in str(told.value)
    assert list(tmp_path.glob("clauselight-spark-*")) == [], "what was put aside is gone"
