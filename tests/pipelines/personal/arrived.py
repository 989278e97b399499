"""Files that came in."""

from __future__ import annotations

from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records
from pipelines.load import load
from pipelines.workspace import Workspace


def arrive(workspace: Workspace, records: Records, source: str, file: str, content: bytes, **mapping: object) -> Load:
    written = Mapping.model_validate({"source": source, **mapping})
    return load(workspace, records, content, file, source, written, "Ann")
