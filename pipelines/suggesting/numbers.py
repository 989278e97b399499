"""Proposes how the numbers of a column are written: the sign before decimals, and the one between thousands."""

from __future__ import annotations

from itertools import product
from typing import Any

from audit.source import Column
from pipelines.suggesting.reading import Option, Values, meaning, option, side_by_side

THOUSANDS = (".", ",", "'", "’", " ", "\u00a0", "\u202f")
WORTH = 0.5


def options(values: Values, column: Column) -> list[Option]:
    """
    Those that read all values, one for each different meaning: 1.234 is a thousand to some and one and a bit to others.
    Where nothing reads all of them, those that read most. None where the values are no numbers at all.
    """
    plain = _without_scale(column)
    found = [option(values, plain, written) for written in _ways(values, plain)]
    complete = [one for one in found if not one.unread]
    if complete:
        return side_by_side(values, plain, _different(complete, values, plain))
    worth = [one for one in found if one.unread <= (1 - WORTH) * values.total()]
    ways = _different(sorted(worth, key=lambda one: one.unread), values, plain)
    return side_by_side(values, plain, ways[:3])


def _without_scale(column: Column) -> Column:
    """Whether an answer is on its scale is another question, asked later."""
    return column.model_copy(update={"scale": None})


def _ways(values: Values, column: Column) -> list[dict[str, Any]]:
    """Only signs that occur are tried. A whole number has no decimals to declare."""
    seen = set().union(*values) if values else set()
    decimals = [","] if "," in seen and column.type == "number" else []
    thousands = [sign for sign in THOUSANDS if sign in seen]
    found: list[dict[str, Any]] = [{}]
    for decimal, group in product([*decimals, None], [*thousands, None]):
        written = {key: sign for key, sign in (("decimal", decimal), ("thousands", group)) if sign}
        # a point between thousands leaves the comma for decimals, and the mapping must say so
        if group == "." and column.type == "number":
            written["decimal"] = ","
        if written and decimal != group and written not in found:
            found.append(written)
    return found


def _different(found: list[Option], values: Values, column: Column) -> list[dict[str, Any]]:
    """One way for each meaning of all the values: a few examples may be alike where others are not."""
    kept: dict[tuple[str | None, ...], dict[str, Any]] = {}
    for one in found:
        kept.setdefault(meaning(values, column, one.written), one.written)
    return list(kept.values())
