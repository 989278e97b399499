"""Looks up the first of the rows that were unexpected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipelines.gating.answer import FIRST, Answer
from pipelines.gating.batch import POSITION, Month
from pipelines.gating.plan import Shape
from pipelines.gating.rows import Rows
from pipelines.sql import name

BEGINNING = 8192
"""Rows at the beginning of the batch that are read once for all; what breaks often is found there."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """An answer, and where its unexpected rows are found."""

    answer: Answer
    columns: tuple[str, ...] = ()
    shape: Shape = "value"
    places: Sequence[int] = ()
    """Of the first unexpected rows, where they are known; else they are those of `months` that are `broken`."""
    broken: str = ""
    months: Sequence[Month] = ()

    @property
    def listed(self) -> int:
        return min(self.answer.unexpected_count or 0, FIRST)


def listed(rows: Rows, judged: list[Judged]) -> list[Answer]:
    """The answers, with the first of their unexpected rows."""
    places = _places(rows, judged)
    found = _rows(rows, places, judged)
    return [_told(one, [found[place] for place in some]) for one, some in zip(judged, places, strict=True)]


def _told(one: Judged, found: list[Row]) -> Answer:
    return replace(
        one.answer,
        partial_unexpected_index_list=tuple(row[POSITION] for row in found),
        partial_unexpected_list=tuple(_shown(one, row) for row in found),
        lines=tuple(sorted(row["line"] for row in found)),
    )


def _shown(one: Judged, row: Row) -> Any:
    values = {column: row[column] for column in one.columns}
    return (
        values if one.shape == "record" else tuple(values.values()) if one.shape == "pair" else values[one.columns[0]]
    )


def _places(rows: Rows, judged: list[Judged]) -> list[list[int]]:
    """Of the rows to be listed, for each."""
    sought = {one.broken: one for one in judged if one.listed and not len(one.places)}
    near = _at_the_beginning(rows, list(sought))
    found = {
        broken: near[broken] if len(near[broken]) == one.listed else _anywhere(rows, one)
        for broken, one in sought.items()
    }
    return [[int(place) for place in one.places[:FIRST]] or found.get(one.broken, []) for one in judged]


def _at_the_beginning(rows: Rows, conditions: list[str]) -> dict[str, list[int]]:
    """By condition, the places near the beginning that meet it."""
    if not conditions:
        return {}
    flags = ", ".join(f"coalesce({condition}, false)" for condition in conditions)
    read = rows.connection.sql(f"select {flags} from (from rows limit {BEGINNING})").to_arrow_table()
    return {
        condition: np.flatnonzero(flag.to_numpy())[:FIRST].tolist()
        for condition, flag in zip(conditions, read.columns, strict=True)
    }


def _anywhere(rows: Rows, one: Judged) -> list[int]:
    """DuckDB keeps the order of the rows, and so it stops reading when it has found enough of them."""
    query = f"select {POSITION} from {rows.of_months(one.months)} where {one.broken} limit {FIRST}"
    return [int(place) for (place,) in rows.connection.execute(query).fetchall()]


def _rows(rows: Rows, places: list[list[int]], judged: list[Judged]) -> dict[int, Row]:
    """By place."""
    wanted = np.unique(np.array([place for some in places for place in some], dtype=np.int64))
    if not len(wanted):
        return {}
    columns = list(dict.fromkeys(column for one in judged if one.listed for column in one.columns))
    names = [POSITION, "line", *columns]
    query = f"select {', '.join(map(name, names))} from {rows.at(wanted)}"
    found = [dict(zip(names, row, strict=True)) for row in rows.connection.execute(query).fetchall()]
    return {row[POSITION]: row for row in found}
