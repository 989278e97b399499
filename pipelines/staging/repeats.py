"""Finds rows of one file that carry the same key: a repetition is one too many, a contradiction is nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from audit.text import Text
from audit.wording import say

Rows = Sequence[tuple[Any, ...]]


def repeats(keys: Rows, rows: Rows, lines: Sequence[int]) -> Iterator[tuple[int, Text]]:
    """Positions of the rows to be rejected, and why. Of identical rows the first stays; of different ones none does."""
    first: dict[tuple[Any, ...], int] = {}
    groups: dict[tuple[Any, ...], list[int]] = {}
    for position, key in enumerate(keys):
        if None not in key and first.setdefault(key, position) != position:
            groups.setdefault(key, [first[key]]).append(position)
    for positions in groups.values():
        yield from _judged(positions, rows, lines)


def _judged(positions: list[int], rows: Rows, lines: Sequence[int]) -> Iterator[tuple[int, Text]]:
    begin = positions[0]
    differing = next((position for position in positions if rows[position] != rows[begin]), None)
    if differing is None:
        for position in positions[1:]:
            yield position, say("repeats line {line} exactly, in every column that is loaded", line=str(lines[begin]))
        return
    for position in positions:
        other = begin if rows[position] != rows[begin] else differing
        why = say("same key as line {line}, other content; keep the right one in the file", line=str(lines[other]))
        yield position, why
