"""A number with its unit, so that 20 % and 0.2, or per cent and days, cannot be confused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

from audit.errors import UnitError
from audit.text import Language, Text
from audit.unfit import Unfit
from audit.wording import say

Unit = Literal["%", "points", "score", "count", "days", "hours", "minutes", "months", "per 1,000", "per 1,000,000"]
UNITS: tuple[Unit, ...] = get_args(Unit)
IN_CHINESE = {
    "points": "点",
    "score": "分",
    "count": "",
    "days": "天",
    "hours": "小时",
    "minutes": "分钟",
    "months": "个月",
    "per 1,000": "每千",
    "per 1,000,000": "每百万",
}
SINGULAR = {"day": "days", "hour": "hours", "minute": "minutes", "month": "months", "point": "points", "": "count"}
MOST_DIGITS = 15
PATTERN = re.compile(r"(-?\d+(?:\.\d+)?)\s*(.*)")


def decimals(value: float, unit: Unit) -> int:
    """How many decimals a reader needs of a value in this unit."""
    if unit in ("count", "months") or (unit == "days" and abs(value) >= 100):
        return 0
    return 2 if unit == "score" else 1


@dataclass(frozen=True)
class Quantity:
    value: float
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read "20 %", "12 months" or "5 per 1,000". Raises UnitError, naming what may be written."""
        found = PATTERN.fullmatch(str(text).strip())
        unit = SINGULAR.get(found[2], found[2]) if found else ""
        if not found or unit not in UNITS or len(found[1]) > MOST_DIGITS:
            raise UnitError(_odd(text))
        return cls(float(found[1]), unit)

    def __ge__(self, other: Quantity) -> bool:
        return self.value >= self._same(other).value

    def __le__(self, other: Quantity) -> bool:
        return self.value <= self._same(other).value

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: Language, aligned: bool = False) -> str:
        shown = number(self.value, self.unit, aligned)
        if self.unit in ("count", "score"):
            return shown
        if self.unit == "%":
            return f"{shown} %"
        if language == "zh":
            word = IN_CHINESE[self.unit]
            return f"{word} {shown}" if self.unit.startswith("per ") else f"{shown} {word}"
        unit = self.unit[:-1] if shown == "1" and self.unit.endswith("s") else self.unit
        return f"{shown} {unit}"

    def _same(self, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            raise UnitError(
                say(
                    "{one} cannot be compared with {other}: one is in {unit}, the other in {wrong}",
                    one=self, other=other, unit=self.unit, wrong=other.unit,
                )
            )  # fmt: skip
        return other


def number(value: float, unit: Unit, aligned: bool = False) -> str:
    """The value alone, without needless decimals; `aligned` keeps them, so that a value and its interval match."""
    places = decimals(value, unit)
    shown = f"{value:z,.{places}f}"  # z: never "-0"
    if aligned:
        return shown
    return shown.rstrip("0").rstrip(".") if float(f"{value:.{places}f}").is_integer() and "." in shown else shown


def _odd(text: object) -> Text:
    return say(
        "'{text}' is not a quantity; write a number and one of: {units}, as in '20 %'",
        text=str(text), units=", ".join(UNITS),
    )  # fmt: skip


def _parsed(value: Any) -> Any:
    if isinstance(value, Quantity):
        return value
    try:
        return Quantity.parse(value)
    except UnitError:
        raise Unfit(_odd(value)) from None


Amount = Annotated[Quantity, BeforeValidator(_parsed)]
