"""What the file system says of a file, to tell whether somebody wrote to it."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Size, time of the last change of the content and of the entry (ns), inode: where all are the same, nobody wrote."""


def stamp(path: Path) -> Stamp | None:
    """None where the file is gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino
