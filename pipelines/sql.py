"""Writes names and values of Python as DuckDB reads them, exactly."""

from __future__ import annotations

import datetime as dt


def name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def literal(value: str | bool | int | float | dt.datetime) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"'{value!r}'::double"  # written plainly it would be a decimal
    if isinstance(value, dt.datetime):
        return f"'{value.isoformat(sep=' ')}'::timestamp"
    return "'" + value.replace("'", "''") + "'"


def both(*conditions: str) -> str:
    """All of these; one that is 'true' is not written."""
    needed = [condition for condition in conditions if condition != "true"]
    return " and ".join(f"({condition})" for condition in needed) or "true"
