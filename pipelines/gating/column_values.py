"""Expectations on the values of one column, row by row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from audit.source import Type
from pipelines.gating.asked import MOMENTS, NUMBERS, Asked, Left
from pipelines.gating.pattern import InPython, fits, matches
from pipelines.gating.plan import Distinct, Limits, RowByRow
from pipelines.gating.texts import Form, Length, Test
from pipelines.sql import literal, name

LIMITS = ("min_value", "max_value", "strict_min", "strict_max")


def not_null(asked: Asked) -> RowByRow:
    asked.only("column")
    column = asked.column()
    return RowByRow(asked.within, None, f"{name(column)} is null", (column,), asked.mostly)


def null(asked: Asked) -> RowByRow:
    asked.only("column")
    column = asked.column()
    return RowByRow(asked.within, None, f"{name(column)} is not null", (column,), asked.mostly)


def unique(asked: Asked) -> Distinct:
    asked.only("column")
    column = asked.column()
    return Distinct(asked.within, f"{name(column)} is not null", (column,), asked.mostly)


def between(asked: Asked) -> RowByRow:
    asked.only("column", *LIMITS)
    column = asked.column(among=(*NUMBERS, *MOMENTS))
    type_ = asked.types[column]
    low, high = asked.bound("min_value", type_), asked.bound("max_value", type_)
    if low is None and high is None or None not in (low, high) and low > high:
        raise Left("its limits are refused")
    strict_low, strict_high = asked.flag("strict_min"), asked.flag("strict_max")
    outside = [_below(column, low, strict_low, type_)] if low is not None else []
    outside += [_above(column, high, strict_high, type_)] if high is not None else []
    limits = Limits(low, high, strict_low, strict_high)
    return replace(_judged(asked, column, " or ".join(outside)), limits=limits)


def _below(column: str, low: Any, strict: bool, type_: Type) -> str:
    if type_ == "integer":  # compared as whole numbers, which is exact and faster
        low = math.floor(low) if strict else math.ceil(low)
    return f"{name(column)} {'<=' if strict else '<'} {literal(low)}"


def _above(column: str, high: Any, strict: bool, type_: Type) -> str:
    if type_ == "integer":
        high = math.ceil(high) if strict else math.floor(high)
    return f"{name(column)} {'>=' if strict else '>'} {literal(high)}"


def in_set(asked: Asked) -> RowByRow:
    column, members = _set(asked)
    present = f"{name(column)} is not null"
    return _judged(asked, column, f"{present} and not {_among(asked, column, members)}" if members else present)


def not_in_set(asked: Asked) -> RowByRow:
    column, members = _set(asked)
    return _judged(asked, column, _among(asked, column, members) if members else "false")


def _set(asked: Asked) -> tuple[str, list[str]]:
    asked.only("column", "value_set")
    column, members = asked.column(), asked.arguments.get("value_set")
    if not isinstance(members, list):
        raise Left("'value_set' is not a list")
    return column, [literal(asked.member(value, asked.types[column])) for value in members]


def _among(asked: Asked, column: str, members: list[str]) -> str:
    """Of a text it is asked once for each value in the dictionary of the file, which 'in' is not."""
    listed = ", ".join(members)
    if asked.types[column] == "text":
        return f"(list_position([{listed}], {name(column)}) is not null)"
    return f"({name(column)} in ({listed}))"


def match_regex(asked: Asked) -> RowByRow:
    asked.only("column", "regex")
    regex = asked.arguments.get("regex")
    judged = _matched(asked, [regex], lambda found: f"not {found[0]}")
    return replace(judged, test=Form.of(str(regex))) if judged.within == "true" else judged


def not_match_regex(asked: Asked) -> RowByRow:
    asked.only("column", "regex")
    return _matched(asked, [asked.arguments.get("regex")], lambda found: found[0])


def match_regex_list(asked: Asked) -> RowByRow:
    asked.only("column", "regex_list", "match_on")
    how = {"any": " or ", "all": " and "}.get(asked.arguments.get("match_on", "any"))
    if how is None:
        raise Left("'match_on' is neither any nor all")
    return _matched(asked, asked.arguments.get("regex_list"), lambda found: f"not ({how.join(found)})")


def not_match_regex_list(asked: Asked) -> RowByRow:
    asked.only("column", "regex_list")
    return _matched(asked, asked.arguments.get("regex_list"), lambda found: " or ".join(found))


def _matched(asked: Asked, regexes: Any, broken: Callable[[list[str]], str]) -> RowByRow:
    column = asked.column(among=("text",))
    if not isinstance(regexes, list) or not regexes or not all(isinstance(regex, str) for regex in regexes):
        raise Left("there is no regex in words")
    try:
        found = [matches(column, regex) for regex in regexes]
    except re.error as error:
        raise Left(f"Python does not read the regex: {error}") from None
    return _judged(asked, column, broken([sql for sql, _ in found]), *[called for _, called in found if called])


def strftime_format(asked: Asked) -> RowByRow:
    asked.only("column", "strftime_format")
    column, format = asked.column(among=("text",)), asked.arguments.get("strftime_format")
    if not isinstance(format, str):
        raise Left("'strftime_format' is not a text")
    try:
        sql, called = fits(column, format)
    except ValueError as error:
        raise Left(f"the format is refused: {error}") from None
    return _judged(asked, column, f"not {sql}", *[called] if called else [])


def lengths_between(asked: Asked) -> RowByRow:
    asked.only("column", *LIMITS)
    column = asked.column(among=("text",))
    low, high = asked.whole("min_value"), asked.whole("max_value")
    if low is None and high is None:
        raise Left("its limits are refused")
    above, below = int(asked.flag("strict_min")), int(asked.flag("strict_max"))
    length = Length(None if low is None else low + above, None if high is None else high - below)
    outside = [f"length({name(column)}) < {length.low}"] if length.low is not None else []
    outside += [f"length({name(column)}) > {length.high}"] if length.high is not None else []
    return _judged(asked, column, " or ".join(outside), test=length)


def lengths_equal(asked: Asked) -> RowByRow:
    asked.only("column", "value")
    column, value = asked.column(among=("text",)), asked.whole("value")
    if value is None:
        raise Left("'value' is missing")
    return _judged(asked, column, f"length({name(column)}) <> {value}", test=Length(value, value))


def _judged(asked: Asked, column: str, broken: str, *calls: InPython, test: Test | None = None) -> RowByRow:
    present, alone = f"{name(column)} is not null", test if asked.within == "true" else None
    return RowByRow(asked.within, present, broken, (column,), asked.mostly, calls=calls, test=alone)


COMPILED: dict[str, Callable[[Asked], RowByRow | Distinct]] = {
    "expect_column_values_to_not_be_null": not_null,
    "expect_column_values_to_be_null": null,
    "expect_column_values_to_be_unique": unique,
    "expect_column_values_to_be_between": between,
    "expect_column_values_to_be_in_set": in_set,
    "expect_column_values_to_not_be_in_set": not_in_set,
    "expect_column_values_to_match_regex": match_regex,
    "expect_column_values_to_not_match_regex": not_match_regex,
    "expect_column_values_to_match_regex_list": match_regex_list,
    "expect_column_values_to_not_match_regex_list": not_match_regex_list,
    "expect_column_values_to_match_strftime_format": strftime_format,
    "expect_column_value_lengths_to_be_between": lengths_between,
    "expect_column_value_lengths_to_equal": lengths_equal,
}
