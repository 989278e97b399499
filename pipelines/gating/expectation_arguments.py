"""Turns the arguments of an expectation, which are text in the contract, into what Great Expectations compares with."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from audit.source import Expectation, Source, Type

# Names and patterns: "1" is a column of that name here, and "[0]" a pattern.
WORDS = re.compile(r"column|regex|like_pattern|type_|strftime|row_condition|condition_parser|ignore_row_if")
SETS = ("value_set", "value_pairs_set")
DAY_OF_LOAD = "the day of the load"
"""A limit that a contract writes in these words: what has happened is not dated after the day on which it came in."""
GRACE = dt.timedelta(days=1)
"""By which a place on earth may be ahead of the clock that tells the day of a load."""


def of_day(contract: Source, day: dt.date) -> Source:
    """The contract as it is held against a file that came in on this day."""
    last = dt.datetime.combine(day + GRACE, dt.time.max).isoformat()
    gate = tuple(each.model_copy(update={"kwargs": _dated(each.kwargs, last)}) for each in contract.gate)
    return contract.model_copy(update={"gate": gate})


def _dated(written: dict[str, Any], last: str) -> dict[str, Any]:
    return {name: last if value == DAY_OF_LOAD else value for name, value in written.items()}


def arguments(expectation: Expectation, contract: Source) -> dict[str, Any]:
    types = [contract.columns[name].type for name in expectation.column.split(", ") if name]
    return {
        name: value if WORDS.match(name) else _argument(name, value, types)
        for name, value in expectation.kwargs.items()
    }


def _argument(name: str, value: Any, types: list[Type]) -> Any:
    if name == "value_pairs_set" and len(types) == 2:
        return [tuple(_listed(part, type_) for part, type_ in zip(pair, types, strict=True)) for pair in value]
    if name in SETS and types:
        return [_listed(item, types[0]) for item in value]
    return _typed(value, types[0] if types else "text")


def _listed(value: Any, type_: Type) -> Any:
    """A member of a set: of a text column it is text, whatever it looks like."""
    return value if type_ == "text" else _typed(value, type_)


def _typed(value: Any, type_: Type) -> Any:
    """A number, truth value, or, for a column of dates, a moment where the text is one; else the text."""
    if isinstance(value, list):
        return [_typed(item, type_) for item in value]
    if not isinstance(value, str):
        return value
    try:
        plain = json.loads(value, parse_constant=str)
    except ValueError:
        return _moment(value) if type_ in ("date", "timestamp") else value
    return value if isinstance(plain, str | list | dict) else plain


def _moment(text: str) -> dt.datetime | str:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
