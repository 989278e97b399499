"""What somebody typed over one version of a register, and how two states of its rows differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.source import Source
from pipelines import definitions
from pipelines.registers.register import Row, Value, standing
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Edit:
    source: str
    version: int | None
    """Version of the table over which it was typed; None where there was no table yet."""
    new: tuple[Row, ...] = ()
    changed: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.new, *self.changed)

    @property
    def contract(self) -> Source:
        return definitions.source(self.source)

    @property
    def keys(self) -> list[str]:
        return [self.key(row) for row in self.rows]

    def key(self, row: Row) -> str:
        return str(row[self.contract.key[0]] or "")


@dataclass(frozen=True)
class Change:
    key: str
    column: str
    before: Value
    after: Value


def changes(before: Mapping[str, Row], after: Mapping[str, Row], columns: Iterable[str]) -> tuple[Change, ...]:
    """Cell by cell, in the order of `after`; a row that is not there is empty in every column."""
    return tuple(
        Change(key, column, *states)
        for key in dict.fromkeys([*after, *before])
        for column in columns
        if (states := (before.get(key, {}).get(column), after.get(key, {}).get(column)))[0] != states[1]
    )


def between(workspace: Workspace, edit: Edit, since: int | None, until: int | None) -> tuple[Change, ...]:
    """What changed in the rows of the edit from one version of the table to another."""
    if since == until:
        return ()
    then, now = (standing(workspace, edit.source, version, edit.keys) for version in (since, until))
    return changes(then, now, edit.contract.stored)
