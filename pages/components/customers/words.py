"""Words and states that the sections on customers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.small_cells import WHOLE, hidden
from pages.components import session
from pages.components.not_found import warned
from pages.components.soundness.words import told as evaluated
from pages.components.words import _, plain
from pipelines.analyses.part import Part


def told(part: Part[Any]) -> bool:
    """Whether there is a result; where there is none, the page says why and leads to the data."""
    found = evaluated(part)
    warned(part)
    return found


def withheld(by: str, sizes: Mapping[str, int]) -> set[str]:
    """The groups that are too small to be shown to whoever looks, and those from which they could be worked out."""
    every = {WHOLE: sum(sizes.values())} | {(by, name): n for name, n in sizes.items()}
    return {name for key, name in hidden(every, session.least_shown()) if key == by}


def few() -> str:
    return _("too few to show")


def months(count: int) -> str:
    return _("{months} months", months=count)


def group(name: str) -> str:
    return plain(name) or _("not stated")
