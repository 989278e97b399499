"""The rows that a load's gate found unexpected. No record keeps them: the original in the store is staged once more."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.errors import SourceError
from audit.load import Load
from audit.mapping import Mapping
from audit.source import Source
from audit.wording import say
from pipelines import definitions
from pipelines.personal.guard import Guard
from pipelines.personal.key import pseudonyms
from pipelines.personal.pseudonyms import Pseudonyms
from pipelines.stage import stage_into
from pipelines.staging.rows import PANDAS
from pipelines.workspace import Workspace


def _nobody(share: float) -> None:
    """Nobody watches the progress."""


class _Enough(Exception):
    """All rows that are wanted were read."""


class _Kept(Guard):
    """The rows of some lines, as the table would hold them; beyond the last of them nothing is read."""

    def __init__(self, contract: Source, pseudonyms: Pseudonyms, lines: Collection[int], rows_of_record: int) -> None:
        super().__init__(contract, pseudonyms)
        self.lines, self.rows_of_record = pa.array(sorted(lines), pa.int64()), rows_of_record
        self.last = max(lines)
        self.found: list[pa.Table] = []

    def rows(self, rows: pa.Table) -> pa.Table:
        lines = pc.divide(rows["line"].cast(pa.int64()), self.rows_of_record)
        if self.found and len(rows) and pc.min(lines).as_py() > self.last:
            raise _Enough
        protected = super().rows(rows)
        at = protected.schema.get_field_index("line")
        self.found.append(protected.set_column(at, "line", lines).filter(pc.is_in(lines, self.lines)))
        return protected


def failing_rows(workspace: Workspace, load: Load, progress: Callable[[float], None] = _nobody) -> pd.DataFrame:
    """
    `line`, then the columns that the file supplied, as they were held at the gate: of each expectation the lines that
    its result names, in the order of the file. Raises SourceError where the mapping of the load was not kept, and
    RecordError where the store no longer holds the original as it was.
    """
    mapping = mapping_of(workspace, load)
    if mapping is None:
        raise SourceError(
            say(
                "{file}: it was loaded before mappings were kept, so its rows cannot be read again; look for the lines "
                "in your own copy of the file",
                file=load.file,
            )
        )
    contract = definitions.source(load.source)
    original = workspace.store.file(load.sha256)
    wanted = {line for result in load.gate for line in result.lines}
    kept = _Kept(contract, pseudonyms(workspace), wanted or {1}, load.rows_of_record)
    with suppress(_Enough), tempfile.TemporaryDirectory() as folder:
        stage_into(Path(folder), original, load.file, contract, mapping, protection=kept, progress=progress)
    progress(1.0)
    return _frame(pa.concat_tables(kept.found, promote_options="permissive"), contract, load.delivered)


def _frame(rows: pa.Table, contract: Source, delivered: Collection[str]) -> pd.DataFrame:
    names = [name for name in contract.stored if name in delivered and name in rows.column_names]
    found = {name: _values(rows[name], contract, name) for name in names}
    return pd.DataFrame({"line": rows["line"].to_numpy(), **found}).sort_values("line").reset_index(drop=True)


def _values(column: pa.ChunkedArray, contract: Source, name: str) -> object:
    kind = contract.columns[name].type
    values = pd.array(column.to_pylist(), dtype=PANDAS[kind])
    return pd.Series(values).dt.date if kind == "date" else values


def mapping_of(workspace: Workspace, load: Load) -> Mapping | None:
    """As it was applied; the load names it by its SHA-256."""
    if not workspace.store.has(load.mapping):
        return None
    return Mapping.model_validate(json.loads(workspace.store.get(load.mapping)))
