"""One kind of bad input: what somebody sends, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Content = bytes | Callable[[], bytes]
"""Large fixtures are made when their test runs."""


@dataclass(frozen=True)
class File:
    """A data file for `load`."""

    content: Content
    mapping: dict[str, Any] | str = field(default_factory=dict)
    """What is written into the mapping beside its source, or the whole of it; without anything there is none."""
    source: str = "survey_responses"
    name: str = "answers.csv"

    @property
    def bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


@dataclass(frozen=True)
class Yaml:
    """A file that people write: a mapping, a workspace.yaml or the clause of a checklist."""

    text: str | bytes
    kind: str


@dataclass(frozen=True)
class Upload:
    """A document that is kept as evidence, under the name that a browser sent."""

    content: bytes
    name: str
    shown: str
    """The name as it may be shown and written."""


@dataclass(frozen=True)
class Refused:
    """Nothing is kept of it, and one line says why."""

    told: str
    """What that line must say, as a regular expression."""


@dataclass(frozen=True)
class Published:
    """Every row is published but the rejects, by line: the column that is at fault, or "" for the whole line."""

    loaded: int
    rejects: dict[int, str] = field(default_factory=dict)
    blank: int = 0
    ignored: tuple[str, ...] = ()
    told: str = ""
    """What the one line about the first reject must say."""
    masked: dict[str, str] = field(default_factory=dict)
    """What must be kept of a free text in which somebody can be reached, by the text as it was sent."""
    warned: str = ""
    """The column of which the gate warns."""


@dataclass(frozen=True)
class Stopped:
    """The gate holds the file back: every row could be read, and together they cannot be trusted."""

    column: str


@dataclass(frozen=True)
class Kept:
    """The bytes are stored as they came and never opened."""


@dataclass(frozen=True)
class Accepted:
    """A file that people write means what it says."""

    says: dict[str, str]


@dataclass(frozen=True)
class Elsewhere:
    """It does not apply to a single file; a test that is named here holds it."""

    why: str
    test: str
    """As pytest names it: path::function."""


Sent = File | Yaml | Upload
Outcome = Refused | Published | Stopped | Kept | Accepted
Variants = Iterator[tuple[str, Sent, Outcome]]


@dataclass(frozen=True)
class Fault:
    number: int
    name: str
    section: str
    variants: tuple[tuple[str, Sent, Outcome], ...]
    elsewhere: tuple[Elsewhere, ...] = ()


FAULTS: dict[int, Fault] = {}
"""By the number in the list of faults that the program must withstand: A 1-38, B 39-63, C 64-81, D 82-90."""


def section_of(number: int) -> str:
    return next(name for name, last in {"A": 38, "B": 63, "C": 81, "D": 90}.items() if number <= last)


def fault(number: int, name: str, *elsewhere: Elsewhere) -> Callable[[Callable[[], Variants]], Callable[[], Variants]]:
    """Enters a function that makes the variants of one fault."""

    def enter(make: Callable[[], Variants]) -> Callable[[], Variants]:
        assert number not in FAULTS, f"fault {number} is entered twice"
        FAULTS[number] = Fault(number, name, section_of(number), tuple(make()), elsewhere)
        return make

    return enter


def whole(loaded: int, **more: Any) -> Published:
    """It only looks bad."""
    return Published(loaded, **more)


def lines(*fields: Iterable[str], end: str = "\n") -> str:
    return "".join(",".join(one) + end for one in fields)
