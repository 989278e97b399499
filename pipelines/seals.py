"""Signatures held against what was signed: the snapshot is there, is what the hash says, and speaks of a whole run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from audit import signed
from audit.errors import RecordError
from audit.records import Records, signatures
from audit.records.signature_row import Signature
from audit.records.trail import Damage
from audit.wording import say
from pipelines.workspace import Workspace


def damage(workspace: Workspace, records: Records) -> Iterator[Damage]:
    try:
        every = signatures.every(records)
    except RecordError as error:
        yield Damage(str(error), "signatures")
        return
    for signature in every:
        yield from _signature(workspace, signature)


def content(workspace: Workspace, signature: Signature) -> dict[str, Any]:
    """Exactly what was signed. Raises RecordError where the store does not hold it any more."""
    try:
        return signed.read(workspace.store.get(signature.sha256))
    except ValueError as error:
        told = say("what was signed with entry {seq} cannot be read ({error})", seq=str(signature.seq), error=error)
        raise RecordError(told) from error


def run_sums(workspace: Workspace, run: str) -> str:
    """SHA-256 of a run's list of sums; "" where the run is not there any more."""
    try:
        return hashlib.sha256((workspace.runs / run / "SHA256SUMS").read_bytes()).hexdigest()
    except OSError:
        return ""


def _signature(workspace: Workspace, signature: Signature) -> Iterator[Damage]:
    where = f"signature, entry {signature.seq} ({signature.what} {signature.what_id}, {signature.name})"
    try:
        told = content(workspace, signature)
    except RecordError as error:
        yield Damage(f"what was signed is gone or altered: {error}", where)
        return
    if (told.get("what"), told.get("id")) != (signature.what, signature.what_id):
        yield Damage(f"its snapshot is of {told.get('what')} {told.get('id')}", where)
    run = told.get("run") or {}
    if run and run_sums(workspace, run["id"]) != run["sha256sums"]:
        yield Damage(f"run {run['id']} is not the one that was signed, or is missing", where)
    pack = told.get("pack") or {}
    if pack and not workspace.store.has(pack["sha256"]):
        yield Damage("the pack that was signed is missing", f"store/{pack['sha256'][:2]}/{pack['sha256']}")
