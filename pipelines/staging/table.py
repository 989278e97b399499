"""The records of one file, whatever its format: each knows the line on which it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from audit.text import Text


class Record(NamedTuple):
    line: int
    ends: int
    """The last of its lines: a value in quotes may go over several."""
    fields: list[str]


@dataclass(frozen=True)
class Table:
    header: Record
    records: list[Record]
    """All records below the header but the blank ones."""
    blank: int
    """Records with nothing in them: empty lines, or delimiters alone."""
    physical_lines: int
    """Lines of the file as an editor or a spreadsheet shows them, the header included."""
    lines: list[str] = field(default_factory=list)
    """The lines of a text file as they stand in it, with their ends."""
    broken: dict[int, Text] = field(default_factory=dict)
    """By line: why a record has no fields at all."""
    faults: dict[tuple[int, int], Text] = field(default_factory=dict)
    """By line and position: why a cell cannot be used, if a column of the contract asks for it."""
    unusable: dict[int, str] = field(default_factory=dict)
    """By position: what a whole column holds that is no single value."""
    beside: tuple[str, ...] = ()
    """What else the file holds that is not read, such as hidden sheets."""
    skipped: list[Record] = field(default_factory=list)
    """Lines with text that stand below the names and belong to the header."""
    rows_of_record: int = 1
    """Where one record of the file gives several rows (a pivot), their `line` is the file's line times this, and on."""

    def text(self, record: Record) -> str:
        """The record as it stands in the file."""
        if not self.lines:
            return ",".join(record.fields)
        return "".join(self.lines[record.line - 1 : record.ends]).rstrip("\r\n")

    @property
    def cut_off(self) -> bool:
        """The last line has no line end: half of a download looks like this, and so do many whole files."""
        return bool(self.lines) and not self.lines[-1].endswith(("\r", "\n"))


def is_blank(fields: list[str]) -> bool:
    return not any(text.strip() for text in fields)
