"""Reads the text of one cell as the type that its contract declares, or says why it cannot be."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from functools import cache

from audit.mapping import ColumnMapping
from audit.source import Column, Type
from audit.text import Text
from audit.wording import say
from pipelines.staging.clock import moved, placed
from pipelines.staging.text_file import shown
from pipelines.staging.written_number import plain, rescaled

Value = str | int | float | bool | dt.datetime | None
Reader = Callable[[str], Value | Text]

DATE = "%Y-%m-%d"
TIMESTAMPS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", DATE)
INTEGER = re.compile(r"[+-]?[0-9]+")
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
GROUPED = re.compile(r"[+-]?[0-9]{1,3}([,.' \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2})?", re.ASCII)
PARTS = dict.fromkeys("mdHIMSUW", "[0-9]{1,2}") | dict.fromkeys("aAbBp", "[A-Za-z]+")
PARTS |= {"Y": "[0-9]{4}", "y": "[0-9]{2}", "j": "[0-9]{1,3}", "f": "[0-9]{1,6}", "%": "%"}
PARTS |= {"z": "(Z|[+-][0-9]{2}:?[0-9]{2})"}
"""What each part of a date format stands for: digits may lack their leading noughts, as 3/4/2026 does."""
BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
OFFSET = re.compile(r".*:[0-9]{2}(\.[0-9]+)? ?(Z|[+-][0-9]{2}:?[0-9]{2})")
LARGEST = 2**63


def reader(column: Column, written: ColumnMapping | None = None, keep_in: str | None = None) -> Reader:
    """How a cell of this column is read. Spaces around a value count in text alone; nothing else is overlooked."""
    format = written.format if written else None
    readers: dict[Type, Reader] = {
        "text": str,
        "integer": lambda text: _on_scale(integer(text.strip()), column, text),
        "number": lambda text: _on_scale(number(text.strip()), column, text),
        "boolean": lambda text: boolean(text.strip()),
        "date": lambda text: moment(text.strip(), (format or DATE,)),
        "timestamp": lambda text: moment(text.strip(), (format,) if format else TIMESTAMPS),
    }
    read = _as_declared(readers[column.type], column, written, keep_in) if written else readers[column.type]
    in_type = (lambda text: _midnight(read(text))) if column.type == "date" else read
    if not column.one_of:
        return in_type
    return lambda text: in_type(text) if text in column.one_of else _not_allowed(text, column.one_of)


def _as_declared(read: Reader, column: Column, written: ColumnMapping, keep_in: str | None) -> Reader:
    """The reader, with the mapping's way of writing numbers before it, or a change of time zone after it."""
    if (rescale := written.rescale) is not None:
        whole = column.type == "integer"
        return _in_plain_digits(lambda text: rescaled(text, rescale, whole), written)
    if written.decimal or written.thousands:
        return _in_plain_digits(read, written)
    if written.with_offset and keep_in is not None:
        return lambda text: placed(at, keep_in) if isinstance(at := read(text), dt.datetime) else at
    if (zone := written.time_zone) is not None and keep_in is not None:
        return lambda text: moved(at, zone, keep_in) if isinstance(at := read(text), dt.datetime) else at
    return read


def _in_plain_digits(read: Reader, written: ColumnMapping) -> Reader:
    if not (written.decimal or written.thousands):
        return lambda text: read(text.strip())
    return lambda text: digits if isinstance(digits := plain(text.strip(), written), Text) else read(digits)


def integer(text: str) -> int | Text:
    if INTEGER.fullmatch(text):
        value = int(text) if len(text) < 25 else LARGEST
        return value if -LARGEST <= value < LARGEST else say("“{value}” has too many digits", value=_cut(text))
    if (found := re.fullmatch(r"([+-]?[0-9]+)\.0{0,2}", text)) is not None:
        return say("“{value}” is written with decimals; write {plain}", value=_cut(text), plain=_cut(found[1]))
    return _no_number(text, say("“{value}” is not a whole number; write digits alone", value=_cut(text)))


def number(text: str) -> float | Text:
    if NUMBER.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else say("“{value}” is too large", value=_cut(text))
    return _no_number(
        text, say("“{value}” is not a number; write digits and, before decimals, a point", value=_cut(text))
    )


def boolean(text: str) -> bool | Text:
    value = BOOLEANS.get(text.lower())
    return say("“{value}” is neither true nor false; write true or false", value=_cut(text)) if value is None else value


def moment(text: str, formats: tuple[str, ...]) -> dt.datetime | Text:
    """Only the declared formats are tried. What the clock or the calendar does not have is refused."""
    impossible = False
    # fromisoformat reads the usual forms ten times faster than strptime, and the pattern keeps it to them
    if formats == TIMESTAMPS and ISO.fullmatch(text) or formats == (DATE,) and ISO.fullmatch(text) and len(text) == 10:
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            impossible = True
    for format in formats:
        if not _form(format).fullmatch(text):
            continue
        try:
            return dt.datetime.strptime(text, format)
        except ValueError as error:
            impossible = impossible or not str(error).startswith(("time data", "unconverted data"))
    written = {"value": _cut(text), "format": " / ".join(formats)}
    if impossible:
        return say("“{value}” is no day or time that there is, read as {format}", **written)
    if OFFSET.fullmatch(text) and not any("%z" in format for format in formats):
        example = "%Y-%m-%dT%H:%M:%S%z"
        return say(
            "“{value}” says its offset from UTC, and the format {format} does not; "
            "write one with %z in the mapping, as in {example}",
            **written,
            example=example,
        )
    return say("“{value}” does not fit the format {format}", **written)


@cache
def _form(format: str) -> re.Pattern[str]:
    """Letter by letter, where strptime takes any run of blanks for a blank, t for T, and digits of any script."""
    pieces = re.split(r"%(.)", format)
    return re.compile("".join(_part(pieces, at) if at % 2 else re.escape(one) for at, one in enumerate(pieces)))


def _part(pieces: list[str], at: int) -> str:
    """Parts that adjoin have all their digits: who knows which day 2026123 is?"""
    before, behind = pieces[at - 1] or at == 1, pieces[at + 1] or pieces[at + 2 : at + 3] in ([], ["z"])
    form = PARTS.get(pieces[at], ".+")
    return form if before and behind else form.replace("{1,", "{")


def _midnight(value: Value | Text) -> Value | Text:
    if not isinstance(value, dt.datetime):
        return value
    return value.replace(hour=0, minute=0, second=0, microsecond=0)


def _on_scale(value: float | Text, column: Column, text: str) -> float | Text:
    scale = column.scale
    if scale is None or isinstance(value, Text) or scale.lowest <= value <= scale.highest:
        return value
    bounds = {"lowest": f"{scale.lowest:g}", "highest": f"{scale.highest:g}"}
    return say("{value} is not on the scale from {lowest} to {highest}", value=_cut(text), **bounds)


def _not_allowed(text: str, allowed: tuple[str, ...]) -> Text:
    return say("“{value}” is not one of: {allowed}", value=_cut(text), allowed=", ".join(allowed))


def _no_number(text: str, otherwise: Text) -> Text:
    if GROUPED.fullmatch(text):
        return say("“{value}” has a thousands separator; write the digits without it", value=_cut(text))
    return otherwise


def _cut(text: str) -> str:
    return shown(text.strip(), 40)
