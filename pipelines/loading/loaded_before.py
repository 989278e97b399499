"""Whether the same bytes came in before through the same mapping, and whether the rows that they brought stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deltalake import DeltaTable

from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records, loads
from pipelines.connection import connected
from pipelines.loading.load_id import fingerprint
from pipelines.publishing.standing import MEMORY, data_files
from pipelines.sql import literal
from pipelines.storage import Storage
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Before:
    """Bytes that were published before."""

    load: Load
    """As which they were published last."""
    times: int
    table: Path
    storage: Storage

    @cached_property
    def stands(self) -> bool:
        """Whether no other load has replaced a row of it since: only then is the same file the same load."""
        return _stands(self.table, self.load, self.storage)


def before(workspace: Workspace, records: Records, sha256: str, mapping: Mapping) -> Before | None:
    """None where nothing of these bytes was ever published through this mapping."""
    found = _published(records, sha256, mapping)
    if not found:
        return None
    return Before(found[0], len(found), workspace.table(mapping.source), workspace.storage)


def _published(records: Records, sha256: str, mapping: Mapping) -> Sequence[Load]:
    """The newest first."""
    same = sha256, mapping.source, fingerprint(mapping)
    return [
        load for load in loads.every(records) if load.published and (load.sha256, load.source, load.mapping) == same
    ]


def _stands(table: Path, load: Load, storage: Storage) -> bool:
    """
    The table at the load's own version is held against the newest one: only files that came or went since are read, and
    of them one narrow column. Who was erased was taken out of every version, so an erasure replaces nothing.
    """
    table = table.resolve()
    storage.look(table)
    if not DeltaTable.is_deltatable(str(table)) or DeltaTable(table).version() < (load.version or 0):
        return True  # it is lost or was set back: that is damage, which `verify` names
    then, now = (set(data_files(DeltaTable(table, version=version))) for version in (load.version, None))
    lost = _rows(load, table, then - now, storage)
    return not lost or lost <= _rows(load, table, now - then, storage)


def _rows(load: Load, table: Path, names: Collection[str], storage: Storage) -> int:
    """How many rows of the load these files hold."""
    files = [Path(name) for name in sorted(names)]
    if not files:
        return 0
    storage.need(files)
    listed = ", ".join(literal(str(file)) for file in files)
    query = f"select count(*) from read_parquet([{listed}], hive_partitioning = false) where _load = ?"
    with connected([table], MEMORY) as connection:
        return int(connection.execute(query, [load.id]).fetchall()[0][0])
