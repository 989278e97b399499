"""Runs one piece of work under the clock and prints what it took; it knows nothing of either side."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

BEGUN = time.perf_counter()
"""Nearly the start of the process: the scripts import this first."""


def measured(work: Callable[[], dict[str, float]]) -> None:
    """The work begins after the imports; what it returns must be the same on both sides."""
    before, begun = _cpu(), time.perf_counter()
    told = work()
    ended = time.perf_counter()
    figures = {"wall": ended - begun, "cpu": _cpu() - before, "whole": ended - BEGUN, "peak": _peak(), "told": told}
    print(json.dumps(figures))


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak() -> int:
    """Most bytes that were resident at once."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
