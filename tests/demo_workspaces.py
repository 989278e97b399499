"""The workspaces of the demonstration's stories: each takes long to make, so it is made once for all that test."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipelines.demo import make_demo

MADE = dt.datetime(2026, 11, 2, 8, 0, tzinfo=dt.UTC)
LONGEST = 600
"""Seconds that one waits for whoever is making it."""


class Demos:
    def __init__(self, temporary: Path) -> None:
        """Processes that test beside each other have temporary folders beside each other."""
        self.folder = (temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary) / "demos"

    def copy(self, story: str, to: Path) -> Path:
        """Whoever wants to read or change it has a copy; nobody opens what is copied."""
        return shutil.copytree(self._made(story), to)

    def _made(self, story: str) -> Path:
        """It appears whole or not at all."""
        alone = self.folder / story
        alone.mkdir(parents=True, exist_ok=True)
        with _locked(self.folder / f"{story}.lock"):
            if not (alone / "demo").exists():
                make_demo(alone / "demo", story, lambda: MADE)
                assert [path.name for path in alone.iterdir()] == ["demo"], "something is left beside the workspace"
        return alone / "demo"


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Every system has this lock, and it goes with the process."""
    with closing(sqlite3.connect(file, timeout=LONGEST, isolation_level=None)) as lock:
        lock.execute("begin exclusive")
        yield
