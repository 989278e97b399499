"""Whether a pack whose own sums are right is what this workspace gave out: its run, its conclusions, its trail."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.errors import RecordError, SourceError
from audit.records import Records
from audit.records.signing import signatures
from audit.records.trail.trail import Damage
from audit.signing.signed import PACK
from audit.text import LANGUAGES
from audit.wording import say
from pipelines.reports import given_out, origin_recorded
from pipelines.reports.archive import SUMS, sums
from pipelines.reports.pack_run import LATER, frozen
from pipelines.signing import seals
from pipelines.workspace import Workspace

PAGES = tuple(f"assessment.{language}.html" for language in LANGUAGES)


@dataclass(frozen=True)
class Compared:
    damage: list[Damage]
    unheld: list[str]
    """Files of which this workspace cannot say whether they are as they were given out."""


def compared(workspace: Workspace, records: Records, pack: Path) -> Compared:
    """A pack that was noted or signed is compared as a whole; of any other, what can be made again byte by byte."""
    digest = hashlib.sha256(pack.read_bytes()).hexdigest()
    if digest in given_out.noted(workspace) or digest in _signed(workspace, records):
        return Compared([], [])
    with zipfile.ZipFile(pack) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    try:
        run = str(json.loads(held["run.json"])["id"])
        again = _again(workspace, run)
        found = [*_run(run, again, held), *origin_recorded.damage(records, held)]
        return Compared(found, _unheld(found, held, {**again, **origin_recorded.again(records, held)}))
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        return Compared([Damage(say("it is no pack of this program ({error})", error=error), pack.name)], [])


def _signed(workspace: Workspace, records: Records) -> set[str]:
    found = set()
    for signature in signatures.every(records):
        if signature.what == PACK:
            try:
                found.add(str(seals.content(workspace, signature)["pack"]["sha256"]))
            except (RecordError, LookupError):
                continue  # `verify` of the workspace names it
    return found


def _again(workspace: Workspace, run: str) -> dict[str, bytes]:
    """What a pack would hold of the run; {} where there is no such run."""
    if run not in {path.name for path in workspace.runs.glob("*/")}:
        return {}
    try:
        return frozen(workspace, run)
    except (OSError, ValueError) as error:
        told = say("run {run} cannot be read, so nothing can be held against it ({error})", run=run, error=error)
        raise SourceError(told) from error


def _run(run: str, again: Mapping[str, bytes], held: Mapping[str, bytes]) -> Iterator[Damage]:
    if not again:
        yield Damage(say("run {run} is not in this workspace", run=run), "run.json")
        return
    for name in sorted({*again, *PAGES} - LATER.keys() - held.keys()):
        yield Damage(say("is missing"), name)
    for name in sorted(again.keys() & held.keys()):
        if held[name] != again[name] and not _of_other_columns(name, held[name], again[name]):
            yield Damage(say("is not what run {run} holds", run=run), name)


def _of_other_columns(name: str, one: bytes, other: bytes) -> bool:
    """As older programs wrote tables: no damage, and nothing to compare."""
    return name.endswith(".csv") and one.partition(b"\n")[0] != other.partition(b"\n")[0]


def _unheld(found: list[Damage], held: Mapping[str, bytes], again: Mapping[str, bytes]) -> list[str]:
    """What is neither damaged nor, byte by byte, what would be written again."""
    listed = sums({name: content for name, content in held.items() if name != SUMS})
    known, named = {**again, SUMS: listed}, {each.where for each in found}
    return [name for name in sorted(held) if name not in named and held[name] != known.get(name)]
