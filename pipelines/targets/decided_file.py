"""What people decided, as a YAML file: one list that leaves the house whole and comes in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import yaml

from audit.errors import DefinitionError
from audit.targets.objective import Objective
from audit.targets.scorecard import Scorecard
from audit.text import Written
from audit.wording import say
from pipelines import yaml_file
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.targets.objective_fit import Misfit
from pipelines.workspace import Workspace
from pipelines.yaml_file import Loc

LINE = 100
Decided = TypeVar("Decided", Objective, Scorecard)
Misfits = Callable[[Workspace, Run | None, Decided], Iterable[Misfit]]


@dataclass(frozen=True)
class Planned(Generic[Decided]):
    """What keeping the file would do to one of them."""

    what: Literal["new", "changed", "unchanged"]
    decided: Decided
    changed: tuple[str, ...] = ()
    """Which parts read otherwise."""


def text(note: str, organisation: str, under: str, listed: Iterable[dict[str, Any]]) -> str:
    """The same content gives the same bytes."""
    body = str(yaml.safe_dump({under: list(listed)}, allow_unicode=True, sort_keys=False, width=LINE))
    return note.format(organisation=" ".join(organisation.split())) + body


def read(
    workspace: Workspace, path: Path, listed: type[Written], under: str, misfits: Misfits[Decided]
) -> list[Decided]:
    """Raises DefinitionError with the first mistake; `mistakes` has all of them."""
    for mistake in mistakes(workspace, path, listed, under, misfits):
        raise mistake
    return list(getattr(yaml_file.read(path).as_model(listed), under))


def mistakes(
    workspace: Workspace, path: Path, listed: type[Written], under: str, misfits: Misfits[Decided]
) -> list[DefinitionError]:
    """Every one, with file, line and column, in the order of the file."""
    page = yaml_file.read(path)
    try:
        every: Sequence[Decided] = getattr(page.as_model(listed), under)
    except DefinitionError:
        return page.mistakes(listed)
    found = [page.at(loc, message) for loc, message in _found(workspace, every, under, misfits)]
    return sorted(found, key=lambda mistake: (mistake.line, mistake.column))


def _found(workspace: Workspace, listed: Sequence[Decided], under: str, misfits: Misfits[Decided]) -> Iterator[Misfit]:
    run = results.latest(workspace)
    for at, decided in enumerate(listed):
        yield from _below((under, at), misfits(workspace, run, decided))
    yield from _counted(listed, under)
    yield from _twice(listed, under)


def _below(entry: Loc, found: Iterable[Misfit]) -> Iterator[Misfit]:
    for loc, message in found:
        yield (*entry, *loc), message


def _twice(listed: Sequence[Decided], under: str) -> Iterator[Misfit]:
    for name in ("id", "title"):
        seen: dict[str, int] = {}
        for at, decided in enumerate(listed):
            value = getattr(decided, name)
            if value and value in seen:
                other = str(seen[value] + 1)
                told = say("{name} '{value}' is that of entry {at} too; keep one", name=name, value=value, at=other)
                yield (under, at, name), told
            seen.setdefault(value, at)


def _counted(listed: Sequence[Decided], under: str) -> Iterator[Misfit]:
    for at, decided in enumerate(listed):
        if decided.revision:
            yield (under, at, "revision"), say("revisions are counted here and not written; leave the line out")


def planned(
    known: Sequence[Decided], listed: Iterable[Decided], written: Callable[[Decided], dict[str, Any]]
) -> list[Planned[Decided]]:
    """One is known by its id, or else by its title."""
    by_id, by_title = {each.id: each for each in known}, {each.title: each for each in known if not each.retired_on}
    return [
        _planned(each, by_id.get(each.id) or (None if each.id else by_title.get(each.title)), written)
        for each in listed
    ]


def _planned(
    decided: Decided, former: Decided | None, written: Callable[[Decided], dict[str, Any]]
) -> Planned[Decided]:
    if former is None:
        return Planned("new", decided)
    ours, theirs = written(decided), written(former)
    named = decided.model_copy(update={"id": former.id, "revision": former.revision})
    changed = tuple(name for name in ours if ours[name] != theirs[name])
    return Planned("changed" if changed else "unchanged", named, changed)
