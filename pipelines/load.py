"""One file's way in: received, staged, held at the gate, published and recorded."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from typing import Any

from audit.errors import DefinitionError
from audit.load import GateResult, Load, Reject
from audit.records import Records, loads
from audit.records.statement import stated
from audit.source import Mapping, Source
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.gate import validate
from pipelines.month import months
from pipelines.publish import publish
from pipelines.receive import receive
from pipelines.stage import Batch, stage
from pipelines.workspace import Workspace

Progress = Callable[[float, Text], None]
"""Told the share that is done, from 0 to 1, and what is being done."""


def _nobody(share: float, words: Text) -> None:
    """Nobody watches the progress."""


def load(
    workspace: Workspace,
    records: Records,
    content: bytes,
    name: str,
    source: str,
    mapping: Mapping,
    actor: str,
    progress: Progress = _nobody,
) -> Load:
    """
    The load as it is recorded; whether it was published or stopped by the gate is a result.
    A load that was published before is returned as it was, and nothing is written.
    Raises SourceError where the file as a whole cannot be used: then only its original bytes are kept.
    """
    contract = definitions.source(source)
    if mapping.source != source:
        raise DefinitionError(f"this mapping is for '{mapping.source}', not for '{source}'; write 'source: {source}'")
    actor = stated(actor, "who loads the file", "a name")
    former = _published(records, identity(content, mapping))
    if former:
        progress(1.0, say("this file was loaded before"))
        return former
    found = _brought_in(workspace, records, content, name, contract, mapping, actor, progress)
    kept = loads.keep(records, found, actor)
    progress(1.0, say("loaded") if kept.published else say("not published"))
    return kept


def identity(content: bytes, mapping: Mapping) -> str:
    """The same bytes for the same source through the same mapping are the same load."""
    return _sha256((_sha256(content) + mapping.source + fingerprint(mapping)).encode())[:12]


def fingerprint(mapping: Mapping) -> str:
    return _sha256(_canonical(mapping.model_dump(mode="json", by_alias=True)).encode())


def rejects_of(workspace: Workspace, load: Load) -> list[Reject]:
    """By line of the file. Raises RecordError where the store no longer holds them as they were."""
    lines = workspace.store.get(load.rejects).decode().split("\n")
    found = [json.loads(line) for line in lines if line]
    return [Reject(**{**reject, "reason": Text(**reject["reason"])}) for reject in found]


def _published(records: Records, id: str) -> Load | None:
    return next((known for known in loads.every(records) if known.id == id and known.published), None)


def _brought_in(
    workspace: Workspace,
    records: Records,
    content: bytes,
    name: str,
    contract: Source,
    mapping: Mapping,
    actor: str,
    progress: Progress,
) -> Load:
    """Published, where it may be, and not yet recorded: killed in between, the same file can be loaded again."""
    id = identity(content, mapping)
    progress(0.0, say("keeping the original"))
    received = receive(workspace.store, content, name)
    reading = say("reading the rows")
    batch = stage(content, received.file, contract, mapping, lambda share: progress(0.5 * share, reading))
    rejects = workspace.store.put("".join(f"{_canonical(_plain(reject))}\n" for reject in batch.rejects).encode())
    progress(0.5, say("holding the rows at the gate"))
    gate = validate(batch.frame, contract) if len(batch.frame) else ()
    progress(0.75, say("publishing the rows"))
    version = _version(workspace, contract, batch, gate, id)
    progress(0.95, say("recording the load"))
    return Load(
        id=id, source=contract.name, file=received.file, sha256=received.sha256, mapping=fingerprint(mapping),
        lines=batch.lines, loaded=len(batch.frame), rejected=len(batch.rejects), blank=batch.blank,
        physical_lines=batch.physical_lines, published=version is not None, version=version,
        received_at=records.clock(), actor=actor, delivered=batch.delivered, ignored=batch.ignored,
        months=_by_month(batch, contract), gate=gate, rejects=rejects,
    )  # fmt: skip


def _version(workspace: Workspace, contract: Source, batch: Batch, gate: tuple[GateResult, ...], id: str) -> int | None:
    """None where nothing may be published: the gate stops the rows, or there are none."""
    if batch.frame.empty or any(result.stops for result in gate):
        return None
    return publish(workspace.table(contract.name), contract, batch.frame, id)


def _by_month(batch: Batch, contract: Source) -> dict[str, int]:
    counts = months(batch.frame, contract).value_counts().sort_index()
    return {str(month): int(count) for month, count in counts.items()}


def _plain(reject: Reject) -> dict[str, Any]:
    return dataclasses.asdict(reject) | {"reason": reject.reason.model_dump()}


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
