"""Numbers for new rows, as in C-2026-0007: the next one that nobody has, and none is ever given twice."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines import definitions
from pipelines.registers.register import REGISTERS, Row, opened
from pipelines.workspace import Workspace


def proposals(workspace: Workspace, name: str, version: int | None, year: int, count: int) -> list[str]:
    """The next numbers of the year, after the highest that stands."""
    first = _highest(workspace, name, version, year) + 1
    return [f"{REGISTERS[name].prefix}-{year}-{number:04}" for number in range(first, first + count)]


def numbered(rows: Sequence[Row], key: str, free: Sequence[str]) -> list[Row]:
    """The rows, each with the next free number where none was typed; with none, when no number is left."""
    typed = {row[key] for row in rows}
    left = (number for number in free if number not in typed)
    return [row if row[key] else {**row, key: next(left, None)} for row in rows]


def _highest(workspace: Workspace, name: str, version: int | None, year: int) -> int:
    key = definitions.source(name).key[0]
    pattern = f"^{REGISTERS[name].prefix}-{year}-([0-9]{{1,9}})$"
    with opened(workspace, name, version) as connection:
        query = f"select max(try_cast(regexp_extract({key}, $pattern, 1) as bigint)) from {name}"
        found = connection.execute(query, {"pattern": pattern}).fetchone()
    return int(found[0] or 0) if found else 0
