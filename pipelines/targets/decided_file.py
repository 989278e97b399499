"""What people decided, as a YAML file: one list that leaves the house whole and comes in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import yaml

from audit.targets.objective import Objective
from audit.targets.scorecard import Scorecard
from audit.wording import say
from pipelines.targets.objective_fit import Misfit

LINE = 100
Decided = TypeVar("Decided", Objective, Scorecard)


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


def twice(listed: Sequence[Decided], under: str) -> Iterator[Misfit]:
    for name in ("id", "title"):
        seen: dict[str, int] = {}
        for at, decided in enumerate(listed):
            value = getattr(decided, name)
            if value and value in seen:
                other = str(seen[value] + 1)
                told = say("{name} '{value}' is that of entry {at} too; keep one", name=name, value=value, at=other)
                yield (under, at, name), told
            seen.setdefault(value, at)


def counted(listed: Sequence[Decided], under: str) -> Iterator[Misfit]:
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
