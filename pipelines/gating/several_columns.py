"""Expectations on the values of several columns in one row."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.gating.asked import MOMENTS, NUMBERS, Asked, Left
from pipelines.gating.plan import Distinct, RowByRow
from pipelines.sql import literal, name

PAIR = ("column_A", "column_B", "ignore_row_if")
PAIR_IGNORED = "both_values_are_missing"
EITHER = "either_value_is_missing"


def a_greater_than_b(asked: Asked) -> RowByRow:
    asked.only(*PAIR, "or_equal")
    return _compared(asked, ">=" if asked.flag("or_equal") else ">")


def equal(asked: Asked) -> RowByRow:
    asked.only(*PAIR)
    return _compared(asked, "=")


def _compared(asked: Asked, sign: str) -> RowByRow:
    """Where a value is missing the texts and times of pandas compare as false; its numbers raise."""
    a, b = asked.column("column_A"), asked.column("column_B")
    kinds = [next((kind for kind in (NUMBERS, MOMENTS, ("text",)) if asked.types[c] in kind), None) for c in (a, b)]
    if None in kinds or kinds[0] != kinds[1]:
        raise Left(f"{asked.types[a]} is not compared with {asked.types[b]}")
    if kinds[0] == NUMBERS and asked.arguments.get("ignore_row_if") != EITHER:
        raise Left("numbers are compared where none is missing")
    holds = f"{name(a)} {sign} {name(b)}"
    return _pair(asked, holds if asked.arguments.get("ignore_row_if") == EITHER else f"coalesce({holds}, false)")


def pairs_in_set(asked: Asked) -> RowByRow:
    asked.only(*PAIR, "value_pairs_set")
    a, b = (asked.column(column, among=("text", "integer", *MOMENTS)) for column in PAIR[:2])
    members = asked.arguments.get("value_pairs_set")
    if not isinstance(members, list) or not members:
        raise Left("'value_pairs_set' is not a list of pairs")
    if any(not isinstance(pair, tuple | list) or len(pair) != 2 for pair in members):
        raise Left("'value_pairs_set' is not a list of pairs")
    types = asked.types[a], asked.types[b]
    listed = [[literal(asked.member(*part)) for part in zip(pair, types, strict=True)] for pair in members]
    pairs = ", ".join(f"({first}, {second})" for first, second in listed)
    present = f"{name(a)} is not null and {name(b)} is not null"
    return _pair(asked, f"({present} and ({name(a)}, {name(b)}) in ({pairs}))")


def _pair(asked: Asked, holds: str) -> RowByRow:
    a, b = asked.column("column_A"), asked.column("column_B")
    present = _present(asked, "ignore_row_if", PAIR_IGNORED, [a, b])
    broken = f"({present}) and not ({holds})" if present != "true" else f"not ({holds})"
    return RowByRow(asked.within, present, broken, (a, b), asked.mostly, "pair")


def compound_unique(asked: Asked) -> Distinct:
    asked.only("column_list", "ignore_row_if")
    columns = asked.arguments.get("column_list")
    if not isinstance(columns, list) or len(columns) < 2 or len(set(map(str, columns))) < len(columns):
        raise Left("'column_list' is not a list of different columns")
    for column in columns:
        if not isinstance(column, str) or column not in asked.types:
            raise Left(f"'{column}' is not a column of the batch")
    present = _present(asked, "ignore_row_if", "all_values_are_missing", columns)
    return Distinct(asked.within, present, tuple(columns), asked.mostly, "record")


def _present(asked: Asked, argument: str, otherwise: str, columns: list[str]) -> str:
    """SQL, true for the rows that are not ignored."""
    there = [f"{name(column)} is not null" for column in columns]
    ways = {
        "both_values_are_missing": " or ".join(there),
        "all_values_are_missing": " or ".join(there),
        "either_value_is_missing": " and ".join(there),
        "any_value_is_missing": " and ".join(there),
        "neither": "true",
        "never": "true",
    }
    known = list(ways)[::2] if len(columns) == 2 and otherwise == PAIR_IGNORED else list(ways)[1::2]
    way = asked.arguments.get(argument, otherwise)
    if way not in known:
        raise Left(f"'{argument}' is '{way}'")
    return ways[way]


COMPILED: dict[str, Callable[[Asked], RowByRow | Distinct]] = {
    "expect_column_pair_values_a_to_be_greater_than_b": a_greater_than_b,
    "expect_column_pair_values_to_be_equal": equal,
    "expect_column_pair_values_to_be_in_set": pairs_in_set,
    "expect_compound_columns_to_be_unique": compound_unique,
}
