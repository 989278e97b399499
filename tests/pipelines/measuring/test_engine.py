"""Which engine a run asks for, where Spark is not set up, and what runs of an older program say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.__main__ import main
from pipelines.runs import results
from pipelines.spark import environment
from tests.pipelines.conftest import Ours


def test_without_spark_a_run_on_it_is_refused_in_one_line_and_nothing_is_kept(
    own: Ours, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(environment.NAMED, str(tmp_path / "nowhere"))
    before = sorted(path.name for path in own.workspace.runs.iterdir())
    assert main(["run", "--engine", "spark", "--workspace", str(own.folder)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.strip().splitlines()) == 1
    assert "write 'make spark', or measure without '--engine spark'" in told.err
    assert sorted(path.name for path in own.workspace.runs.iterdir()) == before


def test_a_run_says_that_duckdb_computed_it(own: Ours, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--workspace", str(own.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["engine"] == "duckdb"
    assert main(["run", "--workspace", str(own.folder)]) == 0
    assert "DuckDB" in capsys.readouterr().out


def test_a_run_that_an_older_program_made_was_computed_by_duckdb(own: Ours) -> None:
    path = own.workspace.runs / own.before / "run.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    del written["engine"]
    path.write_text(json.dumps(written), encoding="utf-8")
    assert results.find(own.workspace, own.before).engine == "duckdb"


def test_no_other_engine_can_be_asked_for(own: Ours, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--engine", "sparkle", "--workspace", str(own.folder)])
    assert "duckdb" in capsys.readouterr().err
