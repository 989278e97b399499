"""Proposes how the numbers of a column are written: the sign before decimals, and the one between thousands."""

from __future__ import annotations

from itertools import product
from typing import Any

from audit.source import Column
from pipelines.suggesting.reading import Option, Values, option

DECIMALS = (".", ",")
THOUSANDS = (".", ",", "'", "’", " ", "\u00a0", "\u202f")
WORTH = 0.5


def options(values: Values, column: Column) -> list[Option]:
    """
    Those that read all values, one for each different meaning: 1.234 is a thousand to some and one and a bit to others.
    Where nothing reads all of them, those that read most. None where the values are no numbers at all.
    """
    found = [option(values, _without_scale(column), written) for written in _ways(values, column)]
    complete = [one for one in found if not one.unread]
    if complete:
        return _different(complete)
    worth = [one for one in found if one.unread <= (1 - WORTH) * values.total()]
    return _different(sorted(worth, key=lambda one: one.unread))[:3]


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


def _different(found: list[Option]) -> list[Option]:
    kept: dict[tuple[object, ...], Option] = {}
    for one in found:
        kept.setdefault((one.examples, one.unread), one)
    return list(kept.values())
