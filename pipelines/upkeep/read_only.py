"""Whether a workspace can be written to; where it cannot, it is shown as it stands and every change is refused."""

from __future__ import annotations

from audit.errors import RecordError
from audit.records.read_only import why
from audit.text import Text
from audit.wording import say
from pipelines.workspace import Workspace


def read_only(workspace: Workspace) -> Text | None:
    """Why it cannot be written to; None where it can."""
    kept = [workspace.facts, workspace.store.folder, workspace.runs, workspace.records_file]
    return why(workspace.folder, *filter(None, kept))


def refuse_read_only(workspace: Workspace) -> None:
    if reason := read_only(workspace):
        raise RecordError(say("this workspace is read-only ({reason}); nothing was changed", reason=reason))
