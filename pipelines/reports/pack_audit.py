"""What an evidence pack says of the audit that its conclusions belong to, of what followed, and of who signed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from audit.records import Records
from audit.records.auditing import audits
from audit.records.auditing.audits import Audit
from audit.records.auditing.decisions import Decision
from audit.records.trail import trail
from audit.records.trail.entry import Entry
from pipelines.reports.pack_findings import FollowedUp, followed_json, followed_up
from pipelines.signing.signature_standing import Standing, standing_word, standings
from pipelines.workspace import Workspace

OF_AN_AUDIT = (
    "id", "title", "state", "edition", "packs", "period_from", "period_to", "objectives", "scope", "lead", "previous"
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """As it stands when the pack is made: what changes later supersedes a signature, and leaves the pack as it is."""

    audit: Audit | None
    """The open one; without it the conclusions of all audits are in the pack."""
    own: tuple[Standing, ...]
    others: tuple[Standing, ...]
    """Of other audits, and of management reviews."""
    head: Entry | None
    """Of the trail; None where nothing was ever recorded."""
    followed: FollowedUp
    """As of the head."""

    @property
    def seq(self) -> int:
        """Of the head; 0 before the first entry."""
        return self.head.seq if self.head else 0

    @property
    def every(self) -> list[Standing]:
        return sorted((*self.own, *self.others), key=lambda each: each.signature.seq)


def held(workspace: Workspace, records: Records) -> Held:
    head = trail.newest(records)
    seq = head.seq if head else 0
    audit, every = audits.opened(records, seq), standings(workspace, records)
    own = [each for each in every if audit is None or each.audit == audit.id]
    others = tuple(each for each in every if each not in own)
    followed = followed_up(records, audit.id if audit else "", seq)
    return Held(audit, tuple(own), others, head, followed)


def recorded_json(
    audit: Audit | None, concluded: Mapping[str, Decision], head: Entry | None, followed: FollowedUp
) -> dict[str, bytes]:
    """By the names of the files: all that depends on the records up to the head of the trail, and on nothing else."""
    return {
        "audit.json": audit_json(audit),
        "conclusions.json": _json([asdict(decision) for _, decision in sorted(concluded.items())]),
        "trail-head.json": _head(head),
        **followed_json(followed),
    }


def _head(newest: Entry | None) -> bytes:
    """The last hash of the trail: who holds the pack can tell later whether what came before was altered."""
    return _json({"seq": newest.seq, "hash": newest.hash} if newest else {})


def audit_json(audit: Audit | None) -> bytes:
    return _json({name: getattr(audit, name) for name in OF_AN_AUDIT} if audit else {})


def signatures_json(every: Sequence[Standing]) -> bytes:
    return _json([asdict(each.signature) | {"audit": each.audit, "standing": standing_word(each).en} for each in every])


def _json(content: Any) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False, default=str).encode("utf-8")
