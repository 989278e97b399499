"""Takes a backup of a whole workspace while people work in it, and reads it back before it counts as taken."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.access.person import Who
from audit.errors import RecordError
from audit.records import Records, portable
from audit.records.migrate import revisions
from audit.records.portable import Snapshot
from audit.records.trail.anchor import line, number
from audit.records.trail.trail import Damage
from audit.text import Text
from audit.wording import say
from pipelines import whole
from pipelines.backup import archive, contents
from pipelines.backup.archive import Writing
from pipelines.backup.check import ANCHOR, damage
from pipelines.backup.manifest import FORMAT, MANIFEST, NAME, Head, Manifest
from pipelines.personal import key
from pipelines.upkeep import turn
from pipelines.upkeep.set_up import replaced
from pipelines.workspace import Workspace

Told = Callable[[float, Text], None]
WRITTEN = 0.6
"""Share of the work that is done when everything is written; the rest is reading it back."""


@dataclass(frozen=True)
class Taken:
    file: Path
    manifest: Manifest
    damage: list[Damage]
    """Of the workspace itself: the backup is a true copy of it."""


def backup(workspace: Workspace, records: Records, to: Path, who: Who, with_key: bool, told: Told) -> Taken:
    """
    Into a new file, or under a name with the moment into a folder. Loads and people go on meanwhile; an erasure waits.
    Raises RecordError, and leaves nothing, where it cannot be written or does not read back as it was.
    """
    records.require(who, "back up")
    target = _target(workspace, records, to)
    with turn.together(workspace), tempfile.TemporaryDirectory() as room, _said(target):
        workspace.storage.everything()
        size, done = _size(workspace, target), 0

        def moved(count: int) -> None:
            nonlocal done
            done += count
            told(min(done / max(size, 1), 1) * WRITTEN, say("writing"))

        with whole.unfinished(target, private=True) as beside:
            with archive.writing(beside, moved) as writing:
                manifest = _write(workspace, records, writing, Path(room), with_key)
            found = _read_back(beside, Path(room), lambda share: told(WRITTEN + share * (1 - WRITTEN), say("checking")))
            archive.settle(beside, target)
    return Taken(target, manifest, found)


def _target(workspace: Workspace, records: Records, to: Path) -> Path:
    if to.is_dir():
        name = re.sub(r"[^\w-]+", "-", workspace.set_up.organisation).strip("-") or "workspace"
        to = to / f"{name}-{records.clock():%Y-%m-%dT%H-%M-%SZ}.clauselight"
    if to.exists():
        raise RecordError(say("{file} exists already; name a new file, or a folder", file=to))
    if not to.parent.is_dir():
        raise RecordError(say("{folder} is no folder; make it first, or name another one", folder=to.parent))
    if to.resolve().is_relative_to(workspace.folder.resolve()):
        raise RecordError(
            say("{file} lies inside the workspace and would be lost with it; name a place outside", file=to)
        )
    return to


def _size(workspace: Workspace, target: Path) -> int:
    """Roughly, and more than that must be free."""
    size = sum(file.stat().st_size for file in workspace.folder.rglob("*") if file.is_file())
    free = shutil.disk_usage(target.parent).free
    if free < size:
        raise RecordError(
            say(
                "the backup takes {size} MB, and {folder} has {free} MB free; name another place",
                size=f"{size / 1e6:,.0f}", folder=target.parent, free=f"{free / 1e6:,.0f}",
            )
        )  # fmt: skip
    return size


def _write(workspace: Workspace, records: Records, writing: Writing, room: Path, with_key: bool) -> Manifest:
    noted = _anchored(records)
    with portable.snapshot(records) as moment:
        for name in portable.tables():
            with closing(moment.lines(name)) as lines:
                writing.add(f"records/{name}.jsonl", lines)
        last = Head(moment.seq, moment.hash)
        seen = max([last.seq, *noted])
        writing.add(ANCHOR, _anchor(moment, records, noted))
    writing.add("workspace.yaml", [_set_up(workspace)])
    versions, facts = contents.facts(workspace, moment.loads)
    for parts in (
        facts,
        contents.runs(workspace, versions),
        contents.identities(workspace, room),
        contents.others(workspace, with_key),
    ):
        for name, file in parts:
            writing.add(name, archive.blocks(file))
    organisation, made = workspace.set_up.organisation, records.clock()
    files, schema = writing.files, revisions()[0]
    has_key = key.FILE in files
    manifest = Manifest(FORMAT, organisation, made, schema, last, seen, versions, has_key, dict(sorted(files.items())))
    writing.add(NAME, [MANIFEST.dump_json(manifest, indent=1)])
    return manifest


def _anchored(records: Records) -> list[int]:
    """Read before the records: what it names was committed by then."""
    known = records.anchor.read() if records.anchor else None
    return [seq for seq, _hash in known.hashes] if known else []


def _anchor(moment: Snapshot, records: Records, noted: list[int]) -> Iterator[bytes]:
    """As it was when the records were read, and behind it what was added to the records meanwhile."""
    if not noted or not records.anchor:
        return
    with records.anchor.path.open("rb") as file:
        for written in file:
            if number(written) <= max(noted):
                yield written if written.endswith(b"\n") else written + b"\n"
    for seq, hash in moment.after(max(noted)):
        yield line(seq, hash).encode()


def _set_up(workspace: Workspace) -> bytes:
    """As it is written, without the password of the database."""
    written = (workspace.folder / "workspace.yaml").read_bytes()
    hidden = portable.shown(workspace.records_url)
    return replaced(written.decode("utf-8-sig"), "records", json.dumps(hidden)).encode() if hidden else written


def _read_back(file: Path, room: Path, told: Callable[[float], None]) -> list[Damage]:
    with archive.opened(file) as taken:
        size, done = sum(each.size for each in taken.manifest.files.values()), 0
        for name in taken.manifest.files:
            for block in taken.blocks(name):
                done += len(block)
                told(done / max(size, 1))
        return damage(taken, room)


@contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RecordError(
            say(
                "the backup cannot be taken ({file}: {reason}); nothing was left behind, make room or name another "
                "place",
                file=error.filename or target, reason=error.strerror,
            )
        ) from error  # fmt: skip
