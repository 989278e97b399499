"""Objectives as YAML: what people decided leaves the house in one file, and comes in from one, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from audit.errors import DefinitionError
from audit.records import Records
from audit.records.targets import objectives
from audit.targets.objective import Objective
from audit.text import Written
from pipelines import yaml_file
from pipelines.runs import results
from pipelines.targets import decided_file
from pipelines.targets.decided_file import Planned
from pipelines.targets.objective_fit import Misfit, misfits
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
    for mistake in mistakes(workspace, path):
        raise mistake
    return list(yaml_file.read(path).as_model(Listed).objectives)


def mistakes(workspace: Workspace, path: Path) -> list[DefinitionError]:
    """Every one, with file, line and column, in the order of the file."""
    page = yaml_file.read(path)
    try:
        listed = page.as_model(Listed).objectives
    except DefinitionError:
        return page.mistakes(Listed)
    found = [page.at(loc, message) for loc, message in _found(workspace, listed)]
    return sorted(found, key=lambda mistake: (mistake.line, mistake.column))


def _found(workspace: Workspace, listed: Sequence[Objective]) -> Iterator[Misfit]:
    run = results.latest(workspace)
    for at, objective in enumerate(listed):
        yield from (((UNDER, at, *loc), message) for loc, message in misfits(workspace, run, objective))
    yield from decided_file.counted(listed, UNDER)
    yield from decided_file.twice(listed, UNDER)


def planned(records: Records, listed: Iterable[Objective]) -> list[Planned[Objective]]:
    """Nothing is changed by it."""
    return decided_file.planned(objectives.every(records), listed, objectives.written)
