"""
What can go wrong because of what a person wrote, sent or decided.

* AuditError: one line for people: where, what, and what to write instead
  + DefinitionError: a checklist, KPI, contract or mapping cannot be used
  + SourceError: a file cannot be read
  + UnitError: two quantities cannot be compared
  + RecordError: a record cannot be kept as asked
    - Denied: whoever asks may not
    - Stale: somebody else has changed the record since it was looked at
    - KeptAlready: the same form was sent twice; the first one counts
    - SignInAgain: the last sign-in is too long ago for a signature

A failing gate or an unmet criterion is a result, never an exception.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a look at a folder in which nothing is new loads no library
    from audit.text import Language, Text


class AuditError(Exception):
    """Its text is English for a command line and for logs; `said` tells a reader of a page, in the page's language."""

    def __init__(self, told: str | Text) -> None:
        self.told = told
        super().__init__(told if isinstance(told, str) else told.en)

    def said(self, language: Language) -> str:
        return self.told if isinstance(self.told, str) else self.told.said(language)


class DefinitionError(AuditError):
    """A mistake in a file, with its place. `line` and `column` count from 1; 0 means the whole file."""

    def __init__(self, told: str | Text, file: str = "", line: int = 0, column: int = 0) -> None:
        self.file, self.line, self.column = file, line, column
        super().__init__(told)

    def __str__(self) -> str:
        return self.said("en")

    @property
    def message(self) -> str:
        """In English, without its place."""
        return super().said("en")

    def said(self, language: Language) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        colon = "：" if language == "zh" else ": "
        return colon.join(filter(None, (where, super().said(language))))


class SourceError(AuditError):
    pass


class UnitError(AuditError):
    pass


class RecordError(AuditError):
    pass


class Denied(RecordError):
    pass


class Stale(RecordError):
    """`what` names the record, `seen` and `now` are revisions, `by` and `at` who made the newer one and when (UTC)."""

    def __init__(self, told: str | Text, what: str, by: str, at: dt.datetime, seen: int, now: int) -> None:
        self.what, self.by, self.at, self.seen, self.now = what, by, at, seen, now
        super().__init__(told)


class KeptAlready(RecordError):
    """`seq` is the trail entry that the first sending made."""

    def __init__(self, told: str | Text, seq: int) -> None:
        self.seq = seq
        super().__init__(told)


class SignInAgain(RecordError):
    pass
