"""The ways in which the columns of a file can be read: as in a mapping that is known, or matched by a person."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from audit.errors import AuditError
from audit.mapping import Mapping
from pages.components.guided.draft import MATCH, Draft
from pipelines import definitions, suggest, yaml_file
from pipelines.loading import preview
from pipelines.loading.preview import Preview, Progress
from pipelines.staging.header import plain as same
from pipelines.suggest import Recognised

OWN_FILE = "file"
"""A mapping that the reader uploads."""
WRITING = frozenset(("encoding", "delimiter", "sheet", "header_line"))
"""The keys that say how a file is written."""


def look(draft: Draft, progress: Progress) -> None:
    """Reads the file as the draft says it is written, if that has not been done yet."""
    if draft.seen and draft.seen[0] == draft.reading:
        return
    found: Preview | AuditError
    try:
        found = preview.preview(draft.bare, draft.file, draft.basic_reading(), progress)
    except AuditError as error:
        found = error
    draft.seen = copy.deepcopy(draft.reading), found
    draft.counted_for = None


def recognise(draft: Draft, workspace: Path) -> None:
    if draft.preview:
        draft.recognised = suggest.recognised(draft.preview.names, definitions.saved_mappings(workspace))


def choose_best(draft: Draft, workspace: Path) -> None:
    """What fits the names completely is proposed first; where nothing does, the columns are matched."""
    recognise(draft, workspace)
    complete = [one for one in draft.recognised if one.complete]
    if complete:
        draft.source = complete[0].source
        choose(draft, code(complete[0]), workspace)
    elif draft.recognised and draft.recognised[0].source == draft.source:
        choose(draft, code(draft.recognised[0]), workspace)


def code(one: Recognised) -> str:
    return f"{one.known.kind}:{one.known.name}"


def fitting(draft: Draft) -> list[Recognised]:
    """Those for the chosen dataset."""
    return [one for one in draft.recognised if one.source == draft.source]


def chosen(draft: Draft) -> Recognised | None:
    return next((one for one in fitting(draft) if code(one) == draft.way), None)


def complete(draft: Draft) -> bool:
    """Nothing is left to match: the file can be tried at once."""
    one = chosen(draft)
    return (one is not None and one.complete) or draft.way == OWN_FILE


def choose(draft: Draft, way: str, workspace: Path) -> None:
    """
    Takes over what a known mapping says; where it says nothing of it, the file stays as it is read. A saved mapping
    that somebody has taken away or spoilt meanwhile leaves the columns to be matched: a callback may raise nothing.
    """
    draft.way, draft.way_failed = way, None
    draft.columns, draft.settled, draft.base = {}, {}, None
    draft.reading = _bare(draft)
    if way.startswith("own:") and draft.preview:
        own = suggest.own_columns(draft.contract, draft.preview.names)
        draft.columns = {name: {"from": [found]} for name, found in own.items()}
    elif ":" in way:
        try:
            take(draft, yaml_file.text_of(_path(way, workspace)))
        except AuditError as error:
            draft.way, draft.way_failed = MATCH, error


def take(draft: Draft, text: str) -> None:
    """Raises DefinitionError where the text is no mapping for the chosen dataset."""
    assert draft.source is not None
    known = definitions.mapping_in(text, draft.source)
    written: dict[str, Any] = yaml_file.Page(text, "mapping").content
    former = draft.reading
    draft.begin_from(text, _numbers(written, known))
    if not _reads_alike(draft, former):
        draft.reading = {key: value for key, value in draft.reading.items() if key not in WRITING} | former


def _reads_alike(draft: Draft, former: dict[str, Any]) -> bool:
    """Whether the file can be read as the mapping says it is written; else it stays as it was proposed."""
    said = draft.reading.get("encoding", "utf-8")
    before = former.get("encoding", "utf-8")
    if draft.how.encodings and said not in draft.how.encodings and not _same_text(draft.bare, said, before):
        return False
    try:
        found = preview.preview(draft.bare, draft.file, draft.basic_reading(), lambda share, words: None)
    except AuditError:
        return False
    return _names_stay(draft, found)


def _names_stay(draft: Draft, found: Preview) -> bool:
    """With another delimiter than the file's, nothing that the mapping asks for is a column any more."""
    seen = set(map(same, draft.preview.names if draft.preview else ()))
    asked = {same(name) for column in draft.columns.values() for name in column.get("from", ())}
    return asked & seen <= set(map(same, found.names)) and (len(found.names) > 1 or len(seen) < 2)


def _same_text(content: bytes, one: str, other: str) -> bool:
    try:
        return content.decode(one) == content.decode(other)
    except (UnicodeDecodeError, LookupError):
        return False


def _bare(draft: Draft) -> dict[str, Any]:
    """How the file is written, without what a former choice of a mapping brought with it."""
    return {key: value for key, value in draft.reading.items() if key in WRITING}


def _numbers(written: dict[str, Any], known: Mapping) -> dict[str, Any]:
    """YAML gives text for everything; the widgets want numbers, as the mapping was understood."""
    counts = ("header_line", "skip_lines_after_header")
    return {key: getattr(known, key) if key in counts else value for key, value in written.items()}


def _path(way: str, workspace: Path) -> Path:
    """Where it is, or was when it was offered."""
    kind, name = way.split(":", 1)
    return workspace / "mappings" / f"{name}.yaml" if kind == "saved" else definitions.ready_mappings()[name]
