"""What a checklist may name, and every mistake that was found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import RootModel

from audit.checklist import DocumentKind
from audit.errors import DefinitionError
from audit.measurement import Kpi
from audit.rule import Rule
from audit.source import Source
from audit.text import Written


class Reference(Written):
    """Where a fact about a standard was found."""

    what: str
    address: str = ""


class References(RootModel[dict[str, Reference]]):
    """What sources.yaml says."""


@dataclass
class Known:
    sources: dict[str, Source]
    kpis: dict[str, Kpi]
    kinds: dict[str, DocumentKind] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Id -> the file that has it."""
    rules: dict[str, Rule] = field(default_factory=dict)
    editions: frozenset[str] = frozenset()
    mistakes: list[DefinitionError] = field(default_factory=list)

    def noting(self, read: Any, *arguments: Any) -> Any:
        """What `read` returns, or None where it found a mistake."""
        try:
            return read(*arguments)
        except DefinitionError as error:
            if str(error) not in map(str, self.mistakes):  # an edition is read again for those that follow it
                self.mistakes.append(error)
            return None
