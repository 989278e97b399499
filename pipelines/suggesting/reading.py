"""What the values of a column become when they are read in a proposed way: by the same reader as in a load."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from audit.mapping import ColumnMapping
from audit.source import Column
from audit.text import Text
from pipelines.staging import cell

Values = Counter[str]
"""How often each text stands in a column, without the spaces around it and without empty cells."""
SHOWN = 4
MIDNIGHT = re.compile(r" 00:00:00(?:[+-]\d\d:\d\d)?$")
"""What is left of the time where a day was read, with its offset where the text says one."""


class Option(NamedTuple):
    """One way to read a column."""

    written: dict[str, Any]
    """The keys that a mapping would need for it."""
    examples: tuple[tuple[str, str], ...]
    """Some of the texts, and what each becomes."""
    unread: int
    """Rows that would be rejected."""
    stray: str = ""
    """The first of the texts that cannot be read so."""


def option(
    values: Values, column: Column, written: dict[str, Any], examples: Iterable[str] = (), keep_in: str | None = None
) -> Option:
    """`examples` are the texts to show; without them those that tell most. `keep_in` goes with a time zone."""
    read = cell.reader(column, _declared(written), keep_in)
    wrong = {text for text in values if isinstance(read(text), Text)}
    right = [text for text in examples or telling(values) if text not in wrong][:SHOWN]
    first = next((text for text in values if text in wrong), "")
    return Option(written, tuple((text, shown(read(text))) for text in right), sum(values[t] for t in wrong), first)


def side_by_side(values: Values, column: Column, ways: Sequence[dict[str, Any]]) -> list[Option]:
    """One option for each way, all with the same examples: those first that the ways read differently."""
    meanings = [meaning(values, column, written) for written in ways]
    unlike = [text for text, *read in zip(values, *meanings, strict=True) if len(set(read)) > 1]
    examples = dict.fromkeys([*telling(unlike), *telling(values)])
    return [option(values, column, written, examples) for written in ways]


def meaning(values: Iterable[str], column: Column, written: dict[str, Any]) -> tuple[str | None, ...]:
    """What each of the texts becomes when it is read so; None for one that cannot be."""
    read = cell.reader(column, _declared(written))
    return tuple(None if isinstance(value := read(text), Text) else shown(value) for text in values)


def reads_all(values: Iterable[str], column: Column, written: dict[str, Any]) -> bool:
    read = cell.reader(column, _declared(written))
    return not any(isinstance(read(text), Text) for text in values)


def unread(values: Iterable[str], column: Column, written: dict[str, Any]) -> list[str]:
    read = cell.reader(column, _declared(written))
    return [text for text in values if isinstance(read(text), Text)]


def without(values: Values, gone: Iterable[str]) -> Values:
    dropped = set(gone)
    return Counter({text: count for text, count in values.items() if text not in dropped})


def telling(values: Iterable[str]) -> list[str]:
    """Some of the texts, those that differ most in length and beginning first: what is odd shows at the ends."""
    ordered = sorted(values, key=lambda text: (len(text), text))
    if len(ordered) <= SHOWN:
        return ordered
    ends = [ordered[0], ordered[-1], *ordered[:: max(1, len(ordered) // 50)]]
    return list(dict.fromkeys(ends))


def shown(value: Any) -> str:
    """A value that was read, in one way whatever it was in the file, and never rounded: it is what is stored."""
    if hasattr(value, "isoformat"):
        return MIDNIGHT.sub("", str(value.isoformat(sep=" ")))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _declared(written: dict[str, Any]) -> ColumnMapping:
    return ColumnMapping.model_validate({"from": "column", **written})
