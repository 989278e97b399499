"""Objectives as YAML: what people decided leaves the house in one file, and comes in from one, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from audit.errors import DefinitionError
from audit.objective import Objective
from audit.records import Records, objectives
from audit.text import Written
from pipelines import results, yaml_file
from pipelines.objective_fit import Loc, misfits
from pipelines.workspace import Workspace

LINE = 100
NOTE = """\
# Quality objectives of {organisation}. Read back with: python -m pipelines objectives --from FILE
# An objective that is known, by its id or else by its title, is changed; any other is new; none is removed.
"""


class Listed(Written):
    objectives: tuple[Objective, ...]


@dataclass(frozen=True)
class Planned:
    """What keeping the file would do to one objective."""

    what: Literal["new", "changed", "unchanged"]
    objective: Objective
    changed: tuple[str, ...] = ()
    """Which parts read otherwise."""


def text_of(organisation: str, every: Iterable[Objective]) -> str:
    """The steps of each, its quantities with their units; the same content gives the same bytes."""
    listed = [_told(each) for each in every]
    body = str(yaml.safe_dump({"objectives": listed}, allow_unicode=True, sort_keys=False, width=LINE))
    return NOTE.format(organisation=" ".join(organisation.split())) + body


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
    found = [page.at(loc, message) for loc, message in (*_of_each(workspace, listed), *_twice(listed))]
    return sorted(found, key=lambda mistake: (mistake.line, mistake.column))


def _of_each(workspace: Workspace, listed: Sequence[Objective]) -> Iterator[tuple[Loc, str]]:
    run = results.latest(workspace)
    for at, objective in enumerate(listed):
        yield from ((("objectives", at, *loc), message) for loc, message in misfits(workspace, run, objective))
        if objective.revision:
            yield ("objectives", at, "revision"), "revisions are counted here and not written; leave the line out"


def _twice(listed: Sequence[Objective]) -> Iterator[tuple[Loc, str]]:
    for name in ("id", "title"):
        seen: dict[str, int] = {}
        for at, objective in enumerate(listed):
            value = getattr(objective, name)
            if value and value in seen:
                yield ("objectives", at, name), f"{name} '{value}' is that of entry {seen[value] + 1} too; keep one"
            seen.setdefault(value, at)


def planned(records: Records, listed: Iterable[Objective]) -> list[Planned]:
    """Nothing is changed by it."""
    known = objectives.every(records)
    by_id, by_title = {each.id: each for each in known}, {each.title: each for each in known if not each.retired_on}
    return [_planned(each, by_id.get(each.id) or (None if each.id else by_title.get(each.title))) for each in listed]


def _planned(objective: Objective, former: Objective | None) -> Planned:
    if former is None:
        return Planned("new", objective)
    ours, theirs = objectives.written(objective), objectives.written(former)
    named = objective.model_copy(update={"id": former.id, "revision": former.revision})
    changed = tuple(name for name in ours if ours[name] != theirs[name])
    return Planned("changed" if changed else "unchanged", named, changed)
