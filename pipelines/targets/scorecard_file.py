"""Scorecards as YAML: all of them leave the house in one file, and come in from one, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from audit.errors import DefinitionError
from audit.records import Records
from audit.records.targets import scorecards
from audit.targets.scorecard import Scorecard
from audit.text import Written
from pipelines.targets import decided_file
from pipelines.targets.decided_file import Planned
from pipelines.targets.scorecard_fit import misfits
from pipelines.workspace import Workspace

UNDER = "scorecards"
NOTE = """\
# Scorecards of {organisation}. Read back with: python -m pipelines scorecard --from FILE
# A scorecard that is known, by its id or else by its title, is changed; any other is new; none is removed.
# Weights need not sum to 100; a figure has the points of the best level that it reaches, and no more.
"""


class Listed(Written):
    scorecards: tuple[Scorecard, ...]


def text_of(organisation: str, every: Iterable[Scorecard]) -> str:
    return decided_file.text(NOTE, organisation, UNDER, map(_told, every))


def _told(scorecard: Scorecard) -> dict[str, Any]:
    told = {"id": scorecard.id, **scorecards.written(scorecard)}
    if scorecard.retired_on:
        told["retired_on"] = scorecard.retired_on.isoformat()
    order = ("id", "title", "department", "owner", "grain", "reviewed_every", "most_missing", "why", "indicators",
             "bands", "retired_on")  # fmt: skip
    return {name: told[name] for name in order if told[name] not in ("", None)}


def read(workspace: Workspace, path: Path) -> list[Scorecard]:
    """Raises DefinitionError with the first mistake; `mistakes` has all of them."""
    return decided_file.read(workspace, path, Listed, UNDER, misfits)


def mistakes(workspace: Workspace, path: Path) -> list[DefinitionError]:
    """Every one, with file, line and column, in the order of the file."""
    return decided_file.mistakes(workspace, path, Listed, UNDER, misfits)


def planned(records: Records, listed: Iterable[Scorecard]) -> list[Planned[Scorecard]]:
    """Nothing is changed by it."""
    return decided_file.planned(scorecards.every(records), listed, scorecards.written)
