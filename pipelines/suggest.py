"""Proposes which dataset a file holds and which of its columns is which, by their names; a person confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from audit.errors import AuditError
from audit.mapping import Mapping
from audit.source import Source
from pipelines import definitions
from pipelines.staging.header import needed
from pipelines.staging.header import plain as same
from pipelines.suggesting.names import likeness, words
from pipelines.suggesting.synonyms import column_names

LEAST = 0.7
"""Below this likeness two names are not proposed for one another."""
ENOUGH = 0.5
"""Share of what a mapping or a contract asks for that must stand in a file, for it to be recognised."""
BARE_KEY = ("id", "no", "nr", "number", "编号", "序号")
"""What a file calls its own key; it says nothing where a contract has a key of several columns."""

Names = tuple[tuple[str, float], ...]
"""What a column is called, and how much each name weighs."""


class Known(NamedTuple):
    """A file as it has been read before, or as a contract has it."""

    kind: str
    """own (the contract's own names), saved (in this workspace) or ready (for the export of a tool)."""
    name: str
    mapping: Mapping


class Recognised(NamedTuple):
    known: Known
    complete: bool
    """Nothing that it asks for is missing in the file."""
    fit: float

    @property
    def source(self) -> str:
        return self.known.mapping.source


def columns(contract: Source, names: Sequence[str]) -> dict[str, str]:
    """Column of the contract -> the column of the file that it seems to be; each of them once at most."""
    return _matched(contract, names, {column: _known_names(contract, column) for column in contract.columns})


def own_columns(contract: Source, names: Sequence[str]) -> dict[str, str]:
    """Column of the contract -> the column of the file with the same name."""
    there = {same(name): name for name in _unrepeated(names)}
    return {column: there[same(column)] for column in contract.columns if same(column) in there}


def _matched(contract: Source, names: Sequence[str], known: dict[str, Names]) -> dict[str, str]:
    alike = _unrepeated(names)
    ranked = sorted(
        ((_best(words(name), known[column]), column, name) for column in contract.columns for name in alike),
        key=lambda found: -found[0],
    )
    taken: dict[str, str] = {}
    for score, column, name in ranked:
        if score >= LEAST and column not in taken and name not in taken.values():
            taken[column] = name
    return {column: taken[column] for column in contract.columns if column in taken}


def source(names: Sequence[str]) -> str | None:
    """The dataset that the names fit best; None where they fit none, or two of them alike."""
    ranked = sorted(((_fit(contract, names), name) for name, contract in definitions.sources().items()), reverse=True)
    (best, found), (second, _) = ranked[0], ranked[1]
    return found if best >= ENOUGH and best > second else None


def recognised(names: Sequence[str], saved: dict[str, Path]) -> list[Recognised]:
    """What fits the names, the best first: complete before incomplete, the workspace's own mappings before others."""
    found = [_recognised(known, names) for known in (*_saved(saved), *_own(), *_ready())]
    order = {"saved": 0, "own": 1, "ready": 2}
    fitting = [one for one in found if one is not None]
    return sorted(fitting, key=lambda one: (not one.complete, -one.fit, order[one.known.kind], one.known.name))


def _recognised(known: Known, names: Sequence[str]) -> Recognised | None:
    """
    Recognised is a mapping of whose columns most stand in the file. A contract's own names must be there wholly where
    a row needs them: a file that merely has a customer_id is no list of customers.
    """
    contract = definitions.source(known.mapping.source)
    there = set(map(same, _unrepeated(names)))
    asked = _asked(known, contract)
    missing = [column for column, origins in asked.items() if not {same(name) for name in origins} <= there]
    named = known.kind == "own"
    complete = not (set(missing) & needed(contract)) if named else not missing
    found = {same(name) for column, origins in asked.items() if column not in missing for name in origins}
    fit = len(found) / max(len(there), 1) if named else (len(asked) - len(missing)) / max(len(asked), 1)
    if (named and (not complete or fit < ENOUGH)) or fit < ENOUGH or len(found) < 2:
        return None
    return Recognised(known, complete, round(fit + len(found) / 1000, 4))


def _asked(known: Known, contract: Source) -> dict[str, tuple[str, ...]]:
    if known.kind == "own":
        return {name: (name,) for name in contract.columns}
    asked = {name: written.source for name, written in known.mapping.columns.items() if written.source}
    pivot = known.mapping.pivot
    answers = [answer for each in pivot.answers.values() for answer in each.values()] if pivot else []
    if not asked and not pivot:  # saved for how the file is written alone
        return {name: (name,) for name in needed(contract)}
    return asked | {f"answer {at}": (one.source,) for at, one in enumerate(answers) if one.source}


def _fit(contract: Source, names: Sequence[str]) -> float:
    """How much of what a row needs is there, and how much of the file the contract explains."""
    found = _matched(contract, names, _by_column(contract.name))
    must = needed(contract)
    explained = len(found) / max(len(names), 1)
    return round(len(must & found.keys()) / len(must) * (0.4 + 0.6 * min(explained, 1.0)), 4)


def _best(name: str, known: Iterable[tuple[str, float]]) -> float:
    return max((likeness(name, other) * weight for other, weight in known), default=0.0)


@cache
def _by_column(contract: str) -> dict[str, Names]:
    """Per column its known names with their weight: its own counts most, then what people call it."""
    found = {name: {words(name): 1.0} for name in definitions.source(contract).columns}
    for name, known in found.items():
        for other in column_names().get(name, ()):
            known.setdefault(words(other), 0.98)
    for ready in _ready():
        for name, written in ready.mapping.columns.items():
            if ready.mapping.source == contract and len(written.source) == 1:
                found[name].setdefault(words(written.source[0]), 0.95)
    return {name: tuple(known.items()) for name, known in found.items()}


def _known_names(contract: Source, column: str) -> Names:
    """With what a file calls its own key, once it is known which dataset it holds."""
    known = _by_column(contract.name)[column]
    if contract.key != (column,):
        return known
    spoken = dict(known)
    for bare in BARE_KEY:
        spoken.setdefault(words(bare), 0.75)
    return tuple(spoken.items())


def _unrepeated(names: Sequence[str]) -> list[str]:
    """A name that stands twice cannot be asked for."""
    seen = [same(name) for name in names]
    return [name for name in names if same(name) and seen.count(same(name)) == 1]


def _own() -> list[Known]:
    return [Known("own", name, Mapping(source=name)) for name in definitions.sources()]


@cache
def _ready() -> tuple[Known, ...]:
    return tuple(_known("ready", name, path) for name, path in definitions.ready_mappings().items())


def _saved(saved: dict[str, Path]) -> list[Known]:
    """One that can no longer be read is passed over here; the page that lists them says why."""
    found = []
    for name, path in saved.items():
        try:
            found.append(_known("saved", name, path))
        except AuditError:
            continue
    return found


def _known(kind: str, name: str, path: Path) -> Known:
    return Known(kind, name, definitions.mapping_of_any_source(path))
