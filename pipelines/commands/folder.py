"""load --from-folder: for a schedule. Where nothing is new it is over before any library is imported."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from pipelines.loading.from_folder import Found, Memory, look


def load(asked: argparse.Namespace) -> int:
    """
    Exit codes as for `load`, of the files that were loaded now; what is unchanged was told before.
    A file that was refused is tried again when it has changed.
    """
    named = asked.workspace or os.environ.get("CLAUSELIGHT_WORKSPACE")
    folder = Path(asked.from_folder)
    if named:
        memory = Memory(Path(named), folder, asked.source, asked.mapping)
        found = look(folder, memory) if memory.read() is not None else []
        if found and all(file.load for file in found):
            return _nothing_new(asked, found)
    from pipelines.commands.loading import load_folder

    return load_folder(asked)


def _nothing_new(asked: argparse.Namespace, found: list[Found]) -> int:
    if asked.json:
        rows = [unchanged_row(asked.source, file.path.name, file.load) for file in found]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():  # a schedule would send its words by mail, every time
        print(f"nothing is new in {asked.from_folder}: {len(found)} files are unchanged")
    return 0


def unchanged_row(source: str, file: str, load: str) -> dict[str, object]:
    return {"load": load, "source": source, "file": file, "unchanged": True}
