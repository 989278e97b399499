"""
What can go wrong because of what a person wrote, sent or decided.

* AuditError: one line for people: where, what, and what to write instead
  + DefinitionError: a checklist, KPI, contract or mapping cannot be used
  + SourceError: a file cannot be read
  + UnitError: two quantities cannot be compared
  + RecordError: a record cannot be kept as asked

A failing gate or an unmet criterion is a result, never an exception.
"""

from __future__ import annotations


class AuditError(Exception):
    pass


class DefinitionError(AuditError):
    """A mistake in a file, with its place. `line` and `column` count from 1; 0 means the whole file."""

    def __init__(self, message: str, file: str = "", line: int = 0, column: int = 0) -> None:
        self.message, self.file, self.line, self.column = message, file, line, column
        where = ":".join(str(part) for part in (file, line, column) if part)
        super().__init__(f"{where}: {message}" if where else message)


class SourceError(AuditError):
    pass


class UnitError(AuditError):
    pass


class RecordError(AuditError):
    pass
