"""Whether the disk of a workspace has room for what is to come, and why it could not be written to after all."""

from __future__ import annotations

import shutil

from audit.errors import RecordError
from audit.text import Text
from audit.wording import say
from pipelines.staging.text_file import shown
from pipelines.workspace import Workspace

LEAST = 20_000_000
"""Bytes that the records, a run and the log of a table may need at once."""
TIMES = 3
"""A file is kept as it came, staged, and written into its table; rows that it replaces are written again beside it."""

PLAIN = {
    "No space left": say("the disk is full"),
    "disk is full": say("the disk is full"),
    "Disk quota exceeded": say("your share of the disk is full"),
    "Read-only file system": say("the disk is read-only"),
    "readonly database": say("the disk is read-only"),
    "Permission denied": say("you may not write there"),
}
"""What those who write say of the same thing, some over several lines, with paths and colours."""


def reason(error: BaseException) -> Text | str:
    """For people, on one line; in English alone where it is not known what was meant."""
    said = str(error.__cause__ or error)
    plain = next((plain for sign, plain in PLAIN.items() if sign in said), None)
    return plain or shown(getattr(error, "strerror", None) or said.strip().partition("\n")[0], 200)


def refuse_full_disk(workspace: Workspace, size: int = 0) -> None:
    """`size` is that of the file that comes in, in bytes. Raises RecordError, one line that says how much is wanted."""
    free, wanted = shutil.disk_usage(workspace.folder).free, LEAST + TIMES * size
    if free < wanted:
        raise RecordError(
            say(
                "the disk of the workspace has {free} MB free, and {wanted} MB are wanted; nothing was changed: make "
                "room and try again",
                free=f"{free / 1e6:,.0f}", wanted=f"{wanted / 1e6:,.0f}",
            )
        )  # fmt: skip
