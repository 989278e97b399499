"""A process of its own that does something to a workspace and stops in the middle, until it is let go or killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
BEGIN = """
import os, sys
from pathlib import Path
sys.path.insert(0, {house!r})
from audit.mapping import Mapping
from pipelines.load import load
from pipelines.run import run
from pipelines.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]))

stops = ["here"]
def stop():
    if stops:
        print(stops.pop(), flush=True)
        sys.stdin.readline()

def stop_before(words):
    return lambda share, told: stop() if told.en == words else None

def stop_in(name):
    real = getattr(os, name)
    def call(*given, **named):
        stop()
        return real(*given, **named)
    setattr(os, name, call)
"""


@contextmanager
def stopped(code: str, workspace: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`code` may say `stop()`, `stop_before(words of the progress)` or `stop_in("fsync")`, for the first such call."""
    command = [sys.executable, "-c", BEGIN.format(house=str(HOUSE)) + code, str(workspace), *arguments]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=HOUSE, env=os.environ)
    assert child.stdin and child.stdout and child.stderr
    try:
        assert child.stdout.readline() == "here\n", child.stderr.read()
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()


def let_go(child: subprocess.Popen[str]) -> str:
    """What it printed to the end."""
    out, err = child.communicate("go on\n", timeout=120)
    assert child.returncode == 0, err
    return out
