"""Whether a workspace is whole: the trail, the originals and documents, the runs, and the tables of facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from deltalake import DeltaTable

from audit.errors import RecordError
from audit.records import Records, erasures, loads
from audit.records.trail import replay, trail
from audit.records.trail.trail import Damage
from audit.text import Text
from audit.wording import say
from pipelines.measuring import facts
from pipelines.personal.journal import FILE as UNFINISHED
from pipelines.signing import seals
from pipelines.upkeep.missing import missing
from pipelines.workspace import Workspace

Progress = Callable[[float, Text], None]


def _unseen(share: float, words: Text) -> None:
    pass


def damage(workspace: Workspace, records: Records, progress: Progress = _unseen) -> list[Damage]:
    """All that is changed, missing or cut short. Nothing is mended."""
    steps: list[tuple[Text, Callable[[], Iterable[Damage]]]] = [
        (say("Following the trail from entry to entry"), lambda: trail.verify(records)),
        (say("Building the state anew from the trail"), lambda: replay.damage(records)),
        (say("Hashing every original and document"), lambda: _store(workspace, records)),
        (say("Looking for what is missing"), lambda: missing(records, workspace.store.has)),
        (say("Checking what was signed"), lambda: seals.damage(workspace, records)),
        (say("Hashing every run"), lambda: _runs(workspace)),
        (say("Looking at the tables of facts"), lambda: _tables(workspace, records)),
        (say("Looking for rows of no load"), lambda: _unrecorded(workspace, records)),
        (say("Hashing the tables of facts"), lambda: _facts(workspace, records)),
        (say("Looking for unfinished erasures"), lambda: _unfinished(workspace)),
    ]
    found: list[Damage] = []
    for number, (words, look) in enumerate(steps):
        progress(number / len(steps), words)
        try:
            found += look()
        except RecordError as error:  # a record that cannot be read must not hide what else is damaged
            found.append(Damage(say("this could not be done to the end: {error}", error=error), words))
    return found


def _runs(workspace: Workspace) -> Iterator[Damage]:
    for folder in sorted(workspace.runs.glob("*/")):
        yield from _run(folder)


def _run(folder: Path) -> Iterator[Damage]:
    if folder.name.startswith("."):
        return
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        yield Damage(say("SHA256SUMS is missing, so the run cannot be checked"), f"runs/{folder.name}")
        return
    listed = {n: digest for digest, _, n in (line.partition("  ") for line in sums.read_text("utf-8").splitlines())}
    present = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p != sums}
    for name in sorted(listed.keys() | present.keys()):
        where = f"runs/{folder.name}/{name}"
        if name not in present:
            yield Damage(say("is missing"), where)
        elif name not in listed:
            yield Damage(say("is not listed in SHA256SUMS"), where)
        elif hashlib.sha256(present[name].read_bytes()).hexdigest() != listed[name]:
            yield Damage(say("is changed"), where)


def _tables(workspace: Workspace, records: Records) -> Iterator[Damage]:
    """Each version that a load published must still be there."""
    wanted: dict[str, int] = {}
    for load in loads.every(records):
        if load.published and load.version is not None:
            wanted[load.source] = max(load.version, wanted.get(load.source, 0))
    at = facts.versions(workspace)
    for source, version in sorted(wanted.items()):
        if source not in at:
            yield Damage(say("the table is missing"), f"facts/{source}")
        elif at[source] < version:
            told = say(
                "the table is at version {at}, the records at {version}", at=str(at[source]), version=str(version)
            )
            yield Damage(told, f"facts/{source}")


def _unrecorded(workspace: Workspace, records: Records) -> Iterator[Damage]:
    """Rows that a load published before it was killed: figures read them, and no record says where they are from."""
    for source in facts.versions(workspace):
        commits = DeltaTable(workspace.table(source)).history()
        # the records last: what is recorded by now was published by now, so a load meanwhile is rarely taken for one
        known = {load.id for load in loads.every(records)}
        for commit in sorted(commits, key=lambda one: int(one["version"])):
            if "load" in commit and commit["load"] not in known:
                what = say(
                    "version {version} was published by load {load}, which is not in the records; load that file again",
                    version=str(commit["version"]), load=str(commit["load"]),
                )  # fmt: skip
                yield Damage(what, f"facts/{source}")


def _store(workspace: Workspace, records: Records) -> Iterator[Damage]:
    """What an erasure left in the place of a content is no damage, as long as it is what the erasure left."""
    erased = erasures.every(records)
    for found in workspace.store.verify():
        where = found.said("en")["where"]  # a path, in every language the same
        file = workspace.folder / where
        left = erasures.successor(erased, where, file.name)
        if left == file.name or _sha256(file) != left:
            yield found


def _unfinished(workspace: Workspace) -> Iterator[Damage]:
    if (workspace.folder / UNFINISHED).exists():
        yield Damage(say("an erasure was not finished; give the same command again"), UNFINISHED)


def _facts(workspace: Workspace, records: Records) -> Iterator[Damage]:
    """Each file that a run read must still be what it was, but for persons who were erased from it."""
    workspace.storage.compare()
    erased = erasures.every(records)
    known: dict[str, str] = {}
    for written in sorted(workspace.runs.glob("*/facts.json")):
        with suppress(ValueError):  # a damaged list is named with its run
            known |= json.loads(written.read_bytes())
    for name, digest in sorted(known.items()):
        file = workspace.folder / name
        if not file.is_file():
            yield Damage(say("is missing"), name)
        elif _sha256(file) != erasures.successor(erased, name, digest):
            yield Damage(say("is changed"), name)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
