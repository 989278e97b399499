"""Makes a workspace of a backup, in a new folder, and verifies it before it counts as restored."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from audit.access.person import Who
from audit.errors import RecordError
from audit.records import portable, restores
from audit.records.trail.anchor import Anchor, line
from audit.records.trail.trail import Damage
from audit.text import Text
from audit.wording import say
from pipelines.backup import archive
from pipelines.backup.archive import Backup
from pipelines.backup.check import ANCHOR
from pipelines.backup.manifest import Manifest
from pipelines.durable import flush
from pipelines.upkeep import integrity
from pipelines.upkeep.set_up import replaced, without
from pipelines.workspace import Workspace, open_workspace

FORMER = "trail-anchor.before-restore.jsonl"
INSIDE = "sqlite:///records.sqlite"
EXTRACTED = 0.7
"""Share of the work that is done when all files lie there; the rest is verifying them."""


@dataclass(frozen=True)
class Restored:
    folder: Path
    manifest: Manifest
    seen: int
    """The last entry that was known to exist; above the backup's where what came between is lost."""
    damage: list[Damage]


@dataclass(frozen=True)
class Asked:
    who: Who
    records: str = INSIDE
    """Where the records are to lie; else inside the folder."""
    even_if_older: str = ""
    """Why a backup is restored although entries after it are known."""


def restore(file: Path, to: Path, asked: Asked, told: Callable[[float, Text], None]) -> Restored:
    """
    Into an empty folder; only the anchor of the lost workspace may lie there, and then says what is lost. Raises
    RecordError, and leaves nothing, where the backup is not whole.
    """
    _refuse_used(to)
    with archive.opened(file) as taken, _said(to):
        seen = _seen(taken, to / ANCHOR)
        last = taken.manifest.head.seq
        if seen > last and not asked.even_if_older.strip():
            raise RecordError(
                say(
                    "this backup is older than the last seen head: it ends at entry {last}, and entry {seen} is known; "
                    "what came between would be lost. Take a newer backup, or add --even-if-older with the reason",
                    last=last, seen=seen,
                )
            )  # fmt: skip
        to.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
        try:
            found = _make(taken, beside, to, asked, seen, told)
            _settle(beside, to)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return replace(found, folder=to)


def _refuse_used(to: Path) -> None:
    if to.exists() and (not to.is_dir() or any(path.name != ANCHOR for path in to.iterdir())):
        raise RecordError(say("{folder} is not empty; nothing was restored: name a new folder", folder=to))


def _seen(taken: Backup, standing: Path) -> int:
    """The last entry that the backup or the anchor that stands there knows of. Raises where they are strangers."""
    known = Anchor(standing).read()
    if known is None:
        return taken.manifest.seen
    head = taken.manifest.head
    for seq, hash in known.hashes:
        if seq == head.seq and hash != head.hash:
            raise RecordError(
                say(
                    "{file} belongs to other records than this backup (they differ at entry {seq}); nothing was "
                    "restored: take the right backup, or name a new folder",
                    file=standing, seq=seq,
                )
            )  # fmt: skip
    return max(taken.manifest.seen, *(seq for seq, _hash in known.hashes), 0)


def _make(
    taken: Backup, beside: Path, to: Path, asked: Asked, seen: int, told: Callable[[float, Text], None]
) -> Restored:
    _extract(taken, beside, lambda share: told(share * EXTRACTED, say("restoring")))
    if (to / ANCHOR).is_file():
        shutil.copyfile(to / ANCHOR, beside / FORMER)
    workspace = _placed(beside, asked.records)
    portable.load(workspace.records_url, taken.manifest.schema, lambda name: taken.lines(f"records/{name}.jsonl"))
    older = seen > taken.manifest.head.seq
    if older:
        _cut_anchor(beside / ANCHOR, taken.manifest.head.seq)
    told(EXTRACTED, say("verifying"))
    with workspace.open_records() as records:
        found = integrity.damage(workspace, records)
        if older:
            made, head = taken.manifest.made_at, taken.manifest.head.seq
            restores.keep(records, taken.sha256, made, head, seen, asked.who, asked.even_if_older)
    return Restored(beside, taken.manifest, seen, found)


def _extract(taken: Backup, into: Path, told: Callable[[float], None]) -> None:
    size, done = sum(each.size for each in taken.manifest.files.values()), 0
    if (free := shutil.disk_usage(into).free) < size:
        wanted, there = f"{size / 1e6:,.0f}", f"{free / 1e6:,.0f}"
        raise RecordError(say("{wanted} MB are wanted, and {free} MB are free; make room", wanted=wanted, free=there))
    for name in taken.manifest.files:
        if name.startswith("records/"):
            continue
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            for block in taken.blocks(name):
                file.write(block)
                done += len(block)
                told(done / max(size, 1))
            file.flush()
            os.fsync(file.fileno())
        place.chmod({"store": 0o440, "key": 0o600, "identity": 0o600}.get(name.partition("/")[0], 0o644))


def _placed(folder: Path, records: str) -> Workspace:
    """workspace.yaml names records, facts and key where they are now: never those of the former workspace."""
    written = folder / "workspace.yaml"
    before = written.read_bytes().decode("utf-8-sig")
    inside = without(without(without(before, "facts"), "storage"), "key")
    if inside != before:
        written.write_bytes(inside.encode())
        flush(written)
    workspace = open_workspace(folder)
    former = workspace.set_up.records
    kept = former.startswith("sqlite:///") and not Path(former.removeprefix("sqlite:///")).is_absolute()
    wanted = former if records == INSIDE and kept else records
    if wanted != former:
        text = replaced(written.read_bytes().decode("utf-8-sig"), "records", json.dumps(wanted))
        written.write_bytes(text.encode())
        flush(written)
    if portable.is_file(wanted):
        Path(open_workspace(folder).records_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return open_workspace(folder)


def _cut_anchor(anchor: Path, last: int) -> None:
    """What stands in the restored records; the anchor that knew more is kept beside it."""
    known = Anchor(anchor).read()
    former = anchor.with_name(FORMER)
    if not former.exists():
        shutil.copyfile(anchor, former)
    anchor.write_text("".join(line(*each) for each in known.hashes if each[0] <= last) if known else "", "utf-8")
    flush(anchor)


def _settle(beside: Path, to: Path) -> None:
    for folder in [path for path in beside.rglob("*") if path.is_dir()] + [beside]:
        flush(folder)
    beside.chmod(0o755)
    if to.exists():
        (to / ANCHOR).unlink(missing_ok=True)  # its content lies in the new folder
        to.rmdir()
    os.rename(beside, to)
    flush(to.parent)


@contextmanager
def _said(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RecordError(
            say(
                "the backup cannot be restored ({file}: {reason}); nothing was restored, make room or name another "
                "folder",
                file=error.filename or to, reason=error.strerror,
            )
        ) from error  # fmt: skip
