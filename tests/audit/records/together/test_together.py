"""Many at once, and killed at any moment, on both databases; docs/records.md says what is promised."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import postgres_server
import pytest
from sizes import tried

HERE = Path(__file__).parent
PEOPLE = 20
DATABASES = [
    # each on a core of its own: they take minutes in CI
    pytest.param(name, marks=pytest.mark.xdist_group(f"records on {name}"))
    for name in ("sqlite", "postgresql")
]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def script(name: str, database: str, *arguments: int) -> Any:
    """In a process of its own, because it forks."""
    if database == "postgresql" and postgres_server.binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    command = [sys.executable, str(HERE / name), database, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("database", DATABASES)
def test_a_killed_writer_loses_nothing_that_was_acknowledged(database: str) -> None:
    trials = tried(150)
    found = script("killed_writers.py", database, trials)
    assert found["wrong"] == []
    assert found["trials"] == trials
    assert found["slow to open"] <= trials * 0.1, "opening what a killed writer left takes less than two seconds"
    assert found["at work"] >= trials * 0.6, "killed where nothing is done, nothing is tried"
    assert min(found[kind] for kind in ("decision", "document", "signature")) >= trials * 0.2


@pytest.mark.parametrize("database", DATABASES)
def test_people_who_write_at_once_lose_nothing_and_nobody_reads_a_state_that_never_was(database: str) -> None:
    writes, reads = tried(50), tried(5_000)
    found = script("people_at_work.py", database, PEOPLE, writes, reads)
    assert (found["wrong reads"], found["lost"], found["not acknowledged"], found["damage"]) == ([], [], [], [])
    assert found["acknowledged"] == found["entries"] == found["numbers"] == found["anchored"] >= PEOPLE * writes
    assert found["reads"] == reads and found["reads while writing"] > reads * 0.1
    assert len(found["kinds"]) == 5
