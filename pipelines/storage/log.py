"""The names in the log of a Delta table: what they are, in which order they come, and which files commits name."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

FOLDER = "_delta_log"
SHORTCUT = "_last_checkpoint"


def is_log(name: str) -> bool:
    return f"/{FOLDER}/" in name


def repeats(name: str) -> bool:
    """Whether it says again what commits say: a checkpoint, or the name of the last one."""
    return is_log(name) and (name.endswith(SHORTCUT) or ".checkpoint" in name)


def order(name: str) -> tuple[bool, str]:
    """A pointer to a checkpoint comes when the checkpoint is there, and a commit when those before it are."""
    return name.endswith(SHORTCUT), name


def commit(table: Path, version: int) -> Path:
    return table / FOLDER / f"{version:020}.json"


def named(folder: Path) -> set[str]:
    """All files that a commit in this log names, by their path in the table."""
    lines = (line for file in sorted(folder.glob("*.json")) for line in file.read_bytes().splitlines())
    found = (json.loads(line).get("add") for line in lines if b'"add"' in line)
    return {unquote(add["path"]) for add in found if add}
