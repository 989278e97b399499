"""Which rows gave way to those of a load: how many, and of which files, in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from audit.load import Load
from audit.text import Text
from audit.wording import say

MOST_NAMED = 3


def rows_replaced(replaced: Mapping[str, int] | None, known: Iterable[Load]) -> Text | None:
    """None where nothing was replaced, or nobody counted."""
    if not replaced:
        return None
    count, files = sum(replaced.values()), _files(replaced, known)
    if count == 1:
        return say("1 row replaced a row of {files}", files=files)
    return say("{count} rows replaced rows of {files}", count=count, files=files)


def rows_to_replace(replaced: Mapping[str, int] | None, known: Iterable[Load]) -> Text | None:
    """The same before anything is published."""
    if not replaced:
        return None
    count, files = sum(replaced.values()), _files(replaced, known)
    if count == 1:
        return say("1 row would replace a row of {files}", files=files)
    return say("{count} rows would replace rows of {files}", count=count, files=files)


def _files(replaced: Mapping[str, int], known: Iterable[Load]) -> Text | str:
    """The one with most rows first; a load that nobody recorded goes by its number."""
    names = {load.id: load.file for load in known}
    rows: Counter[str] = Counter()
    for load, count in replaced.items():
        rows[names.get(load, load)] += count
    told = [name if len(rows) == 1 else f"{name} ({count})" for name, count in rows.most_common(MOST_NAMED)]
    if len(rows) > MOST_NAMED:
        return say("{files} and other files: {more}", files=", ".join(told), more=len(rows) - MOST_NAMED)
    return ", ".join(told)
