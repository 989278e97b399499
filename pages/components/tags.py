"""Verdicts, outcomes and grades as a word, a shape and a colour: never by colour alone."""

from __future__ import annotations

from audit.evidence import Grade, Outcome, Verdict
from audit.load import GateOutcome
from audit.tag import Tag, gate_tag, grade_tag, outcome_tag, verdict_tag
from pages.components.words import _, said

COLOURS: dict[str, str] = {
    "●": "green",
    "✕": "red",
    "◇": "violet",
    "–": "gray",
    "…": "gray",
    "■": "red",
    "▣": "orange",
    "□": "gray",
    "△": "blue",
    "☆": "green",
    "◷": "orange",
}


def tag(mark: str, word: str) -> str:
    """A badge in Markdown, in the colour that belongs to the mark."""
    return f":{COLOURS[mark]}-badge[{mark} {word}]"


def verdict(value: Verdict | None) -> str:
    """None is a conclusion that nobody has drawn yet."""
    return tag(*verdict_words(value))


def verdict_words(value: Verdict | None) -> tuple[str, str]:
    """Mark and word, for places that cannot show a badge."""
    return mark_and_word(verdict_tag(value))


def outcome(value: Outcome) -> str:
    return tag(*outcome_words(value))


def outcome_words(value: Outcome) -> tuple[str, str]:
    return mark_and_word(outcome_tag(value))


def grade(value: Grade) -> str:
    return tag(*grade_words(value))


def grade_words(value: Grade) -> tuple[str, str]:
    return mark_and_word(grade_tag(value))


def gate(value: GateOutcome) -> str:
    return tag(*gate_words(value))


def gate_words(value: GateOutcome) -> tuple[str, str]:
    return mark_and_word(gate_tag(value))


def awaiting() -> str:
    return verdict(None)


def unverified() -> str:
    """Beside a name that no sign-in vouches for."""
    return f":gray-badge[{_('identity not verified')}]"


def muted(text: str) -> str:
    return f":gray[{text}]"


def small(text: str) -> str:
    return f":gray[:small[{text}]]"


def tagged(found: Tag) -> str:
    return tag(*mark_and_word(found))


def mark_and_word(found: Tag) -> tuple[str, str]:
    return found.mark, said(found.word)
