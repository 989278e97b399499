"""One file's way in: received, staged, held at the gate, published and recorded."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from deltalake.exceptions import DeltaError

from audit.access.person import Who
from audit.errors import DefinitionError, RecordError, SourceError
from audit.load import Load, Reject
from audit.mapping import Mapping
from audit.records import Records, loads
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.gate import Engine
from pipelines.gating.expectation_arguments import of_day
from pipelines.loading.incoming import Incoming, Progress, unquoted
from pipelines.loading.load_id import fingerprint, identity
from pipelines.loading.loaded_before import before
from pipelines.receive import Received, arrived, size_of
from pipelines.staging.text_file import shown
from pipelines.upkeep.read_only import refuse_read_only
from pipelines.upkeep.room import reason, refuse_full_disk
from pipelines.upkeep.turn import beside_others
from pipelines.workspace import Workspace

LONGEST_REASON = 2_000
"""Characters; a reason quotes what stands in the file."""


class Refused(SourceError):
    """The file as a whole cannot be used; `load` is the record of that, without the values that the line quotes."""

    def __init__(self, load: Load, why: Text) -> None:
        self.load = load
        super().__init__(why)


def _nobody(share: float, words: Text) -> None:
    """Nobody watches the progress."""


@beside_others
def load(
    workspace: Workspace,
    records: Records,
    content: bytes | Path,
    name: str,
    source: str,
    mapping: Mapping,
    actor: Who,
    progress: Progress = _nobody,
    engine: Engine = "compiled",
    again: bool = False,
) -> Load:
    """
    The load as it is recorded; whether it was published or stopped by the gate is a result.
    A load that was published before is returned as it was, and nothing is written, unless other loads replaced rows of
    it since and it is to come in `again`: then its rows stand again, and it is a load of its own.
    Raises Refused where the file as a whole cannot be used: then its original bytes and a record of that are kept,
    and it may be loaded again; RecordError where the workspace cannot be written to.
    """
    contract = of_day(definitions.source(source), records.clock().date())
    if mapping.source != source:
        raise DefinitionError(definitions.of_another_source(mapping.source, source))
    by = records.require(actor, "load")
    received = arrived(content, name)
    former = before(workspace, records, received.sha256, mapping)
    if former and (not again or former.stands):
        progress(1.0, say("this file was loaded before"))
        return former.load
    id = identity(received.sha256, mapping, former.times if former else 0)
    refuse_read_only(workspace)
    refuse_full_disk(workspace, size_of(content))
    try:
        found = Incoming(workspace, records, received, contract, mapping, by.name, progress, engine, id).load()
    except (SourceError, DefinitionError) as error:
        why = Text(en=shown(error.said("en"), LONGEST_REASON), zh=shown(error.said("zh"), LONGEST_REASON))
        refused = _refused(records, received, mapping, by.name, unquoted(why.en), id)
        raise Refused(loads.keep(records, refused, by), why) from error
    except (OSError, DeltaError, duckdb.IOException) as error:
        raise RecordError(
            say(
                "{file}: the workspace cannot be written to ({reason}); nothing is lost: "
                "make room or make it writable, then load the file again",
                file=received.file, reason=reason(error),
            )
        ) from error  # fmt: skip
    kept = _recorded(records, found, by)
    progress(1.0, say("loaded") if kept.published else say("not published"))
    return kept


def rejects_of(workspace: Workspace, load: Load) -> list[Reject]:
    """By line of the file. Raises RecordError where the store no longer holds them as they were."""
    if not load.rejects:
        return []
    lines = workspace.store.get(load.rejects).decode().split("\n")
    found = [json.loads(line) for line in lines if line]
    return [Reject(**{**reject, "reason": Text(**reject["reason"])}) for reject in found]


def _published(records: Records, id: str) -> Load | None:
    return next((known for known in loads.every(records) if known.id == id and known.published), None)


def _recorded(records: Records, found: Load, actor: Who) -> Load:
    try:
        return loads.keep(records, found, actor)
    except RecordError as error:
        if found.published and not _published(records, found.id):
            raise RecordError(
                say(
                    "{file}: its rows are published, but the load is not recorded ({reason}): "
                    "make room or make it writable, then load the file again",
                    file=found.file, reason=reason(error),
                )
            ) from error  # fmt: skip
        raise


def _refused(records: Records, received: Received, mapping: Mapping, actor: str, why: str, id: str) -> Load:
    """Of a file that could not be read as a whole no line is known; its original is in the store."""
    return Load(
        id=id, source=mapping.source, file=received.file, sha256=received.sha256,
        mapping=fingerprint(mapping), lines=0, loaded=0, rejected=0, blank=0, physical_lines=0, published=False,
        version=None, received_at=records.clock(), actor=actor, delivered=(), ignored=(), months={}, gate=(),
        rejects="", refused=why,
    )  # fmt: skip
