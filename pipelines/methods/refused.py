"""Why a method gives no figure: a sentence for people, in both languages, instead of a number."""

from __future__ import annotations

from audit.errors import SourceError
from audit.text import Text


class Refused(SourceError):
    def __init__(self, because: Text) -> None:
        self.because = because
        super().__init__(because)
