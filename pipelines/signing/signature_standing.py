"""Whether a signature still stands: what was signed, held against what would be signed now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.errors import RecordError, SourceError
from audit.records import Records
from audit.records.auditing import audits
from audit.records.signing import signatures
from audit.records.signing.signature_row import Signature
from audit.signing import signed
from audit.signing.signed import AUDIT, PACK, Difference
from audit.text import Text
from audit.wording import say
from pipelines.runs import results
from pipelines.signing import seals
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Standing:
    """A signature, and what has changed since of what it signed."""

    signature: Signature
    changes: tuple[Difference, ...]
    unknown: RecordError | SourceError | None = None
    """Why that cannot be told."""
    audit: str = ""
    """The audit that it belongs to; "" for a management review, and for a pack made outside of any."""

    @property
    def superseded(self) -> bool:
        return bool(self.changes)


def standing(workspace: Workspace, records: Records, signature: Signature) -> Standing:
    """Computed anew each time: the snapshot against what would be signed now."""
    try:
        then = seals.content(workspace, signature)
        now = {**then, "recorded": _recorded(records, then), "run": _run_now(workspace, records, then)}
    except (RecordError, SourceError) as error:
        return Standing(signature, (), error, _audit(signature, {}))
    return Standing(signature, tuple(signed.differences(then, now)), audit=_audit(signature, then))


def standings(workspace: Workspace, records: Records) -> list[Standing]:
    """Of every signature, oldest first."""
    return [standing(workspace, records, each) for each in signatures.every(records)]


def standing_word(of: Standing) -> Text:
    if of.unknown:
        return say("cannot be checked")
    return say("superseded") if of.superseded else say("valid")


def _audit(signature: Signature, then: Mapping[str, Any]) -> str:
    """A pack is named after its run; what was signed says whose conclusions it holds."""
    return signature.what_id if signature.what == AUDIT else str((then.get("pack") or {}).get("audit", ""))


def _recorded(records: Records, then: dict[str, Any]) -> dict[str, Any]:
    source = then["pack"]["audit"] if then["what"] == PACK else then["id"]
    return signatures.present(records, then["what"], source).recorded


def _run_now(workspace: Workspace, records: Records, then: dict[str, Any]) -> dict[str, Any]:
    """An audit's own run; where it names none, and for all else, the one that was signed."""
    moved = audits.find(records, then["id"]).run if then["what"] == AUDIT else ""
    id = moved or str((then.get("run") or {}).get("id", ""))
    return known_run(workspace, id) if id else {}


def known_run(workspace: Workspace, id: str) -> dict[str, Any]:
    """What a run is known by, with the criteria that it used; {} where there is none."""
    latest = results.latest(workspace)
    found = results.find(workspace, id) if id else latest
    if found is None:
        return {}
    return {
        "id": found.id, "sha256sums": seals.run_sums(workspace, found.id), "edition": found.edition,
        "packs": list(found.packs), "starts": str(found.starts), "ends": str(found.ends), "as_of": str(found.as_of),
        "criteria": results.criteria(workspace, found.id),
    }  # fmt: skip
