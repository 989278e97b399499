"""kill -9 at any moment, and a disk that is full at any step. CLAUSELIGHT_TRIALS=200 makes 200 trials."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from audit.errors import RecordError
from pipelines.upkeep import room
from pipelines.workspace import SetUp, make_workspace

TRIALS = int(os.environ.get("CLAUSELIGHT_TRIALS", "40"))
LOADING = {
    "keeping the original", "reading the rows", "holding the rows at the gate", "publishing the rows",
    "recording the load",
}  # fmt: skip
HERE = Path(__file__).parent
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def script(name: str, *arguments: str) -> Any:
    """In a process of its own, because it forks."""
    command = [sys.executable, str(HERE / name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600 + 30 * TRIALS)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@unix
def test_a_killed_load_loses_nothing_leaves_nothing_half_and_is_mended_by_loading_again() -> None:
    found = script("trials.py", str(TRIALS))
    assert found["wrong"] == []
    assert found["trials"] == TRIALS
    assert found["within"] >= TRIALS / 2, "killed where nothing is done, nothing is tried"
    assert found["left behind"], "if nothing is ever left behind, nothing was killed at work"
    steps = {step.removeprefix("killed after: ") for step in found if step.startswith("killed after: ")}
    assert TRIALS < 40 or steps >= LOADING, steps


@unix
def test_a_full_disk_is_one_line_and_nothing_is_lost() -> None:
    found = script("full_disk.py")
    assert [each for each in found if "wrong" in each] == []
    lines = {each["limit"]: each["load"] for each in found if "load" in each}
    assert lines[0] and lines[1_000_000] == ""
    assert {each["step"] for each in found if "load" in each} == {
        "before the rows", "between rows and record", "after the record",
    }, lines  # fmt: skip
    assert all(each["run"] for each in found if "run" in each and each["limit"] == 0)


Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(("free", "size", "wanted"), [(19_999_999, 0, "20"), (0, 0, "20"), (49_999_999, 10**7, "50")])
def test_without_room_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, size: int, wanted: str
) -> None:
    workspace = make_workspace(tmp_path / "house", SetUp(organisation="A test"))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 0, free))
    with pytest.raises(RecordError, match=f"and {wanted} MB are wanted; nothing was changed: make room"):
        room.refuse_full_disk(workspace, size)


@pytest.mark.parametrize(("free", "size"), [(20_000_000, 0), (50_000_000, 10_000_000), (10**12, 10**9)])
def test_with_room_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, size: int) -> None:
    workspace = make_workspace(tmp_path / "house", SetUp(organisation="A test"))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 0, free))
    room.refuse_full_disk(workspace, size)
