"""What is put before a signer: what the records hold, and what lies outside of them: the run, or the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from audit.access.person import Who
from audit.records import Records
from audit.records.auditing import audits
from audit.records.signing import signatures
from audit.records.signing.signature_row import Signature
from audit.signing.signed import AUDIT, PACK, REVIEW
from pipelines.reports import pack
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.signing.signature_standing import Standing, known_run, standing
from pipelines.upkeep.turn import beside_others
from pipelines.workspace import Workspace

__all__ = ["Standing", "of_audit", "of_pack", "of_review", "sign", "standing"]


def of_audit(workspace: Workspace, records: Records, id: str) -> dict[str, Any]:
    """Raises RecordError where it is not yet time to sign."""
    ready = signatures.recorded(records, AUDIT, id)
    return {
        "what": AUDIT,
        "id": id,
        "recorded": ready.recorded,
        "run": known_run(workspace, audits.find(records, id).run),
    }


def of_review(workspace: Workspace, records: Records, id: str) -> dict[str, Any]:
    """A review that was held before there were runs says so in words; nothing outside of the records belongs to it."""
    ready = signatures.recorded(records, REVIEW, id)
    run = ready.recorded[REVIEW]["run"]
    known = known_run(workspace, run) if run in results.every(workspace) else {}
    return {"what": REVIEW, "id": id, "recorded": ready.recorded, "run": known}


@beside_others
def of_pack(workspace: Workspace, records: Records, run: Run) -> dict[str, Any]:
    """The pack is built now and kept in the store, so that what was signed can be handed out again."""
    opened = audits.opened(records)
    audit = opened.id if opened else ""
    ready = signatures.recorded(records, PACK, audit)
    built = pack.build(workspace, records, run)
    kept: dict[str, Any] = {"sha256": workspace.store.put(built), "bytes": len(built), "audit": audit}
    id = f"{run.id} {kept['sha256'][:12]}"
    return {"what": PACK, "id": id, "recorded": ready.recorded, "run": known_run(workspace, run.id), "pack": kept}


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
