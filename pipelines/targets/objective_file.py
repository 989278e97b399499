"""Objectives as YAML: what people decided leaves the house in one file, and comes in from one, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from audit.errors import DefinitionError
from audit.records import Records
from audit.records.targets import objectives
from audit.targets.objective import Objective
from audit.text import Written
from pipelines.targets import decided_file
from pipelines.targets.decided_file import Planned
from pipelines.targets.objective_fit import misfits
from pipelines.workspace import Workspace

UNDER = "objectives"
NOTE = """\
# Quality objectives of {organisation}. Read back with: python -m pipelines objectives --from FILE
# An objective that is known, by its id or else by its title, is changed; any other is new; none is removed.
"""


class Listed(Written):
    objectives: tuple[Objective, ...]


def text_of(organisation: str, every: Iterable[Objective]) -> str:
    """The steps of each, its quantities with their units; the same content gives the same bytes."""
    return decided_file.text(NOTE, organisation, UNDER, map(_told, every))


def _told(objective: Objective) -> dict[str, Any]:
    told = {"id": objective.id, **objectives.written(objective)}
    if objective.retired_on:
        told["retired_on"] = objective.retired_on.isoformat()
    order = ("id", "title", "kpi", "by", "group", "grain", "owner", "why", "targets", "retired_on")
    return {name: told[name] for name in order if told[name]}


def read(workspace: Workspace, path: Path) -> list[Objective]:
    """Raises DefinitionError with the first mistake; `mistakes` has all of them."""
    return decided_file.read(workspace, path, Listed, UNDER, misfits)


def mistakes(workspace: Workspace, path: Path) -> list[DefinitionError]:
    """Every one, with file, line and column, in the order of the file."""
    return decided_file.mistakes(workspace, path, Listed, UNDER, misfits)


def planned(records: Records, listed: Iterable[Objective]) -> list[Planned[Objective]]:
    """Nothing is changed by it."""
    return decided_file.planned(objectives.every(records), listed, objectives.written)
