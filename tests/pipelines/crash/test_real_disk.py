"""Real disks of memory: full in the middle of each stage, and mounted read-only. Nobody outside sees the mounts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ALONE = [["unshare", "--mount"], ["unshare", "--mount", "--user", "--map-root-user"]]
"""Who is not root may mount in a world of one's own, where the system allows it."""
MOUNTED = ["sh", "-c", 'mount -t tmpfs -o size=1m none "$0"']
READ_ONLY = "this workspace is read-only (its disk is read-only); nothing was changed"
FULL = ["the disk is full", "No space left on device"]


@pytest.fixture(scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How a command is begun that may mount."""
    folder, why = str(tmp_path_factory.mktemp("mount")), "there is no unshare"
    for way in ALONE if shutil.which("unshare") else []:
        tried = subprocess.run([*way, *MOUNTED, folder], capture_output=True, text=True)
        if tried.returncode == 0:
            return way
        why = tried.stderr.strip()
    where = "this CI may not mount, so full and read-only disks are not tried here" if os.environ.get("CI") else ""
    pytest.skip(f"no disk can be mounted ({why}) {where}".strip())


def script(apart: list[str], name: str, folder: Path) -> Any:
    command = [*apart, sys.executable, str(HERE / name), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_a_full_disk_at_any_stage_is_one_line_and_nothing_is_lost(apart: list[str], tmp_path: Path) -> None:
    """What lies on the disk is judged by `full_disk.judge`, at first while it is full."""
    found = script(apart, "real_disk.py", tmp_path)
    assert [one for one in found if "wrong" in one] == []
    for one in found:
        assert len(one["line"].splitlines()) <= 1 and len(one["line"]) < 200, one
        assert not one["line"] or any(words in one["line"] for words in FULL), one
        assert one["left"] < 1_000_000 or one["line"] == "", "there was room enough"
    lines = {(one["step"], one["left"]): one["line"] for one in found if not one["checkpoint"]}
    assert all(line for (_, left), line in lines.items() if left == 0)
    unrecorded = [one for one in found if one["reached"] == "between rows and record"]
    assert unrecorded and not [one for one in unrecorded if "its rows are published, but" not in one["line"]]
    assert {one["reached"] for one in found} == {"before the rows", "between rows and record", "after the record"}
    assert max(one["checkpoints"] for one in found if one["checkpoint"]) == 1


@pytest.fixture(scope="session")
def read_only(apart: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield script(apart, "read_only_disk.py", tmp_path_factory.mktemp("read only"))


def test_a_read_only_disk_is_read_as_ever(read_only: Any) -> None:
    for command in ("loads", "kpis", "clauses", "verify", "load known.csv --source complaints"):
        found = read_only["commands"][command]
        assert (found["exit"], found["lines"]) == (0, []) and found["out"], command
    assert read_only["same"], "something was written"


def test_what_would_write_to_a_read_only_disk_is_one_line(read_only: Any) -> None:
    for command in ("load new.csv --source complaints", "run --as-of 2026-04-29", "erase c1 --reason asked --yes"):
        found = read_only["commands"][command]
        assert (found["exit"], found["lines"]) == (2, [f"clauselight: {READ_ONLY}"]), command


def test_every_page_says_that_the_disk_is_read_only(read_only: Any) -> None:
    for page, found in read_only["pages"].items():
        assert any(one.startswith("This workspace is read-only: its disk is") for one in found["warnings"]), page
        assert found["errors"] == [], page
