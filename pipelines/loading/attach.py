"""Takes in the file of a document: its type is found by its content, and the same content is kept once."""

from __future__ import annotations

from dataclasses import dataclass

from audit.errors import RecordError
from audit.records.document.file_type import file_type
from audit.wording import say
from pipelines.receive import arrived, keep
from pipelines.upkeep.turn import beside_others
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Attached:
    """As a document names it."""

    sha256: str
    file: str
    size: int
    file_type: str


@beside_others
def attach(workspace: Workspace, content: bytes, name: str) -> Attached:
    """Raises RecordError for nothing, for a program, and for a content that its name denies; then nothing is kept."""
    received = arrived(content, name)
    if not content:
        raise RecordError(say("'{file}' is empty; choose the file again, or go on without one", file=received.file))
    found = file_type(content, received.file)
    keep(workspace.store, received)
    return Attached(received.sha256, received.file, len(content), found)
