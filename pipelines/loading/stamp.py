"""What the file system says of a file: where it is as it was, so is the file."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Size, times of the last change of content and of anything (nanoseconds since 1970), number in its file system."""


def stamp(path: Path) -> Stamp | None:
    """None where the file is gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino
