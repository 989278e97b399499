"""Makes files outlast a power cut: neither data files nor the log of a Delta table are flushed by those who write."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def settle(files: Iterable[Path]) -> None:
    """The files, then the folders in which they are named."""
    named = list(files)
    for path in [*named, *dict.fromkeys(file.parent for file in named)]:
        flush(path)


def settle_commit(table: Path, version: int) -> None:
    """The commit that names the data comes last."""
    commit = table / "_delta_log" / f"{version:020}.json"
    for path in (commit, commit.parent, table, table.parent):
        flush(path)


def flush(path: Path) -> None:
    """A file, or the renames in a folder."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such call for folders
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
