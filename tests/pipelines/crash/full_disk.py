"""
Loads and runs on a disk that is full at any step: `python tests/pipelines/crash/full_disk.py` prints what was found.

A file may not grow beyond so many bytes, which fails writes as a full disk does, and needs no rights: small limits stop
the original, larger ones the rows, the log of the table, the records and the run.
"""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trials import FILES, forked, integrity, made, one, open_workspace, prepared, ready, states, table

from audit.errors import AuditError
from audit.records import loads

LIMITS = [0, 300, 3_000, 5_000, 8_000, 12_400, 20_700, 41_500, 100_000, 1_000_000]
"""Bytes."""


def filled(folder: Path, limit: int, task: Callable[..., Any]) -> str:
    """The line for people, "" where all went well; anything else than such a line is raised."""
    workspace = open_workspace(folder)
    try:
        with workspace.open_records() as records:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            task(workspace, records)
    except AuditError as error:
        return str(error)
    return ""


def judge(folder: Path, line: str, was: str) -> str:
    """Which step was stopped; raises AssertionError where anything is lost, or not mended once there is room."""
    assert line == "" or line.isprintable() and len(line) < 400, line
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        recorded, standing = len(loads.every(records)), states().index(table(workspace))
        assert recorded in (1, 2) and standing in (recorded, recorded + 1) and (line or recorded == 2), (line, recorded)
        damage = integrity.damage(workspace, records)
        assert len(damage) == standing - recorded, damage
        if was == "load":
            one(workspace, records, FILES[1])
        one(workspace, records, FILES[1])
        assert table(workspace) == states()[2] and len(loads.every(records)) == 2
        assert was == "load" or made(workspace, records)
        assert integrity.damage(workspace, records) == []
        return ["before the rows", "between rows and record", "after the record"][standing - 1 + recorded - 1]


def disk(template: Path, base: Path, limit: int, was: str) -> dict[str, Any]:
    folder = shutil.copytree(template, base / f"{was} {limit}")
    task = (lambda workspace, records: one(workspace, records, FILES[1])) if was == "load" else made
    status, words = forked(lambda: filled(folder, limit, task))
    if status == 0:
        line = json.loads(words)
        status, words = forked(lambda: judge(folder, line if was == "load" else line or "run", was))
        return {"limit": limit, was: line} | ({"step": json.loads(words)} if status == 0 else {"wrong": words})
    return {"limit": limit, "wrong": words}


def with_one_load(base: Path) -> Path:
    folder = prepared(base)
    ready(base, folder)

    def begin() -> None:
        workspace = open_workspace(folder)
        with workspace.open_records() as records:
            one(workspace, records, FILES[0])

    status, words = forked(begin)
    assert status == 0, words
    return folder


def disks() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as base:
        template = with_one_load(Path(base))
        found = [disk(template, Path(base), limit, "load") for limit in LIMITS]
        return [*found, *(disk(template, Path(base), limit, "run") for limit in (0, 20_000))]


if __name__ == "__main__":
    print(json.dumps(disks(), indent=1))
