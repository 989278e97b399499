"""One expectation as it is compiled: its arguments, held against the types of its columns."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.source import Type
from pipelines.gating import condition

NUMBERS = ("integer", "number")
MOMENTS = ("date", "timestamp")
EXACT = 2**53
"""Above it whole numbers and floating point part ways."""
ROWS = {"row_condition", "condition_parser"}
SHARE = {"mostly"}


class Left(Exception):
    """This is not compiled, and so left to Great Expectations; the message says why."""


@dataclass(frozen=True)
class Asked:
    arguments: Mapping[str, Any]
    types: Mapping[str, Type]
    """Of the columns that the batch has."""

    def only(self, *known: str) -> None:
        """Nothing is ignored: an argument that nobody here reads is a reason to leave it."""
        for name in self.arguments.keys() - {*known, *ROWS, *SHARE}:
            raise Left(f"the argument '{name}' is not compiled")

    def column(self, argument: str = "column", among: tuple[str, ...] = ()) -> str:
        name = self.arguments.get(argument)
        if not isinstance(name, str) or name not in self.types:
            raise Left(f"'{name}' is not a column of the batch")
        if among and self.types[name] not in among:
            raise Left(f"'{name}' is {self.types[name]}")
        return name

    def flag(self, argument: str) -> bool:
        value = self.arguments.get(argument, False)
        if not isinstance(value, bool):
            raise Left(f"'{argument}' is not a truth value")
        return value

    def whole(self, argument: str) -> int | None:
        value = self.arguments.get(argument)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= EXACT:
            raise Left(f"'{argument}' is not a whole number")
        return value

    def bound(self, argument: str, type_: str) -> Any:
        """A limit of this type, as Great Expectations holds it: numbers as floating point."""
        value = self.arguments.get(argument)
        return None if value is None else self._limit(argument, value, type_)

    def _limit(self, argument: str, value: Any, type_: str) -> Any:
        if type_ in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
            if math.isfinite(value) and abs(value) < EXACT:
                return float(value)
        elif type_ in MOMENTS and isinstance(value, dt.datetime) and value.tzinfo is None:
            return value
        raise Left(f"'{argument}' cannot be held against {type_}")

    def member(self, value: Any, type_: str) -> Any:
        """One of a set: only what equals a value of the column in every engine, and is no number in disguise."""
        kinds = {"text": str, "integer": int, "number": int | float, "boolean": bool}
        if type_ in MOMENTS:
            return self._limit("value_set", value, type_)
        fits = isinstance(value, kinds[type_]) and isinstance(value, bool) == (type_ == "boolean")
        if not fits or type_ in NUMBERS and not abs(value) < EXACT or type_ == "text" and "\0" in value:
            raise Left(f"{value!r} is not of the type of the column, which is {type_}")
        return float(value) if type_ == "number" else value

    @property
    def mostly(self) -> float:
        value = self.arguments.get("mostly", 1)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise Left("'mostly' is not a share from 0 to 1")
        return float(value)

    @property
    def within(self) -> str:
        """Which rows the row condition lets in, in SQL; 'true' for all."""
        written, parser = (self.arguments.get(name) for name in ("row_condition", "condition_parser"))
        try:
            return condition.sql(written, parser, self.types)
        except condition.Unreadable as error:
            raise Left(f"the row condition is not compiled: {error}") from None
