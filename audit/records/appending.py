"""Lines that are only ever added to a file, of which a power cut can leave half a one."""

from __future__ import annotations

import os
from typing import IO


def append(file: IO[bytes], lines: str) -> None:
    """On the disk when it returns, and not glued to half a line. `file` is open for reading and appending."""
    if file.seek(0, os.SEEK_END):
        file.seek(-1, os.SEEK_END)
        lines = lines if file.read(1) == b"\n" else f"\n{lines}"
    file.write(lines.encode())
    file.flush()
    os.fsync(file.fileno())
