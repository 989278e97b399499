"""What tests of storage load, and into which twin of a workspace."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable

from audit.load import Load
from audit.records import Records
from pipelines import definitions
from pipelines.load import load
from pipelines.workspace import Workspace

JUNE = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
Made = Callable[..., Workspace]


def twin(workspace: Workspace, name: str) -> Workspace:
    """Another folder, as on another machine, with the same bucket and nothing of the copy."""
    folder = workspace.folder.parent / name
    shutil.copytree(workspace.folder, folder, ignore=shutil.ignore_patterns("facts"))
    return Workspace(folder, workspace.set_up)


def loaded(workspace: Workspace, records: Records, text: str, source: str = "complaints") -> Load:
    return load(workspace, records, text.encode(), "file.csv", source, definitions.mapping(None, source), "Ada")


def complaints(*rows: str) -> str:
    """Each written as 'id customer day'."""
    lines = ["complaint_id,received_at,customer_id,severity"]
    for row in rows:
        id, customer, day = row.split()
        lines.append(f"{id},{day} 10:00:00,{customer},low")
    return "\n".join(lines) + "\n"
