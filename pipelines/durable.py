"""Makes a commit of a Delta table outlast a power cut: neither the data files nor the log are flushed by delta-rs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import unquote


def settle(table: Path, version: int) -> None:
    """The data first, the commit that names it last."""
    commit = table / "_delta_log" / f"{version:020}.json"
    # splitlines would also break at U+2028 and the like, which may stand in the statistics of a column
    actions = [json.loads(line) for line in commit.read_text(encoding="utf-8").split("\n") if line]
    added = [table / unquote(action["add"]["path"]) for action in actions if "add" in action]
    for path in [*added, *dict.fromkeys(file.parent for file in added), commit, commit.parent, table, table.parent]:
        _flush(path)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such call for folders
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
