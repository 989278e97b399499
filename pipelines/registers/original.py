"""The file that a save leaves: CSV with the contract's own columns, which stages to the very values that were typed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass

from audit.mapping import Mapping
from pipelines.registers.edit import Edit
from pipelines.registers.register import Value
from pipelines.staging.text_file import lines_of

SAVED = "saved"
"""A column of the file alone: who saved, when, and on which version. With it every save is a load with an original of
its own, also where a row is set back to an earlier state."""


@dataclass(frozen=True)
class Original:
    name: str
    content: bytes
    mapping: Mapping


def original(edit: Edit, actor: str, now: dt.datetime) -> Original:
    return Original(f"typed-{edit.source}-{now:%Y-%m-%d}.csv", _content(edit, actor, now), _mapping(edit))


def places(content: bytes) -> dict[int, int]:
    """The place of each row of the edit, by the line of the file on which it begins."""
    found, begins = dict[int, int](), 1
    reader = csv.reader(lines_of(content.decode()), strict=True)
    for place, _fields in enumerate(reader, start=-1):
        found[begins] = place
        begins = reader.line_num + 1
    return found


def _content(edit: Edit, actor: str, now: dt.datetime) -> bytes:
    on = "an empty register" if edit.version is None else f"version {edit.version}"
    columns, saved = list(edit.contract.columns), f"{now:%Y-%m-%d %H:%M:%S.%f} UTC by {actor}, on {on}"
    written = io.StringIO(newline="")
    into = csv.writer(written, lineterminator="\r\n")  # a value with either of the two is put in quotes
    into.writerow([*columns, SAVED])
    fine = _fine(edit)
    into.writerows([*(_text(row.get(name), name in fine) for name in columns), saved] for row in edit.rows)
    return written.getvalue().encode()


def _text(value: Value, fine: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case dt.datetime():
            return value.isoformat(" ", "microseconds" if fine else "seconds")
    return str(value)


def _mapping(edit: Edit) -> Mapping:
    """By the contract's names; a format is declared only where a moment is finer than a second."""
    columns = {name: {"from": [name], "format": "%Y-%m-%d %H:%M:%S.%f"} for name in _fine(edit)}
    return Mapping.model_validate({"source": edit.source, "columns": columns})


def _fine(edit: Edit) -> list[str]:
    """Columns with a moment finer than a second; all of their moments are written so, in one format."""
    moments = [name for name, column in edit.contract.columns.items() if column.type == "timestamp"]
    return [name for name in moments if any(getattr(row.get(name), "microsecond", 0) for row in edit.rows)]
