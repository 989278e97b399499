"""Whether a pack whose own sums are right is what this workspace gave out: its run, its conclusions, its trail."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.errors import RecordError
from audit.records import Records
from audit.records.auditing import audits
from audit.records.signing import signatures
from audit.records.trail import trail
from audit.records.trail.trail import Damage
from audit.signing.signed import PACK
from audit.wording import say
from pipelines.reports.pack_audit import audit_json
from pipelines.reports.pack_findings import followed_json, followed_up
from pipelines.signing import seals
from pipelines.workspace import Workspace


def damage(workspace: Workspace, records: Records, pack: Path) -> list[Damage]:
    """A pack that was signed is compared as a whole; of any other, what the workspace still holds byte by byte."""
    if hashlib.sha256(pack.read_bytes()).hexdigest() in _signed(workspace, records):
        return []
    with zipfile.ZipFile(pack) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    try:
        recorded = [*_audit(records, held), *_conclusions(records, held), *_followed(records, held)]
        return [*_run(workspace, held), *_head(records, held), *recorded]
    except (ValueError, LookupError, TypeError) as error:
        return [Damage(say("it is no pack of this program ({error})", error=error), pack.name)]


def _signed(workspace: Workspace, records: Records) -> set[str]:
    found = set()
    for signature in signatures.every(records):
        if signature.what == PACK:
            try:
                found.add(str(seals.content(workspace, signature)["pack"]["sha256"]))
            except (RecordError, LookupError):
                continue  # `verify` of the workspace names it
    return found


def _run(workspace: Workspace, held: dict[str, bytes]) -> Iterator[Damage]:
    run = str(json.loads(held["run.json"])["id"])
    if run not in {path.name for path in workspace.runs.glob("*/")}:
        yield Damage(say("run {run} is not in this workspace", run=run), "run.json")
        return
    for name, content in sorted(held.items()):
        kept = workspace.runs / run / name
        if name != "SHA256SUMS" and ".." not in name and kept.is_file() and kept.read_bytes() != content:
            yield Damage(say("is not what run {run} holds", run=run), name)


def _head(records: Records, held: dict[str, bytes]) -> Iterator[Damage]:
    told = json.loads(held["trail-head.json"])
    known = {entry.seq: entry.hash for entry in trail.since(records, told["seq"] - 1)} if told else {}
    if told and known.get(told["seq"]) != told["hash"]:
        what = say("entry {seq} of the trail has another hash, or is missing", seq=str(told["seq"]))
        yield Damage(what, "trail-head.json")


def _audit(records: Records, held: dict[str, bytes]) -> Iterator[Damage]:
    """Older packs do not name it. An audit that is open can change, so any of its revisions will do."""
    told = json.loads(held.get("audit.json", b"{}"))
    if not told:
        return
    known = [each for each in audits.every(records) if each.id == told["id"]]
    if held["audit.json"] not in [audit_json(each) for one in known for each in audits.revisions(records, one.id)]:
        yield Damage(say("audit {id} was never as it stands here", id=str(told["id"])), "audit.json")


def _conclusions(records: Records, held: dict[str, bytes]) -> Iterator[Damage]:
    known = {_known(entry.object_id, entry.actor, entry.reason, json.loads(entry.payload)["concluded"])
             for entry in trail.entries(records, "decision")}  # fmt: skip
    for row in json.loads(held["conclusions.json"]):
        if _known(row["requirement_id"], row["actor"], row["reason"], row["concluded"]) not in known:
            what = say("nobody concluded so on {requirement}", requirement=str(row["requirement_id"]))
            yield Damage(what, "conclusions.json")


def _followed(records: Records, held: dict[str, bytes]) -> Iterator[Damage]:
    """Findings and the last management review, as they stood at the head of the trail; older packs hold none."""
    seq = (json.loads(held["trail-head.json"]) or {"seq": 0})["seq"]
    audit = (json.loads(held.get("audit.json", b"{}")) or {"id": ""})["id"]
    then = followed_json(followed_up(records, audit, seq))
    for name in sorted(then.keys() & held.keys()):
        if held[name] != then[name]:
            yield Damage(say("is not what was recorded up to entry {seq} of the trail", seq=str(seq)), name)


def _known(*parts: Any) -> tuple[str, ...]:
    return tuple(map(str, parts))
