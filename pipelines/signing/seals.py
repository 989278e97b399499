"""Signatures held against what was signed: the snapshot is there, is what the hash says, and speaks of a whole run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from audit.errors import RecordError
from audit.records import Records
from audit.records.signing import signatures
from audit.records.signing.signature_row import Signature
from audit.records.trail.trail import Damage
from audit.signing import signed
from audit.signing.signed import MEANINGS
from audit.signing.signed_words import thing_word
from audit.text import Text
from audit.wording import say
from pipelines.workspace import Workspace


def damage(workspace: Workspace, records: Records) -> Iterator[Damage]:
    try:
        every = signatures.every(records)
    except RecordError as error:
        yield Damage(Text(en=error.said("en"), zh=error.said("zh")), say("signatures"))
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
    where = say(
        "signature, entry {seq} ({what} {id}, {name})",
        seq=str(signature.seq), what=_thing(signature.what), id=signature.what_id, name=signature.name,
    )  # fmt: skip
    try:
        told = content(workspace, signature)
    except RecordError as error:
        yield Damage(say("what was signed is gone or altered: {error}", error=error), where)
        return
    if (told.get("what"), told.get("id")) != (signature.what, signature.what_id):
        of, id = _thing(str(told.get("what"))), str(told.get("id"))
        yield Damage(say("its snapshot is of {what} {id}", what=of, id=id), where)
    run = told.get("run") or {}
    if run and run_sums(workspace, run["id"]) != run["sha256sums"]:
        what = say("run {run} is not the one that was signed, or is missing", run=str(run["id"]))
        yield Damage(what, where)
    pack = told.get("pack") or {}
    if pack and not workspace.store.has(pack["sha256"]):
        yield Damage(say("the pack that was signed is missing"), f"store/{pack['sha256'][:2]}/{pack['sha256']}")


def _thing(what: str) -> Text | str:
    """What nobody can sign is no word of ours: it was altered, and is shown as it stands."""
    return thing_word(what) if what in MEANINGS else what
