"""The chapters of a standard: forty clauses are found by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from pages.components.words import _

Part = TypeVar("Part")


def chapter(clause: str) -> str:
    return clause.split(".")[0]


def by_chapter(parts: Iterable[Part], clause_of: Callable[[Part], str]) -> dict[str, list[Part]]:
    """In the order in which the parts come."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(chapter(clause_of(part)), []).append(part)
    return found


def chapter_name(number: str) -> str:
    """The number with its short title: "8 Operation"."""
    title = {
        "3": _("Sector"),
        "4": _("Context"),
        "5": _("Leadership"),
        "6": _("Planning"),
        "7": _("Support"),
        "8": _("Operation"),
        "9": _("Performance evaluation"),
        "10": _("Improvement"),
    }.get(number, "")
    return f"{number} {title}".strip()
