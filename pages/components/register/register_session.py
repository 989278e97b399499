"""What is typed over a register and not yet saved: kept until it is saved or given up, on whatever page one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from audit.load import Load
from audit.records import loads
from pages.components import session
from pages.components.register.kept_editor import begin_with, forget
from pages.components.register.register_editor import frame, with_origin
from pipelines.registers import register
from pipelines.registers.edit import Edit, changes
from pipelines.registers.number import numbered, proposals
from pipelines.registers.register import Register, Row
from pipelines.workspace import Workspace

MOST_NEW = 200
"""Numbers that are proposed at once; a longer list is a file."""


@dataclass(frozen=True)
class Begun:
    """A register as it stood when somebody began to type."""

    register: Register
    search: str
    proposed: Sequence[str]
    loads: Mapping[str, Load]
    turn: int
    """Counts the beginnings, so that each has tables of its own."""

    @property
    def name(self) -> str:
        return self.register.source.name

    @property
    def new_key(self) -> str:
        return f"new {self.name} {self.turn}"

    @property
    def rows_key(self) -> str:
        return f"rows {self.name} {self.turn}"

    def edit(self, new: Sequence[Row], standing: Sequence[Row]) -> Edit:
        changed = [now for was, now in zip(self.register.rows, standing, strict=True) if was != now]
        with_numbers = numbered(new, self.register.key, self.proposed)
        return Edit(self.name, self.register.version, tuple(with_numbers), tuple(changed))

    @property
    def before(self) -> dict[str, Row]:
        return {str(row[self.register.key]): row for row in self.register.rows}


def begun(workspace: Workspace, name: str) -> Begun:
    if (known := st.session_state.get(_name(name))) is None:
        known = begin(workspace, name)
    return known


def begin(workspace: Workspace, name: str, search: str = "", also: Sequence[str] = ()) -> Begun:
    """Read the register as it stands now; what was typed before and not saved is given up."""
    former: Begun | None = st.session_state.get(_name(name))
    if former:
        for key in (former.new_key, former.rows_key):
            forget(key)
    records = session.records(workspace)
    read = register.read(workspace, name, search, also)
    proposed = proposals(workspace, name, read.version, records.clock().year, MOST_NEW)
    known = {load.id: load for load in loads.every(records)}
    fresh = Begun(read, search, proposed, known, former.turn + 1 if former else 0)
    st.session_state[_name(name)] = fresh
    return fresh


def begin_with_mine(workspace: Workspace, old: Begun, edit: Edit) -> None:
    """Read the register as it stands now, and lay what was typed over it, cell by cell."""
    typed = {edit.key(row): row for row in edit.changed}
    mine = changes({key: old.before[key] for key in typed}, typed, edit.contract.columns)
    fresh = begin(workspace, edit.source, old.search, list(typed))
    rows = {str(row[fresh.register.key]): dict(row) for row in fresh.register.rows}
    for change in mine:
        rows.setdefault(change.key, {})[change.column] = change.after
    begin_with(
        fresh.rows_key,
        with_origin(frame([rows[key] for key in fresh.before], edit.contract), fresh.register, fresh.loads),
    )
    taken = register.standing(workspace, edit.source, fresh.register.version, map(edit.key, edit.new))
    free = [{**row, fresh.register.key: None} if edit.key(row) in taken else row for row in edit.new]
    begin_with(fresh.new_key, frame(numbered(free, fresh.register.key, fresh.proposed), edit.contract))


def _name(name: str) -> str:
    return f"register {name}"
