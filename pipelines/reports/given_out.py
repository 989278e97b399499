"""
Packs that this workspace gave out, each noted by its sum in a line of `given-out.jsonl`, so that one that comes back is
compared as a whole. It is no part of the records: nothing of it stands in the trail or in a pack.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from audit.records import Records
from audit.records.appending import append
from audit.records.tables import canonical
from pipelines.durable import flush
from pipelines.reports import pack
from pipelines.runs.run_folder import Run
from pipelines.upkeep.read_only import read_only
from pipelines.workspace import Workspace

FILE = "given-out.jsonl"


def build(workspace: Workspace, records: Records, run: Run) -> bytes:
    """A pack that is noted before anybody holds it; where nothing can be written it is built all the same."""
    content = pack.build(workspace, records, run)
    if not (records.read_only or read_only(workspace)):
        note = {"at": records.clock().isoformat(), "run": run.id, "sha256": hashlib.sha256(content).hexdigest()}
        with suppress(OSError):
            _add(workspace, note)
    return content


def noted(workspace: Workspace) -> set[str]:
    """SHA-256 of every pack that was noted."""
    try:
        with (workspace.folder / FILE).open("rb") as file:
            return set(_sums(file))
    except OSError:
        return set()


def _add(workspace: Workspace, note: dict[str, str]) -> None:
    """Once for each sum, also of two who build at once."""
    path = workspace.folder / FILE
    with path.open("a+b") as file:
        _alone(file)
        file.seek(0)
        if note["sha256"] in set(_sums(file)):
            return
        append(file, canonical(note) + "\n")
    flush(path.parent)


def _alone(file: IO[bytes]) -> None:
    """Until the file is closed. Windows has no such lock: there a sum can stand twice, which says nothing else."""
    if os.name != "nt":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _sums(file: IO[bytes]) -> Iterator[str]:
    for line in file:
        with suppress(ValueError, TypeError, LookupError):
            yield str(json.loads(line)["sha256"])
