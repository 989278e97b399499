"""One finding of a method as a report tells it: a sentence, a table, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass

from audit.text import Text
from audit.wording import say

Cell = str | int | float | None | Text


@dataclass(frozen=True)
class Section:
    title: Text
    sentence: Text
    """What it shows, or why it shows nothing."""
    method: Text
    """The method's source, its assumptions and its limits."""
    heads: tuple[Text, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def nothing(title: Text, because: Text | None, method: Text) -> Section:
    return Section(title, because or say("Nothing was found."), method)
