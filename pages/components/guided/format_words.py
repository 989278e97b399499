"""A declared way of writing dates or numbers, as a person would say it."""

from __future__ import annotations

from typing import Any

from pages.components.words import _

LETTERS = {
    "%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%p": "AM",
    "%b": "Mon", "%B": "Month", "%f": "ffffff", "%z": "±hh:mm",
}  # fmt: skip


def way_words(written: dict[str, Any]) -> str:
    if format := written.get("format"):
        return format_words(format)
    if not written:
        return _("as they are written")
    decimal, thousands = written.get("decimal", "."), written.get("thousands")
    if thousands:
        return _("numbers like {example}", example=f"1{thousands}234{decimal}5")
    return _("numbers like {example}", example=f"1234{decimal}5")


def format_words(format: str) -> str:
    """ "%d.%m.%Y" as "DD.MM.YYYY": the day first, then the month."""
    for letters, words in LETTERS.items():
        format = format.replace(letters, words)
    return format
