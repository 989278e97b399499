"""method commitments: what the last run found about orders and promises, and one line where it found nothing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines import definitions
from pipelines.__main__ import main
from pipelines.analyses.commitments import FILE
from pipelines.load import load
from pipelines.run import run
from pipelines.runs import results
from pipelines.workspace import SetUp, Workspace, make_workspace

Captured = pytest.CaptureFixture[str]
PROMISES = """promise_id,code,promise,made_on,due_at,kept_at,compensated_on,level
P1,service code,a call back,2026-05-04,2026-05-05,2026-05-05 17:00:00,,satisfying
P2,service code,a call back,2026-05-04,2026-05-05,2026-05-06 08:00:00,2026-05-08,basic
P3,service code,a call back,2026-06-20,2026-07-02,,,
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Promises and nothing else, typed by a small organisation."""
    folder = tmp_path_factory.mktemp("commitments") / "house"
    made = make_workspace(folder, SetUp(organisation="Ours", as_of=dt.date(2026, 6, 30)))
    with made.open_records() as records:
        load(made, records, PROMISES.encode(), "p.csv", "promises", definitions.mapping(None, "promises"), "Ann")
        run(made, records)
    return made


def answer(workspace: Workspace, capsys: Captured) -> dict[str, Any]:
    assert main(["method", "commitments", "--workspace", str(workspace.folder), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_what_was_typed_is_told_and_what_was_not_loaded_says_so(workspace: Workspace, capsys: Captured) -> None:
    found = answer(workspace, capsys)
    assert (found["from"], found["to"]) == ("2025-07-01", "2026-06-30")
    assert (found["promises"]["kept"]["good"], found["promises"]["kept"]["of"]) == (1, 2)
    assert (found["promises"]["made_good"]["good"], found["promises"]["still_due"]) == (1, 1)
    assert [one["promise_id"] for one in found["promises"]["broken"]] == ["P2"]
    assert found["levels"]["counts"] == [1, 1, 0, 0]
    assert found["orders"]["because"].startswith("nothing is loaded of Reviews of orders")
    assert "because" not in found


def test_people_read_a_table_with_the_reason_in_it(workspace: Workspace, capsys: Captured) -> None:
    assert main(["method", "commitments", "--workspace", str(workspace.folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    (kept,) = [line for line in lines if line.startswith("promises kept")]
    assert kept.split()[2:5] == ["1", "2", "50"]
    assert any(line.startswith("orders") and "nothing is loaded" in line for line in lines)


def test_a_run_that_did_not_look_is_refused_in_one_line(workspace: Workspace, capsys: Captured) -> None:
    found = results.latest(workspace)
    assert found
    file = Path(workspace.runs / found.id / FILE)
    aside = file.with_suffix(".aside")
    file.rename(aside)
    try:
        assert main(["method", "commitments", "--workspace", str(workspace.folder)]) == 2
    finally:
        aside.rename(file)
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.strip().splitlines()) == 1 and "make a new one with" in told.err
