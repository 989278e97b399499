"""What a pack says of the records, held against them as they stood at the entry that it names as its head."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from audit.records import Records
from audit.records.auditing import audits, decisions
from audit.records.signing import signatures
from audit.records.trail import trail
from audit.records.trail.trail import Damage
from audit.wording import say
from pipelines.reports.pack_audit import audit_json, recorded_json, signatures_json
from pipelines.reports.pack_findings import followed_json, followed_up

Held = Mapping[str, bytes]
OF_THE_DAY = {"audit", "standing"}
"""What a pack says beside a signature: whether it stood changes with the records."""


def again(records: Records, held: Held) -> dict[str, bytes]:
    """What a pack with this head would hold of the records, by the names of the files."""
    seq = _seq(held)
    head = next(iter(trail.since(records, seq - 1)), None) if seq else trail.newest(records)
    audit = audits.opened(records, seq)
    followed = followed_up(records, audit.id if audit else "", seq)
    files = recorded_json(audit, decisions.current(records, upto=seq), head, followed)
    return files if _signed(records, seq) else {**files, "signatures.json": signatures_json(())}


def damage(records: Records, held: Held) -> list[Damage]:
    checks = (_head, _audit, _conclusions, _followed, _signatures)
    return [each for check in checks for each in check(records, held)]


def _seq(held: Held) -> int:
    """The entry that it names as its head; 0 where nothing was recorded then."""
    return int((json.loads(held["trail-head.json"]) or {"seq": 0})["seq"])


def _head(records: Records, held: Held) -> Iterator[Damage]:
    told = json.loads(held["trail-head.json"])
    known = {entry.seq: entry.hash for entry in trail.since(records, told["seq"] - 1)} if told else {}
    if told and known.get(told["seq"]) != told["hash"]:
        what = say("entry {seq} of the trail has another hash, or is missing", seq=str(told["seq"]))
        yield Damage(what, "trail-head.json")


def _audit(records: Records, held: Held) -> Iterator[Damage]:
    """Older packs do not name it. An audit that is open can change, so any of its revisions will do."""
    told = json.loads(held.get("audit.json", b"{}"))
    if not told:
        return
    known = [each for each in audits.every(records) if each.id == told["id"]]
    if held["audit.json"] not in [audit_json(each) for one in known for each in audits.revisions(records, one.id)]:
        yield Damage(say("audit {id} was never as it stands here", id=str(told["id"])), "audit.json")


def _conclusions(records: Records, held: Held) -> Iterator[Damage]:
    known = {_known({**json.loads(entry.payload), "actor": entry.actor, "reason": entry.reason})
             for entry in trail.entries(records, "decision")}  # fmt: skip
    rows = json.loads(held["conclusions.json"])
    for row in rows:
        if _known(row) not in known:
            what = say("nobody concluded so on {requirement}", requirement=str(row["requirement_id"]))
            yield Damage(what, "conclusions.json")
    then = decisions.current(records, upto=_seq(held))
    for requirement in sorted(then.keys() - {row["requirement_id"] for row in rows}):
        yield Damage(say("the conclusion on {requirement} is missing", requirement=requirement), "conclusions.json")


def _known(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("requirement_id", "run", "proposed", "concluded", "actor", "reason"))


def _followed(records: Records, held: Held) -> Iterator[Damage]:
    """Findings and the last management review, as they stood at the head of the trail; older packs hold none."""
    seq = _seq(held)
    audit = (json.loads(held.get("audit.json", b"{}")) or {"id": ""})["id"]
    then = followed_json(followed_up(records, audit, seq))
    for name in sorted(then.keys() & held.keys()):
        if held[name] != then[name]:
            yield Damage(say("is not what was recorded up to entry {seq} of the trail", seq=str(seq)), name)


def _signatures(records: Records, held: Held) -> Iterator[Damage]:
    """Who signed what and when; whether it stood then cannot be told any more. Older packs hold fewer columns."""
    known = _signed(records, _seq(held))
    for row in map(dict, json.loads(held.get("signatures.json", b"[]"))):
        told = {name: value for name, value in row.items() if name not in OF_THE_DAY}
        if not any(told.items() <= one.items() for one in known):
            yield Damage(say("nobody signed {id} so", id=str(row["what_id"])), "signatures.json")


def _signed(records: Records, seq: int) -> list[dict[str, Any]]:
    rows = [asdict(each) for each in signatures.every(records) if each.seq <= seq]
    return list(json.loads(json.dumps(rows, default=str)))
