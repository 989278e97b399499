"""What is put before a signer: what the records hold, and what lies outside of them: the run, or the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit import signed
from audit.errors import RecordError, SourceError
from audit.person import Who
from audit.records import Records, audits, signatures
from audit.records.signature_row import Signature
from audit.signed import AUDIT, PACK, REVIEW, Difference
from pipelines import results, seals
from pipelines.reports import pack
from pipelines.run_folder import Run
from pipelines.turn import beside_others
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Standing:
    """A signature, and what has changed since of what it signed."""

    signature: Signature
    changes: tuple[Difference, ...]
    unknown: RecordError | SourceError | None = None
    """Why that cannot be told."""

    @property
    def superseded(self) -> bool:
        return bool(self.changes)


def of_audit(workspace: Workspace, records: Records, id: str) -> dict[str, Any]:
    """Raises RecordError where it is not yet time to sign."""
    ready = signatures.recorded(records, AUDIT, id)
    return {"what": AUDIT, "id": id, "recorded": ready.recorded, "run": _run(workspace, audits.find(records, id).run)}


def of_review(workspace: Workspace, records: Records, id: str) -> dict[str, Any]:
    ready = signatures.recorded(records, REVIEW, id)
    return {"what": REVIEW, "id": id, "recorded": ready.recorded, "run": _run(workspace, ready.recorded[REVIEW]["run"])}


@beside_others
def of_pack(workspace: Workspace, records: Records, run: Run) -> dict[str, Any]:
    """The pack is built now and kept in the store, so that what was signed can be handed out again."""
    opened = audits.opened(records)
    audit = opened.id if opened else ""
    ready = signatures.recorded(records, PACK, audit)
    built = pack.build(workspace, records, run)
    kept: dict[str, Any] = {"sha256": workspace.store.put(built), "bytes": len(built), "audit": audit}
    id = f"{run.id} {kept['sha256'][:12]}"
    return {"what": PACK, "id": id, "recorded": ready.recorded, "run": _run(workspace, run.id), "pack": kept}


@beside_others
def sign(
    workspace: Workspace,
    records: Records,
    content: Mapping[str, Any],
    meaning: str,
    who: Who,
    reason: str = "",
    key: str | None = None,
    authenticated_at: dt.datetime | None = None,
) -> Signature:
    """As `signatures.sign`, with the snapshot in the store of the workspace."""
    return signatures.sign(records, workspace.store, content, meaning, who, reason, key, authenticated_at)


def standing(workspace: Workspace, records: Records, signature: Signature) -> Standing:
    """Computed anew each time: the snapshot against what would be signed now."""
    try:
        then = seals.content(workspace, signature)
        now = {**then, "recorded": _recorded(records, then), "run": _run_now(workspace, records, then)}
    except (RecordError, SourceError) as error:
        return Standing(signature, (), error)
    return Standing(signature, tuple(signed.differences(then, now)))


def _recorded(records: Records, then: dict[str, Any]) -> dict[str, Any]:
    source = then["pack"]["audit"] if then["what"] == PACK else then["id"]
    return signatures.present(records, then["what"], source).recorded


def _run_now(workspace: Workspace, records: Records, then: dict[str, Any]) -> dict[str, Any]:
    """An audit's own run; where it names none, and for all else, the one that was signed."""
    moved = audits.find(records, then["id"]).run if then["what"] == AUDIT else ""
    id = moved or str((then.get("run") or {}).get("id", ""))
    return _run(workspace, id) if id else {}


def _run(workspace: Workspace, id: str) -> dict[str, Any]:
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
