"""Whether a backup holds what its records name, so that a restored copy will verify."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from audit.records import Records, loads, open_records, portable
from audit.records.trail import trail
from audit.records.trail.trail import Damage
from audit.wording import say
from pipelines.backup.archive import Backup
from pipelines.upkeep.missing import missing

ANCHOR = "trail-anchor.jsonl"


def damage(taken: Backup, room: Path) -> list[Damage]:
    """The records are restored for it, aside; files go by their hashes, which were compared before."""
    aside = Path(tempfile.mkdtemp(dir=room))
    try:
        url = f"sqlite:///{aside / 'records.sqlite'}"
        portable.load(url, taken.manifest.schema, lambda name: taken.lines(f"records/{name}.jsonl"))
        with (aside / ANCHOR).open("wb") as anchor:
            for block in taken.blocks(ANCHOR) if ANCHOR in taken.manifest.files else ():
                anchor.write(block)
        with open_records(url) as records:
            return [
                *trail.verify(records),
                *missing(records, partial(_holds, taken)),
                *_tables(taken, records),
                *_runs(taken),
            ]
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _holds(taken: Backup, sha256: str) -> bool:
    return f"store/{sha256[:2]}/{sha256}" in taken.manifest.files


def _tables(taken: Backup, records: Records) -> Iterator[Damage]:
    for load in loads.every(records):
        at, wanted = taken.manifest.versions.get(load.source, -1), load.version if load.published else None
        if wanted is not None and at < wanted:
            told = say("the table is at version {at}, the records at {version}", at=str(at), version=str(wanted))
            yield Damage(told, f"facts/{load.source}")


def _runs(taken: Backup) -> Iterator[Damage]:
    for sums in (name for name in taken.manifest.files if name.startswith("runs/") and name.endswith("/SHA256SUMS")):
        folder = sums.removesuffix("SHA256SUMS")
        for written in b"".join(taken.blocks(sums)).decode("utf-8", "replace").splitlines():
            digest, _, name = written.partition("  ")
            known = taken.manifest.files.get(f"{folder}{name}")
            if known is None or known.sha256 != digest:
                yield Damage(say("is missing") if known is None else say("is changed"), f"{folder}{name}")
