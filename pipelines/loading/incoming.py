"""One file on its way in: kept, staged, held at the gate, published."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from audit.load import GateResult, Load, Reject
from audit.mapping import Mapping
from audit.records import Records
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines.connection import one_database
from pipelines.durable import settle
from pipelines.gate import Engine, passing, validate_files
from pipelines.gating.passing import Passing
from pipelines.loading.load_id import canonical, fingerprint, written
from pipelines.personal.guard import Guard
from pipelines.personal.key import pseudonyms
from pipelines.publish import Published, publish
from pipelines.publishing.in_progress import waiting_room
from pipelines.receive import Received, keep, refuse_changed, size_of
from pipelines.stage import Batch, stage_into
from pipelines.staging.parts import unseen
from pipelines.workspace import Workspace

Progress = Callable[[float, Text], None]
"""Told the share that is done, from 0 to 1, and what is being done."""


@dataclass(frozen=True)
class Incoming:
    """One file on its way in."""

    workspace: Workspace
    records: Records
    received: Received
    contract: Source
    mapping: Mapping
    actor: str
    progress: Progress
    engine: Engine
    id: str

    def load(self) -> Load:
        """Published, where it may be, and not yet recorded: killed in between, the same file can be loaded again."""
        guard = Guard(self.contract, pseudonyms(self.workspace))
        passed = passing(self.contract, self.engine, self.contract.key)
        self.progress(0.0, say("keeping the original"))
        with (
            ThreadPoolExecutor(max_workers=1) as beside,
            waiting_room(self.workspace.waiting, self.id) as room,
            one_database([room, self.workspace.table(self.contract.name)], size_of(self.received.content)),
        ):
            original = beside.submit(self._keep_original)
            batch = self._staged(room, guard, passed)
            flushed = beside.submit(settle, batch.rows.files)  # who publishes them waits less
            guard.rest()
            rejects = self.workspace.store.put(b"".join(map(_line, batch.rejects)))
            months, gate = batch.rows.months(), self._gate(batch, passed)
            original.result()
            flushed.result()
            refuse_changed(self.received)
            published = self._published(room, batch, gate)
        if published:
            guard.keep_identities(self.workspace)
        self.progress(0.95, say("recording the load"))
        return Load(
            id=self.id, source=self.contract.name, file=self.received.file, sha256=self.received.sha256,
            mapping=fingerprint(self.mapping), lines=batch.lines, loaded=batch.loaded, rejected=len(batch.rejects),
            blank=batch.blank, physical_lines=batch.physical_lines, published=bool(published),
            version=published.version if published else None,
            received_at=self.records.clock(), actor=self.actor, delivered=batch.delivered, ignored=batch.ignored,
            months=months, gate=gate, rejects=rejects, refused=_unusable(batch), rows_of_record=batch.rows_of_record,
            masked=guard.masked, replaced=published.replaced if published else None,
        )  # fmt: skip

    def _keep_original(self) -> None:
        """While the rows are read, and before any is published."""
        keep(self.workspace.store, self.received)
        self.workspace.store.put(written(self.mapping))  # the record names it by its SHA-256

    def _staged(self, room: Path, guard: Guard, passed: Passing | None) -> Batch:
        reading, received = say("reading the rows"), self.received
        return stage_into(
            room, received.content, received.file, self.contract, self.mapping, self.id, guard,
            lambda share: self.progress(0.5 * share, reading), passed.see if passed else unseen,
        )  # fmt: skip

    def _gate(self, batch: Batch, passed: Passing | None) -> tuple[GateResult, ...]:
        self.progress(0.5, say("holding the rows at the gate"))
        if not batch.loaded:
            return ()
        return validate_files(batch.rows.files, self.contract, self.engine, self.contract.key, passed)

    def _published(self, room: Path, batch: Batch, gate: tuple[GateResult, ...]) -> Published | None:
        """None where nothing may be published: the gate stops the rows, or there are none."""
        if not batch.loaded or any(result.stops for result in gate):
            return None
        self.progress(0.75, say("publishing the rows"))
        table = self.workspace.table(self.contract.name)
        return publish(table, batch.rows, self.id, room, self.workspace.storage)


def unquoted(why: str) -> str:
    """For the trail, out of which nothing can be erased: what stands in the file is left out."""
    return re.sub("“[^”]*”?", "“…”", why)


def _unusable(batch: Batch) -> str:
    """Why nothing of the file is usable, though it could be read; "" where some row is."""
    if batch.loaded:
        return ""
    if not batch.rejects:
        return "no line of it holds a row; export it again"
    first = batch.rejects[0]
    column = f", {first.column}" if first.column else ""
    why = unquoted(first.reason.en)
    return f"no row of it can be used: line {first.line}{column}: {why}; mend the file and load it again"


def _line(reject: Reject) -> bytes:
    plain = dataclasses.asdict(reject) | {"reason": reject.reason.model_dump()}
    return f"{canonical(plain)}\n".encode()
