"""Changes what a workspace is audited against: its edition and its packs, in workspace.yaml."""

from __future__ import annotations

import json
import re

from audit.access.person import Who
from audit.errors import DefinitionError, RecordError
from audit.records import Records, set_ups
from audit.wording import say
from pipelines import whole
from pipelines.workspace import SetUp, Workspace, open_workspace
from pipelines.yaml_file import Page


def audit_against(
    workspace: Workspace, records: Records, edition: str, packs: tuple[str, ...], who: Who, reason: str
) -> Workspace:
    """The workspace with this edition and these packs for the next run; everything else that its file says stays."""
    workspace.checklist(edition, packs)  # raises DefinitionError where they cannot be used
    records.require(who, "set")
    if (edition, packs) == (workspace.set_up.edition, workspace.set_up.packs):
        return workspace
    text = _changed(workspace, edition, packs)
    with set_ups.kept(records, edition, packs, who, reason):
        _write(workspace, text)
    return open_workspace(workspace.folder)


def _changed(workspace: Workspace, edition: str, packs: tuple[str, ...]) -> str:
    written = workspace.folder / "workspace.yaml"
    text = written.read_bytes().decode("utf-8-sig")
    try:
        for name, value in (("edition", edition), ("packs", list(packs))):
            text = replaced(text, name, json.dumps(value, ensure_ascii=False))
        after = Page(text, "workspace.yaml").as_model(SetUp)
    except DefinitionError:
        after = None
    if after != workspace.set_up.model_copy(update={"edition": edition, "packs": packs}):
        raise RecordError(
            say(
                "workspace.yaml is written in a way that cannot be changed here; write 'edition: {edition}' and "
                "'packs: {packs}' into it, each on a line of its own",
                edition=edition, packs=json.dumps(packs),
            )
        )  # fmt: skip
    return text


def _write(workspace: Workspace, text: str) -> None:
    try:
        whole.write(workspace.folder / "workspace.yaml", text)
    except OSError as error:
        told = say("workspace.yaml cannot be written ({reason}); nothing was changed", reason=error.strerror)
        raise RecordError(told) from error


def replaced(text: str, name: str, value: str) -> str:
    """The text with this value of a key, in the place of the former or at the end; other lines and comments stay."""
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    found = _lines_of(text, lines, name)
    if found is None:
        last = "" if text.endswith("\n") else ending
        return f"{text}{last}{name}: {value}{ending}"
    start, stop = found
    remark = re.search(r"\s+#.*", lines[start].rstrip())
    line = f"{name}: {value}{remark.group() if remark else ''}{ending}"
    return "".join([*lines[:start], line, *lines[stop:]])


def without(text: str, name: str) -> str:
    """The text without this key; other lines and comments stay."""
    lines = text.splitlines(keepends=True)
    start, stop = _lines_of(text, lines, name) or (0, 0)
    return "".join([*lines[:start], *lines[stop:]])


def _lines_of(text: str, lines: list[str], name: str) -> tuple[int, int] | None:
    """The first line of a key and the first after it, counted from 0; None where there is no such key."""
    places = Page(text, "workspace.yaml").places
    begins = {place[0]: line - 1 for place, (line, _) in places.items() if len(place) == 1}
    if name not in begins:
        return None
    start = begins[name]
    stop = min((line for line in begins.values() if line > start), default=len(lines))
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return start, stop
