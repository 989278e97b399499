"""Runs one case in a fresh process and measures it from outside too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

LIBRARIES = "deltalake, duckdb, great_expectations, pandas, pyarrow.parquet, pipelines.load, pipelines.gate"
HOUSE = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Run:
    """Seconds and bytes; the work is what a case does after its imports, the whole is its process from start to end."""

    wall: float
    cpu: float
    whole_wall: float
    whole_cpu: float
    peak: float
    told: dict[str, Any]


def run(case: str, files: Path, scratch: Path) -> Run | str:
    """What was measured, or one line that says why not."""
    os.sync()  # what the case before has written must not be written at the cost of this one
    begun = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.work", case, str(files), str(scratch)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, cwd=HOUSE, env=_compiled(files), stdout=out, stderr=err)
        watch = Watch(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        whole = time.perf_counter() - begun
        child.returncode, family = os.waitstatus_to_exitcode(status), watch.stop()
        answer, complaints = _lines(out), _lines(err)
    if child.returncode:
        return (complaints or [f"exit code {child.returncode}"])[-1][:200]
    told = json.loads(answer[-1])
    peak = max(told["peak"], family)
    return Run(told["wall"], told["cpu"], whole, usage.ru_utime + usage.ru_stime, peak, told["told"])


def _lines(file: IO[bytes]) -> list[str]:
    file.seek(0)
    return file.read().decode(errors="replace").strip().splitlines()


def compile_once(files: Path) -> None:
    """So that no round pays for what a user has paid at the first start."""
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], cwd=HOUSE, env=_compiled(files), check=True)


def _compiled(files: Path) -> dict[str, str]:
    """Modules are compiled once and kept, as they are for a user, whatever the machine that measures is set to."""
    if "PYTHONDONTWRITEBYTECODE" not in os.environ:
        return dict(os.environ)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(files.parent / "compiled")}


class Watch:
    """
    The most bytes that a process and those it started held together, looked at every tenth of a second. What one
    process held it knows better itself: this is for a case that works with several.
    """

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.ended = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        self.ended.set()
        self.thread.join()
        return self.most

    def _look(self) -> None:
        while not self.ended.wait(0.1):
            self.most = max(self.most, sum(map(_resident, _family(self.pid))))


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [member for child in task.read_text().split() for member in _family(int(child))]
        except OSError:
            continue  # it has ended meanwhile
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
