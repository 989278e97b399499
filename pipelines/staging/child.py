"""
Has a parser read a dangerous file in a process of its own, with limits of memory and time: whatever the file does to
the parser, the program lives on. Both sides are here, and import nothing of the program, so that the child starts fast.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY = 1_000_000_000
SECONDS = 60
PATIENCE = 3
"""By the clock a child may take as many times as long, on a machine that does other things too."""
OUT_OF_MEMORY = 3
OUT_OF_TIME = tuple(-getattr(signal, name) for name in ("SIGKILL", "SIGXCPU") if hasattr(signal, name))
# more threads would take up the memory that is allowed, each a part of it for itself
ALONE = {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system", "OPENPYXL_LXML": "False",
}  # fmt: skip


class TooMuch(Exception):
    """The parser ran out of the memory or the time that it is allowed."""


class Broken(Exception):
    """The parser gave up, or fell over."""


def told(parser: Path, content: bytes, asked: dict[str, Any], memory: int = MEMORY, seconds: int = SECONDS) -> bytes:
    """What the parser writes. It is a file with a function `main(asked, content)` that writes to standard output."""
    command = [sys.executable, "-I", __file__, str(parser), json.dumps(asked), str(memory), str(seconds)]
    try:
        child = subprocess.run(
            command, input=content, capture_output=True, timeout=PATIENCE * seconds, env=os.environ | ALONE
        )
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    if child.returncode in (OUT_OF_MEMORY, *OUT_OF_TIME):
        raise TooMuch
    if child.returncode:
        raise Broken
    return child.stdout


def limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        allowed = resource.getrlimit(kind)[1]
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (most, most))


def main(parser: str, asked: str, memory: str, seconds: str) -> None:
    limit(int(memory), int(seconds))
    runpy.run_path(parser)["main"](json.loads(asked), sys.stdin.buffer.read())


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
