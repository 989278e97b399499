"""What an evidence pack says of the audit that its conclusions belong to, of what followed, and of who signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from audit.records import Records
from audit.records.auditing import audits
from audit.records.auditing.audits import Audit
from audit.records.trail import trail
from audit.records.trail.entry import Entry
from pipelines.reports.pack_findings import FollowedUp, followed_up
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
    def every(self) -> list[Standing]:
        return sorted((*self.own, *self.others), key=lambda each: each.signature.seq)


def held(workspace: Workspace, records: Records) -> Held:
    head = trail.newest(records)
    audit, every = audits.opened(records), standings(workspace, records)
    own = [each for each in every if audit is None or each.audit == audit.id]
    others = tuple(each for each in every if each not in own)
    followed = followed_up(records, audit.id if audit else "", head.seq if head else 0)
    return Held(audit, tuple(own), others, head, followed)


def audit_json(audit: Audit | None) -> bytes:
    return _json({name: getattr(audit, name) for name in OF_AN_AUDIT} if audit else {})


def signatures_json(every: Sequence[Standing]) -> bytes:
    return _json([asdict(each.signature) | {"audit": each.audit, "standing": standing_word(each).en} for each in every])


def _json(content: Any) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False, default=str).encode("utf-8")
