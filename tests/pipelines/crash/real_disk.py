"""
A disk of memory that runs full in the middle of a load.

`unshare --mount python tests/pipelines/crash/real_disk.py FOLDER` prints what was found as JSON. FOLDER is empty; the
disk is mounted there, and goes with the process, because nobody else sees it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from full_disk import judge, with_one_load
from trials import FILES, forked, integrity, made, one, open_workspace, states, table

from audit.errors import AuditError
from audit.records import loads
from audit.records.trail import trail
from audit.text import Text
from pipelines.runs import results

SIZE = "48m"
LOADS = {
    "keeping the original": [0, 8_192, 16_384, 1_000_000],
    "reading the rows": [0, 12_288],
    "holding the rows at the gate": [0, 4_096],
    "publishing the rows": [0, 4_096, 12_288, 20_480],
    "recording the load": [0, 12_288, 1_000_000],
}
"""Step -> bytes that somebody else leaves on the disk when it begins."""
RUNS = {"Measuring": [0, 163_840, 4_000_000], "Assessing the clauses": [20_480, 81_920]}
CHECKPOINTS = [8_192, 12_288, 16_384, 1_000_000]
FILLER = "filler"


def mount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=True)


def fill(disk: Path, left: int) -> None:
    """As another program would, to the last page but these."""
    with (disk / FILLER).open("wb", buffering=0) as filler:
        while (free := shutil.disk_usage(disk).free) > left:
            filler.write(b"x" * min(free - left, 1_000_000))


def filling(disk: Path, step: str, left: int) -> Callable[[float, Text], None]:
    """A progress that fills the disk when the step begins."""

    def told(share: float, words: Text) -> None:
        if words.en.partition(":")[0] == step and not (disk / FILLER).exists():
            fill(disk, left)

    return told


def stopped(folder: Path, disk: Path, step: str, left: int) -> tuple[str, bool]:
    """The line for people, "" where all went well; and whether the disk was filled at all."""
    workspace = open_workspace(folder)
    line = ""
    try:
        with workspace.open_records() as records:
            progress = filling(disk, step, left)
            made(workspace, records, progress) if step in RUNS else one(workspace, records, FILES[1], progress)
    except AuditError as error:
        line = str(error)
    return line, (disk / FILLER).exists()


def readable(folder: Path) -> list[str]:
    """While the disk is full: table, records and the last run are read as ever."""
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        assert table(workspace) in states() and loads.every(records) and trail.verify(records) == []
        assert results.latest(workspace)
        return [one.what.en for one in integrity.damage(workspace, records)]


def full(template: Path, disk: Path, step: str, left: int, checkpoint: bool) -> dict[str, Any]:
    folder = shutil.copytree(template, disk / "house")
    if checkpoint:
        status, words = forked(lambda: often(folder))
        assert status == 0, words
    found: dict[str, Any] = {"step": step, "left": left, "checkpoint": checkpoint}
    try:
        status, words = forked(lambda: stopped(folder, disk, step, left))
        assert status == 0, words
        found["line"], filled = json.loads(words)
        assert filled, "the step was never told"
        status, words = forked(lambda: readable(folder))
        assert status == 0, f"while the disk is full: {words}"
        (disk / FILLER).unlink()
        was = "run" if step in RUNS else "load"
        status, words = forked(lambda: judge(folder, found["line"] or was, was))
        assert status == 0, words
        found["reached"], found["checkpoints"] = json.loads(words), checkpoints(folder)
    except AssertionError as error:
        found["wrong"] = str(error)
    finally:
        (disk / FILLER).unlink(missing_ok=True)
        shutil.rmtree(folder)
    return found


def often(folder: Path) -> None:
    """Delta writes a checkpoint behind the next commit."""
    standing = DeltaTable(open_workspace(folder).table("complaints"))
    standing.alter.set_table_properties({"delta.checkpointInterval": str(standing.version() + 2)})


def fulls(template: Path, disk: Path) -> list[dict[str, Any]]:
    mount(disk, f"size={SIZE}")
    every = [full(template, disk, step, left, False) for step, lefts in (LOADS | RUNS).items() for left in lefts]
    return [*every, *(full(template, disk, "publishing the rows", left, True) for left in CHECKPOINTS)]


def checkpoints(folder: Path) -> int:
    return len(list(open_workspace(folder).table("complaints").glob("_delta_log/*.checkpoint.parquet")))


def with_a_run(base: Path) -> Path:
    folder = with_one_load(base)

    def begin() -> None:
        workspace = open_workspace(folder)
        with workspace.open_records() as records:
            made(workspace, records)

    status, words = forked(begin)
    assert status == 0, words
    return folder


if __name__ == "__main__":
    disk, base = Path(sys.argv[1], "disk"), Path(sys.argv[1], "base")
    disk.mkdir(), base.mkdir()
    print(json.dumps(fulls(with_a_run(base), disk), indent=1))
