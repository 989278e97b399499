"""One case in a process of its own: imports first, then the clock; what was measured goes to the standard output."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from tests.bench.cases import CASES
from tests.bench.job import Job


def main(name: str, files: str, scratch: str) -> None:
    work = CASES[name].ready(Job(Path(files), Path(scratch)))
    at_rest = peak()
    cpu, begun = _cpu(), time.perf_counter()
    told = work()
    wall = time.perf_counter() - begun
    measured = {"wall": wall, "cpu": _cpu() - cpu, "peak": peak(), "at_rest": at_rest, "told": told}
    print(json.dumps(measured))


def _cpu() -> float:
    """Seconds of this process and of those that it started and waited for."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def peak() -> int:
    """Most bytes that were resident at once. Of getrusage only where there is no better: it remembers the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
