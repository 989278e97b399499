"""load, loads, rejects: files come in, and what came of them."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import AuditError, SourceError
from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records
from audit.records import loads as kept
from pipelines import definitions
from pipelines.commands.arrival import Arrival, as_row, print_loads
from pipelines.commands.terminal import actor, at_work, begin_workspace, print_table, progress_bar, say, tell
from pipelines.loading.from_folder import Found, Memory, growing, look
from pipelines.loading.stamp import stamp
from pipelines.staging import size
from pipelines.workspace import Workspace, chosen

if TYPE_CHECKING:
    from pipelines.gate import Engine


def load(asked: argparse.Namespace) -> int:
    """Exit 0: all published; 1: the gate stopped a file; 2: a file or some of its lines were refused."""
    mapping = _mapping(asked)
    begin_workspace(asked)
    with at_work(asked) as (workspace, records):
        known = kept.every(records)
        came = [_arrival(workspace, records, name, mapping, known, asked.engine, asked.again) for name in asked.files]
        code = _tell(asked, workspace, came)
        if not asked.json:  # on a schedule, what is no error must not become a mail
            for notice in (notice for arrival in came for notice in arrival.notices(known)):
                print(notice)
        return code


def load_folder(asked: argparse.Namespace) -> int:
    """Exit codes as for `load`, of the files that are loaded now."""
    mapping, folder = _mapping(asked), Path(asked.from_folder)
    memory = Memory(chosen(asked.workspace), folder, asked.source, asked.mapping)
    files = look(folder, memory)
    begin_workspace(asked)
    with at_work(asked) as (workspace, records):
        waiting = growing([file for file in files if not file.load], records.clock().timestamp())
        known = kept.every(records)
        came = [_came(workspace, records, file, mapping, waiting, known, asked.engine) for file in files]
        memory.keep(_remembered(file, arrival) for file, arrival in zip(files, came, strict=True))
        return _tell(asked, workspace, came)


def loads(asked: argparse.Namespace) -> int:
    with at_work(asked) as (_, records):
        found = kept.every(records)
    tell(asked, [as_row(one) for one in found], lambda: print_loads(found))
    return 0


def rejects(asked: argparse.Namespace) -> int:
    from pipelines.load import rejects_of

    with at_work(asked) as (workspace, records):
        found = rejects_of(workspace, kept.find(records, asked.load))
    rows = [{"line": r.line, "column": r.column, "value": r.value, "reason": r.reason.en} for r in found]
    tell(asked, rows, lambda: print_table(["line", "column", "value", "reason"], [list(row.values()) for row in rows]))
    return 0


def _mapping(asked: argparse.Namespace) -> Mapping:
    contract = definitions.source(asked.source)
    named = definitions.mapping_path(asked.mapping, chosen(asked.workspace)) if asked.mapping else None
    return definitions.mapping(named, contract.name)


def _arrival(
    workspace: Workspace,
    records: Records,
    name: str,
    mapping: Mapping,
    known: list[Load],
    engine: Engine,
    once_more: bool = False,
) -> Arrival:
    """What comes of the file joins what is known."""
    from pipelines.load import Refused
    from pipelines.load import load as load_file

    try:
        content = _readable(Path(name))
        with progress_bar(Path(name).name) as moved:
            found = load_file(
                workspace, records, content, name, mapping.source, mapping, actor(), moved, engine, once_more
            )
        again = any(load.id == found.id and load.published for load in known)
        known.insert(0, found)
        return Arrival(mapping.source, name, found, again=again)
    except Refused as error:
        known.insert(0, error.load)
        return Arrival(mapping.source, name, error.load, str(error))
    except AuditError as error:
        return Arrival(mapping.source, name, None, str(error))


def _came(
    workspace: Workspace,
    records: Records,
    file: Found,
    mapping: Mapping,
    waiting: set[str],
    known: list[Load],
    engine: Engine,
) -> Arrival:
    """
    A file that was refused or stopped is known as well, so it is not tried again until it changes. One that holds again
    what it once held is loaded again, where rows of it were replaced meanwhile; a copy under a new name is not.
    """
    if file.path.name in waiting:
        return Arrival(mapping.source, str(file.path), waiting=True)
    if former := file.load or _former(file, mapping, known):
        return Arrival(mapping.source, str(file.path), unchanged=former)
    arrival = _arrival(workspace, records, str(file.path), mapping, known, engine, file.was != "")
    if arrival.again and arrival.load:
        return Arrival(mapping.source, str(file.path), unchanged=arrival.load.id)
    return arrival


def _former(file: Found, mapping: Mapping, known: Sequence[Load]) -> str:
    """The load of these bytes, unless the name is new, held others last or was read through another mapping last."""
    from pipelines.loading.load_id import fingerprint
    from pipelines.receive import cleaned

    of, through, sha256 = mapping.source, fingerprint(mapping), _sha256(file.path)
    same = [load for load in known if (load.source, load.mapping) == (of, through)]
    of_bytes = next((load.id for load in same if load.sha256 == sha256), "")
    if file.was is None:  # no look is remembered: the records know names
        last = next((load for load in known if (load.source, load.file) == (of, cleaned(file.path.name))), None)
        return of_bytes if last is None or (last.mapping, last.sha256) == (through, sha256) else ""
    return of_bytes if any(load.id == file.was and load.sha256 == sha256 for load in same) else ""


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""


def _remembered(file: Found, came: Arrival) -> Found:
    """Without a load where nothing could be recorded, or where somebody wrote to the file while it was read."""
    load = came.load.id if came.load else came.unchanged
    return replace(file, load=load if stamp(file.path) == file.stamp else "")


def _tell(asked: argparse.Namespace, workspace: Workspace, came: Sequence[Arrival]) -> int:
    recorded = [arrival.load for arrival in came if arrival.load]
    tell(asked, [arrival.row() for arrival in came], lambda: print_loads(recorded) if recorded else None)
    for arrival in came:
        for complaint in arrival.complaints(workspace):
            say(complaint)
    return max((arrival.exit_code for arrival in came), default=0)


def _readable(path: Path) -> Path:
    try:
        size.refuse_too_large(path)
        return path
    except IsADirectoryError:
        raise SourceError(f"{path}: this is a folder; write --from-folder {path}, or name the files in it") from None
    except OSError as error:
        raise SourceError(f"{path}: {(error.strerror or 'cannot be read').lower()}; name a file that exists") from None
