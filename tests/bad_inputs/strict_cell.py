"""The text of one cell to its value, from the words of the contract: what does not fit in full is no value."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

LONGEST = 100_000
BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
FORMATS = {"date": ("%Y-%m-%d",), "timestamp": ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")}
PARTS = {"Y": "year", "m": "month", "d": "day", "H": "hour", "M": "minute", "S": "second"}


class Unfit(Exception):
    """The cell cannot be what its column declares."""


def value(text: str, column: dict[str, Any], declared: dict[str, Any], needed: bool) -> Any:
    """None where the cell is empty. Raises Unfit."""
    bare = text.strip()
    if bare in declared.get("missing", ()):
        meant = ""
    elif bare in declared.get("recode", {}):
        meant = declared["recode"][bare]
    else:
        meant = text
    if not meant.strip():
        if needed:
            raise Unfit("no value")
        return None
    if len(text) > LONGEST:
        raise Unfit("too long")
    found = _typed(meant, column.get("type", "text"), declared)
    if column.get("one_of") and found not in column["one_of"]:
        raise Unfit("not one of those allowed")
    scale = column.get("scale")
    if scale and not float(scale["lowest"]) <= found <= float(scale["highest"]):
        raise Unfit("off the scale")
    return found


def _typed(text: str, kind: str, declared: dict[str, Any]) -> Any:
    if kind == "text":
        return text
    bare = text.strip()
    if kind == "boolean":
        if bare.lower() not in BOOLEANS:
            raise Unfit("neither true nor false")
        return BOOLEANS[bare.lower()]
    if kind in FORMATS:
        return _moment(bare, (declared["format"],) if "format" in declared else FORMATS[kind], kind)
    return _number(_point(bare, declared), kind)


def _point(text: str, declared: dict[str, Any]) -> str:
    """The number with a point before its decimals and nothing between its thousands."""
    decimal, thousands = declared.get("decimal", "."), declared.get("thousands")
    if decimal == "." and not thousands:
        return text
    whole, comma, decimals = text.partition(decimal)
    groups = whole.lstrip("+-").split(thousands) if thousands else [whole.lstrip("+-")]
    if len(groups) > 1 and not (
        1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])
    ):
        raise Unfit("thousands in no groups of three")
    if not all(group == "" or _digits(group) for group in [*groups, decimals]):
        raise Unfit("no number as declared")
    return whole.replace(thousands or "\0", "") + (f".{decimals}" if comma else "")


def _number(text: str, kind: str) -> int | float:
    sign, digits = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if kind == "integer":
        if not _digits(digits) or not -(2**63) <= int(sign + digits) < 2**63:
            raise Unfit("no whole number")
        return int(sign + digits)
    mantissa, power, exponent = digits.replace("E", "e").partition("e")
    whole, point, decimals = mantissa.partition(".")
    written = _digits(whole + decimals) and (not power or _digits(exponent[exponent[:1] in ("+", "-") :]))
    if not written or not math.isfinite(float(text)):
        raise Unfit("no number")
    return float(text)


def _digits(text: str) -> bool:
    return bool(text) and set(text) <= set("0123456789")


def _moment(text: str, formats: tuple[str, ...], kind: str) -> dt.date:
    for format in formats:
        found = re.fullmatch(_pattern(format), text)
        if found:
            parts = {name: int(number) for name, number in found.groupdict().items()}
            try:
                moment = dt.datetime(**parts)  # type: ignore[arg-type]
            except ValueError:
                raise Unfit("no day or time that there is") from None
            return moment.date() if kind == "date" else moment
    raise Unfit("not in the declared format")


def _pattern(format: str) -> str:
    """Four digits for the year, one or two for every other part, and all else letter by letter."""
    pieces = re.split(r"%([YmdHMS])", format)
    return "".join(
        re.escape(piece) if at % 2 == 0 else f"(?P<{PARTS[piece]}>[0-9]{{{'4' if piece == 'Y' else '1,2'}}})"
        for at, piece in enumerate(pieces)
    )
