"""Looks up the first of the rows that were unexpected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pipelines.gating.answer import FIRST, Answer
from pipelines.gating.plan import Shape
from pipelines.gating.rows import POSITION, Rows
from pipelines.sql import name

BEGINNING = 8192
"""Rows at the beginning of the batch that are read once for all; what breaks often is found there."""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Judged:
    """An answer, and where its unexpected rows are found."""

    answer: Answer
    columns: tuple[str, ...] = ()
    shape: Shape = "value"
    broken: str = "true"
    table: str = "rows"

    @property
    def listed(self) -> int:
        return min(self.answer.unexpected_count or 0, FIRST)


def listed(rows: Rows, judged: list[Judged]) -> list[Answer]:
    """The answers, with the first of their unexpected rows."""
    near = _at_the_beginning(rows, judged)
    return [_told(rows, one, near.get(one.broken, [])) for one in judged]


def _told(rows: Rows, one: Judged, near: list[Row]) -> Answer:
    if not one.listed:
        return one.answer
    found = near[:FIRST] if one.table == "rows" and len(near) >= one.listed else _anywhere(rows, one)
    return replace(
        one.answer,
        partial_unexpected_index_list=tuple(int(row[0]) for row in found),
        partial_unexpected_list=tuple(_shown(one, row[2:]) for row in found),
        lines=tuple(sorted(int(row[1]) for row in found)),
    )


def _shown(one: Judged, values: Row) -> Any:
    if one.shape == "value":
        return values[0]
    return values if one.shape == "pair" else dict(zip(one.columns, values, strict=True))


def _at_the_beginning(rows: Rows, judged: list[Judged]) -> dict[str, list[Row]]:
    """By condition, the rows near the beginning that meet it: place, line, and the columns to show."""
    wanted = {one.broken: one.columns for one in judged if one.listed and one.table == "rows"}
    if not wanted:
        return {}
    columns = list(dict.fromkeys(column for several in wanted.values() for column in several))
    flags = ", ".join(f"coalesce({broken}, false)" for broken in wanted)
    shown = ", ".join([POSITION, "line", *map(name, columns)])
    found = rows.connection.execute(f"select {flags}, {shown} from (from rows limit {BEGINNING})").fetchall()
    places = {column: at for at, column in enumerate(columns, start=len(wanted) + 2)}
    return {
        broken: [_picked(row, len(wanted), [places[c] for c in several]) for row in found if row[at]]
        for at, (broken, several) in enumerate(wanted.items())
    }


def _picked(row: Row, place: int, columns: list[int]) -> Row:
    return (row[place], row[place + 1], *(row[at] for at in columns))


def _anywhere(rows: Rows, one: Judged) -> list[Row]:
    """DuckDB keeps the order of the rows, and so it stops reading when it has found enough of them."""
    shown = ", ".join([POSITION, "line", *map(name, one.columns)])
    order = f" order by {POSITION}" if one.table != "rows" else ""
    query = f"select {shown} from {one.table} where {one.broken}{order} limit {FIRST}"
    return rows.connection.execute(query).fetchall()
