"""What a killed process had not finished: nobody reads it, it takes room, and an erasure must not miss it."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipelines.publishing import in_progress
from pipelines.workspace import Workspace

PATTERNS = (
    "store/*/.*.tmp",
    "runs/.making-*",
    "runs/.latest*.tmp",
    "folders/*.tmp",
    "mappings/.*.tmp",
    "facts/*/_delta_log/*.tmp",
    "key/.pseudonyms.key-*",
    ".key.fingerprint-*",
    ".erasing",
)


def sweep(workspace: Workspace, before: float = math.inf) -> None:
    """What was last touched before this moment, where the system cannot say whether somebody is at work."""
    in_progress.sweep(workspace.waiting, before)
    for path in found(workspace.folder):
        with suppress(OSError):  # what cannot be removed is tried again the next time
            if path.stat().st_mtime < before:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def found(folder: Path) -> Iterator[Path]:
    for pattern in PATTERNS:
        yield from folder.glob(pattern)
