"""Comments of a theme, read again from the table at the version of the run: what was erased since is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.analyses.themes import SOURCES
from pipelines.analyses.themes.found import Found, Line, Theme
from pipelines.measuring import facts
from pipelines.methods.keywords import Words
from pipelines.personal import identities
from pipelines.personal.shown_text import shown_text
from pipelines.runs.run_folder import Run
from pipelines.sql import literal
from pipelines.workspace import Workspace

LONGEST = 400
"""Signs of a comment that are shown; around the first word that was found."""


@dataclass(frozen=True)
class Piece:
    """A part of a comment; `word` is the declared word that it was counted by."""

    text: str
    word: str | None = None


@dataclass(frozen=True)
class Example:
    line: Line
    pieces: tuple[Piece, ...]


def examples(workspace: Workspace, run: Run, source: str, found: Found, theme: Theme) -> list[Example]:
    """Masked, in the order of the run. Only for people who may look into the data."""
    words = Words(theme.words, theme.but_not)
    texts = _texts(workspace, run, source, found.examples)
    return [Example(line, pieces(texts[line], words)) for line in found.examples if line in texts]


def _texts(workspace: Workspace, run: Run, source: str, lines: Sequence[Line]) -> dict[Line, str]:
    if not lines:
        return {}
    places = ", ".join(f"({literal(line.load)}, {line.line})" for line in lines)
    asked = f"select _load, _line, customer_id, {SOURCES[source].text} from {source} where (_load, _line) in ({places})"
    with facts.opened(workspace, {source: run.versions[source]}) as connection:
        rows = connection.execute(asked).fetchall()
    return {Line(load, line): shown_text(text, _known_by(workspace, who)) for load, line, who, text in rows if text}


def _known_by(workspace: Workspace, pseudonym: str | None) -> list[str]:
    known = identities.of(workspace.identity, pseudonym) if pseudonym else []
    return [text for one in known for text in (one.original, *one.held.values())]


def pieces(text: str, words: Words) -> tuple[Piece, ...]:
    """The text, cut where declared words stand in it."""
    text = " ".join(text.split())
    first = next(iter(words.found(text)), None)
    text = _around(text, first.begins if first else 0)
    cut, at = [], 0
    for place in words.found(text):
        cut += [Piece(text[at : place.begins]), Piece(text[place.begins : place.ends], place.word)]
        at = place.ends
    return tuple(piece for piece in (*cut, Piece(text[at:])) if piece.text)


def _around(text: str, place: int) -> str:
    if len(text) <= LONGEST:
        return text
    begins = max(0, min(place - LONGEST // 3, len(text) - LONGEST))
    ends = begins + LONGEST
    return "…" * (begins > 0) + text[begins:ends] + "…" * (ends < len(text))
