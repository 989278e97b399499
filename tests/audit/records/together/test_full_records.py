"""Decisions, uploads and sign-offs on a disk that runs full: a clear sentence, nothing lost, and work goes on after."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ALONE = [["unshare", "--mount"], ["unshare", "--mount", "--user", "--map-root-user"]]
"""Who is not root may mount in a world of one's own, where the system allows it."""
LINE = re.compile(
    r"[^/\n]+ cannot be (kept|written|opened) \([^/\n]+\); (nothing was changed|see that|entry \d+ is kept).*"
)
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits of files"),
    pytest.mark.xdist_group("records on sqlite"),
]


def found(folder: Path, *more: str, before: list[str] | None = None) -> list[dict[str, Any]]:
    command = [*(before or []), sys.executable, str(HERE / "full_records.py"), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    every: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(every) == 20
    return every


def judge(every: list[dict[str, Any]]) -> None:
    """What lies there was judged by the script, by what the writer had been told and by `verify`, also after more."""
    for one in every:
        assert (one["ends"], one["judged"]) == ([0, 0, 0], [[], [], True]), one
        assert all(LINE.fullmatch(line) and len(line) < 250 for line in one["lines"]), one["lines"]
    kinds = {kind for one in every for kind in one["found"]}
    assert kinds == {"decision", "document", "signature", "line"}, "some were kept and some were not"
    assert not {"decision", "document", "signature"} & set(every[0]["found"]), "without room nothing is kept"
    counts = [sum(count for kind, count in one["found"].items() if kind != "line") for one in every]
    assert counts[-1] > counts[len(counts) // 2] > 0, "with more room more is kept"


def test_where_no_file_may_grow_beyond_a_size_nothing_is_lost(tmp_path: Path) -> None:
    every = found(tmp_path)
    judge(every)
    assert every[-1]["lines"] == [], "there was room enough"


def test_on_a_real_disk_that_somebody_else_fills_nothing_is_lost(tmp_path: Path) -> None:
    every = found(tmp_path, "disk", before=apart(tmp_path))
    judge(every)
    assert any("the disk is full" in line for one in every for line in one["lines"])


def apart(folder: Path) -> list[str]:
    """How a command is begun that may mount."""
    why = "there is no unshare"
    for way in ALONE if shutil.which("unshare") else []:
        mounted = ["sh", "-c", 'mount -t tmpfs -o size=1m none "$0"', str(folder)]
        tried = subprocess.run([*way, *mounted], capture_output=True, text=True)
        if tried.returncode == 0:
            return way
        why = tried.stderr.strip()
    pytest.skip(f"no disk can be mounted ({why}){' in this CI' if os.environ.get('CI') else ''}")
