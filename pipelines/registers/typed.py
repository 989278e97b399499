"""Rows that people type instead of loading a file: a save is a load like any other, with its author and its gate."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from audit.access.person import Who
from audit.errors import SourceError
from audit.load import GateResult, Load
from audit.records import Records
from audit.text import Text
from audit.wording import say
from pipelines.gate import validate
from pipelines.gating.expectation_arguments import of_day
from pipelines.load import load
from pipelines.loading.incoming import Progress
from pipelines.registers.edit import Change, Edit, between
from pipelines.registers.original import Original, original, places
from pipelines.registers.register import standing, version_of
from pipelines.stage import Batch, stage
from pipelines.workspace import Workspace

# Between the look at what others saved and the publication nobody of this program may come in between.
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Mistake:
    """A cell that cannot be saved. `row` is the place of its row in the edit."""

    row: int
    column: str
    value: str
    reason: Text


@dataclass(frozen=True)
class Checked:
    mistakes: tuple[Mistake, ...]
    gate: tuple[GateResult, ...]
    places: dict[int, int]
    """The place of a row in the edit, by the line that the gate names."""

    @property
    def fit(self) -> bool:
        return not self.mistakes and not any(result.stops for result in self.gate)


@dataclass(frozen=True)
class Saved:
    load: Load
    replaced: tuple[Change, ...]
    """What another program published in the moment of the save, and the save replaced; its version still has it."""


def overtaken(workspace: Workspace, edit: Edit) -> tuple[Change, ...]:
    """What others saved in the same rows since this edit was begun."""
    return between(workspace, edit, edit.version, version_of(workspace, edit.source))


def checked(workspace: Workspace, records: Records, edit: Edit, actor: Who, progress: Progress) -> Checked:
    """A dry run through the stages that a file goes through. Nothing is kept."""
    file = original(edit, str(actor), records.clock())
    progress(0.0, say("reading the rows"))
    batch = _staged(file, edit)
    mistakes = _mistakes(workspace, edit, batch, file)
    progress(0.3, say("holding the rows at the gate"))
    gate = validate(batch.frame, of_day(edit.contract, records.clock().date())) if len(batch.frame) else ()
    return Checked(mistakes, gate, places(file.content))


def save(workspace: Workspace, records: Records, edit: Edit, actor: Who, progress: Progress) -> Saved:
    """
    Raises SourceError, and publishes nothing, where nothing was typed, a cell is wrong, or somebody saved one of the
    rows meanwhile. Whether the gate stopped the rows is a result, as for any load.
    """
    by = records.require(actor, "load")
    with ONE_AT_A_TIME:
        now = version_of(workspace, edit.source)
        file = original(edit, by.name, records.clock())
        _refuse(workspace, edit, file)
        found = load(workspace, records, file.content, file.name, edit.source, file.mapping, by, progress)
    return Saved(found, between(workspace, edit, now, found.version - 1) if found.version else ())


def _staged(file: Original, edit: Edit) -> Batch:
    return stage(file.content, file.name, edit.contract, file.mapping)


def _refuse(workspace: Workspace, edit: Edit, file: Original) -> None:
    if not edit.rows:
        raise SourceError(say("{source}: nothing was typed; change a row or type a new one", source=edit.source))
    if others := overtaken(workspace, edit):
        keys = ", ".join(dict.fromkeys(change.key for change in others))
        raise SourceError(
            say(
                "{source}: {keys} changed meanwhile; look at what is new there, then save again",
                source=edit.source, keys=keys,
            )
        )  # fmt: skip
    for wrong in _mistakes(workspace, edit, _staged(file, edit), file)[:1]:
        raise SourceError(
            say(
                "{source}, row {key}, {column} '{value}': {reason}",
                source=edit.source, key=edit.keys[wrong.row], column=wrong.column, value=wrong.value,
                reason=wrong.reason,
            )
        )  # fmt: skip


def _mistakes(workspace: Workspace, edit: Edit, batch: Batch, file: Original) -> tuple[Mistake, ...]:
    """By row. Of a number that two rows have, it is said in place of what staging says about lines of a file."""
    at, numbers = places(file.content), _numbers(workspace, edit)
    told = {mistake.row for mistake in numbers}
    wrong = [Mistake(at[one.line], one.column, one.value, one.reason) for one in batch.rejects]
    others = [one for one in wrong if one.row not in told or one.column != edit.contract.key[0]]
    return tuple(sorted([*numbers, *others], key=lambda mistake: mistake.row))


def _numbers(workspace: Workspace, edit: Edit) -> list[Mistake]:
    """New rows with the number of another one, which they would replace."""
    keys, column = edit.keys, edit.contract.key[0]
    known = standing(workspace, edit.source, edit.version, keys[: len(edit.new)])
    why = say("another row has this number; leave it empty for the next free one")
    return [
        Mistake(place, column, key, why)
        for place, key in enumerate(keys[: len(edit.new)])
        if key and (key in known or keys.count(key) > 1)
    ]
