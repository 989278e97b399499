"""Is what a mapping declares for a column of use there, and can it be read in one way only?"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from audit.mapping import ColumnMapping
from audit.source import Column
from audit.text import Text
from audit.wording import say
from pipelines.staging.text_file import shown

AFTERNOON = dt.datetime(2026, 11, 28, 13)
MIDNIGHT = dt.datetime(2026, 11, 28)


class Misfit(NamedTuple):
    key: str
    """The key of the mapping that is wrong."""
    why: Text
    """What is wrong with it, and what to write instead."""

    def told(self, name: str, written: ColumnMapping) -> Text:
        value = getattr(written, self.key)
        declared = f"{self.key} '{shown(value)}'" if isinstance(value, str) else self.key
        return say("{declared} for '{name}' {why}", declared=declared, name=name, why=self.why)


def misfit(name: str, column: Column, written: ColumnMapping) -> Misfit | None:
    """The first mistake in how one column is declared."""
    return _of_no_use(name, column, written) or _format(written) or _number(name, column, written) or _zone(written)


def _of_no_use(name: str, column: Column, written: ColumnMapping) -> Misfit | None:
    uses = {"format": "date timestamp", "time_zone": "date timestamp", "decimal": "integer number",
            "thousands": "integer number", "rescale": "integer number"}  # fmt: skip
    for key, types in uses.items():
        if getattr(written, key) is not None and column.type not in types.split():
            why = say(
                "has no use, because '{name}' is of type {type}; delete the {key}",
                name=name, type=column.type, key=key,
            )  # fmt: skip
            return Misfit(key, why)
    return None


def _format(written: ColumnMapping) -> Misfit | None:
    """A format must be able to read back what it writes, and an hour in one way only."""
    format = written.format
    if format is None:
        return None
    if "%Z" in format:
        return Misfit(
            "format", say("reads the name of a zone; write it as plain text, or %z for an offset as in +01:00")
        )
    if not _reads_back(MIDNIGHT, format):
        return Misfit("format", say("is not a whole date; write it with day, month and year, as in '%d.%m.%Y'"))
    if ("%I" in format) != ("%p" in format):
        why = say("confuses morning and evening; write %I with %p for AM and PM, or %H without %p")
        return Misfit("format", why)
    return None


def _reads_back(moment: dt.datetime, format: str) -> bool:
    if "%z" in format:
        moment = moment.replace(tzinfo=dt.UTC)
    try:
        return dt.datetime.strptime(moment.strftime(format), format) == moment
    except ValueError:
        return False


def _number(name: str, column: Column, written: ColumnMapping) -> Misfit | None:
    rescale = written.rescale
    decimals = column.type == "number" or rescale is not None
    if written.decimal and not decimals:
        return Misfit("decimal", say("has no use, because '{name}' holds whole numbers; delete the decimal", name=name))
    if written.thousands == "." and not written.decimal and decimals:
        return Misfit("thousands", say("is the sign before decimals too; add decimal: ','"))
    if rescale and column.scale and rescale.target != column.scale:
        scale = f"{{lowest: {column.scale.lowest:g}, highest: {column.scale.highest:g}}}"
        return Misfit("rescale", say("does not end on the scale of the column; write 'to: {scale}'", scale=scale))
    return None


def _zone(written: ColumnMapping) -> Misfit | None:
    """A day alone cannot be moved to another zone."""
    if written.time_zone and written.with_offset:
        return Misfit("time_zone", say("has no use, because each time says its offset (%z); delete the time_zone"))
    if not written.moved or (written.format and _reads_back(AFTERNOON, written.format)):
        return None
    return Misfit(
        "time_zone" if written.time_zone else "format",
        say("needs times; write a format with the hour, as in '%Y-%m-%d %H:%M:%S'"),
    )
