"""A process that permissions bind, also where the tests run as root, whom none binds before it gives up the right."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
VERSION_3 = 0x20080522
"""Of Linux's capabilities: two words of 32 bits each for what is effective, permitted and inherited."""


def give_up_rights() -> None:
    """For the rest of this process. A user who is not root has none of them."""
    if os.getuid() == 0 and sys.platform == "linux":
        header, none = (ctypes.c_uint32 * 2)(VERSION_3, 0), (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None, use_errno=True).capset(header, none):
            raise OSError(ctypes.get_errno(), "the rights of root cannot be given up")


def python(code: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Python code in such a process."""
    begun = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}]; import unprivileged as u; u.give_up_rights()\n"
    )
    command = [sys.executable, "-c", begun + code, *arguments]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | more
    return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, timeout=300)


@contextmanager
def closed(folder: Path) -> Iterator[Path]:
    """Nobody may write to anything in it for as long as this lasts."""
    try:
        _allow(folder, 0o555, 0o444)
        yield folder
    finally:
        _allow(folder, 0o755, 0o644)


def _allow(folder: Path, folders: int, files: int) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(folders if path.is_dir() else files)
