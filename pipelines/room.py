"""Whether the disk of a workspace has room for what is to come; asked before anything is written."""

from __future__ import annotations

import shutil

from audit.errors import RecordError
from pipelines.workspace import Workspace

LEAST = 20_000_000
"""Bytes that the records, a run and the log of a table may need at once."""
TIMES = 3
"""A file is kept as it came, staged, and written into its table; rows that it replaces are written again beside it."""


def refuse_full_disk(workspace: Workspace, size: int = 0) -> None:
    """`size` is that of the file that comes in, in bytes. Raises RecordError, one line that says how much is wanted."""
    free, wanted = shutil.disk_usage(workspace.folder).free, LEAST + TIMES * size
    if free < wanted:
        raise RecordError(
            f"the disk of the workspace has {free / 1e6:,.0f} MB free, and {wanted / 1e6:,.0f} MB are wanted; "
            "nothing was changed: make room and try again"
        )
