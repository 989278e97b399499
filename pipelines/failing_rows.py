"""The rows that a load's gate found unexpected. No record keeps them: the original in the store is staged once more."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd

from audit.errors import SourceError
from audit.load import Load
from audit.source import Mapping, Source
from pipelines import definitions
from pipelines.stage import stage
from pipelines.workspace import Workspace


def _nobody(share: float) -> None:
    """Nobody watches the progress."""


def failing_rows(workspace: Workspace, load: Load, progress: Callable[[float], None] = _nobody) -> pd.DataFrame:
    """
    `line`, then the columns that the file supplied, as they were held at the gate: of each expectation the lines that
    its result names, in the order of the file. Raises SourceError where the mapping of the load was not kept, and
    RecordError where the store no longer holds the original as it was.
    """
    mapping = mapping_of(workspace, load)
    if mapping is None:
        raise SourceError(
            f"{load.file}: it was loaded before mappings were kept, so its rows cannot be read again; "
            "look for the lines in your own copy of the file"
        )
    wanted = {line for result in load.gate for line in result.lines}
    contract = definitions.source(load.source)
    rows = stage(workspace.store.get(load.sha256), load.file, contract, mapping, progress).frame
    found = rows[rows["line"].isin(wanted)].sort_values("line")
    days = {name: found[name].dt.date for name in found if name in contract.columns and _is_day(contract, str(name))}
    names = [name for name in contract.columns if name in load.delivered and name in found]
    return found.assign(**days)[["line", *names]].reset_index(drop=True)


def _is_day(contract: Source, name: str) -> bool:
    return contract.columns[name].type == "date"


def mapping_of(workspace: Workspace, load: Load) -> Mapping | None:
    """As it was applied; the load names it by its SHA-256."""
    if not workspace.store.has(load.mapping):
        return None
    return Mapping.model_validate(json.loads(workspace.store.get(load.mapping)))
